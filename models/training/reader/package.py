"""Put finished weights into models/: the two ONNX files of split.py and their manifest entry with the thresholds of calibrate.py.

Usage: package.py MODEL.onnx SECOND.onnx CALIBRATION.json "training run in one sentence"
"""
import json
import os
import shutil
import sys

from common import ALPHABET, COLOURS, HEIGHT, SLOTS, WIDTH

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(MODELS, "training"))
from manifest import put, sha256  # noqa: E402

SECOND = "reader-second-look.onnx"

LICENCE = "Weights of this project, under the project's licence. The real training pictures mostly state no licence; see the card."
DATA = ("plates drawn by models/training/reader with our own glyphs (and free Debian fonts as a minority), and the train split of ../shared/data/plates: "
        "2,217 labelled Vietnamese plates from parking gates and photographs")


def entry(calibration, second, run):
    """`second`: SHA-256 of the second look."""
    c = calibration
    low, high = c["ask"]
    return {
        "kind": "plate-reader", "file": "reader.onnx", "sha256": "",
        "input": {"name": "input", "height": HEIGHT, "width": WIDTH, "layout": "NHWC", "type": "uint8"},
        "alphabet": ALPHABET, "slots": SLOTS,
        "outputs": {"probs": "probs", "ctc": "ctc", "colour": "colour", "lines": "lines"},
        "ctcBands": 2, "colours": COLOURS, "temperature": c["temperature"],
        "secondLook": {"file": SECOND, "sha256": second, "given": {"output": "logs", "input": "logs"}, "probs": "probs", "ask": {"from": low, "to": high}},
        "thresholds": {k: c[k] for k in ("char", "accept", "ctcAgree", "minRowPx", "minSharpness", "minLight")},
        "licence": LICENCE, "data": DATA, "trainingRun": run, "card": "cards/reader.md",
    }


if __name__ == "__main__":
    model, second, calibration, run = sys.argv[1:5]
    shutil.copyfile(model, os.path.join(MODELS, "reader.onnx"))
    shutil.copyfile(second, os.path.join(MODELS, SECOND))
    with open(calibration) as f:
        put("reader", entry(json.load(f), sha256(second), run))
