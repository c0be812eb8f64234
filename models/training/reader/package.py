"""A finished run's manifest entry, with the thresholds of calibrate.py and its own provenance; and, when asked, all of it into models/.

Usage: package.py RUN --data DATA [--licence WORDS]    writes RUN/entry.json
       package.py RUN --ship                           puts RUN/entry.json as it stands, weights and card into models/, unless they read nothing
RUN holds what reader.sh wrote: reader.onnx, second.onnx, calibration.json, run.json, card.md.
"""
import argparse
import json
import os
import sys

from common import ALPHABET, COLOURS, HEIGHT, SLOTS, WIDTH
from provenance import learnt_from, told

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from manifest import put  # noqa: E402 (shared with the detector, one folder up)
from origin import NOT_STATED  # noqa: E402

FILES = {"reader.onnx": "reader.onnx", "reader-second-look.onnx": "second.onnx", "cards/reader.md": "card.md"}
"""In models/ -> in RUN."""


def entry(calibration, licence, data, run):
    """manifest.py fills in the hashes."""
    c = calibration
    low, high = c["ask"]
    return {
        "kind": "plate-reader", "file": "reader.onnx", "sha256": "",
        "input": {"name": "input", "height": HEIGHT, "width": WIDTH, "layout": "NHWC", "type": "uint8"},
        "alphabet": ALPHABET, "slots": SLOTS,
        "outputs": {"probs": "probs", "ctc": "ctc", "colour": "colour", "lines": "lines"},
        "ctcBands": 2, "colours": COLOURS, "temperature": c["temperature"],
        "secondLook": {"file": "reader-second-look.onnx", "sha256": "", "given": {"output": "logs", "input": "logs"}, "probs": "probs", "ask": {"from": low, "to": high}},
        "thresholds": {k: c[k] for k in ("char", "accept", "ctcAgree", "minRowPx", "minSharpness", "minLight")},
        "licence": licence, "data": data, "trainingRun": run, "card": "cards/reader.md",
    }


def read(path):
    with open(path, encoding="utf8") as f:
        return json.load(f)


def refuse_blind(calibration):
    """Ends where nothing on val was accepted: a quick run, or a failed one, whose gates were fitted on nothing."""
    if not calibration["kept"]:
        raise SystemExit("not shipped: of all val reads none can be accepted, so these weights read nothing and their thresholds were fitted on nothing")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("run")
    p.add_argument("--data")
    p.add_argument("--licence", default=NOT_STATED)
    p.add_argument("--ship", action="store_true")
    a = p.parse_args()
    if a.data:
        run = read(f"{a.run}/run.json")
        made = entry(read(f"{a.run}/calibration.json"), a.licence, learnt_from(a.data, run["begun"]), told(run))
        with open(f"{a.run}/entry.json", "w", encoding="utf8") as f:
            json.dump(made, f, indent=2, ensure_ascii=False)
    if a.ship:
        refuse_blind(read(f"{a.run}/calibration.json"))
        put("reader", read(f"{a.run}/entry.json"), {target: os.path.join(a.run, source) for target, source in FILES.items()})


if __name__ == "__main__":
    main()
