"""What a training needs, asked for at its start: a package that is missing at the last step is found hours too late.

Usage: needs.py [--packages NAME ...] [--files FILE ...] [--node]    ends with 1 and says what is missing
"""
import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
INSTALL = "pip install -r models/training/requirements.txt"
WANTED_FOR = {"onnxruntime.quantization": ", on which quantise.py, calibrate.py, evaluate.py and bench.py of the reader run,", "cv2": " (opencv-python-headless)", "PIL": " (pillow)"}


def missing(packages=(), files=(), node=False):
    """One sentence for each thing that is not there. Packages are imported, for one that is there may want another age of the next."""
    said = []
    for name in packages:
        tried = subprocess.run([sys.executable, "-c", f"import {name}"], capture_output=True, encoding="utf8")
        if tried.returncode:
            said.append(f"Python package {name}{WANTED_FOR.get(name, '')} cannot be imported ({(tried.stderr.splitlines() or ['?'])[-1]}): {INSTALL}")
    said += [f"{path}: not there" for path in files if not os.path.exists(path)]
    if node:
        try:
            found = subprocess.run(["node", "--input-type=module", "-e", "await import('onnxruntime-node')"], cwd=HERE, capture_output=True).returncode == 0
        except FileNotFoundError:
            found = False
        if not found:
            said.append("node with onnxruntime-node is missing (the detector is calibrated and measured on it): npm ci in the project")
    return said


def ask(*packages, files=(), node=False):
    said = missing(packages, files, node)
    if said:
        raise SystemExit("This training cannot end well:\n" + "\n".join("- " + line for line in said))


if __name__ == "__main__":
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--packages", nargs="*", default=[])
    p.add_argument("--files", nargs="*", default=[])
    p.add_argument("--node", action="store_true")
    a = p.parse_args()
    ask(*a.packages, files=a.files, node=a.node)
