"""Put one net into models/: its files, its card and its entry in manifest.json together, and leave the others alone.

Usage: manifest.py NAME ENTRY.json [NAME_IN_MODELS=FILE ...]
       manifest.py detector WORK/entry.json detector.onnx=WORK/detector.onnx cards/detector.md=WORK/card.md
Each FILE is copied to models/NAME_IN_MODELS. The SHA-256 of the files that the entry names are filled in here.
"""
import fcntl
import json
import os
import shutil
import sys

from origin import sha256

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def hashed(entry, files, models):
    """The entry with the SHA-256 of each file that it names, of the new ones where `files` holds one."""
    of = lambda part: dict(part, sha256=sha256(files.get(part["file"]) or os.path.join(models, part["file"])))
    entry = of(entry)
    return dict(entry, secondLook=of(entry["secondLook"])) if "secondLook" in entry else entry


def put(name, entry, files=None, models=MODELS):
    """Replace or add `models.<name>`; safe against a second trainer doing the same.

    Everything that can fail (a file that is not there, a full disk) fails while models/ is still what it was: a file without its
    entry, or an entry without its file, is a house that does not start (MODEL_HASH_MISMATCH).
    """
    files = files or {}
    entry = hashed(entry, files, models)
    for target, source in files.items():
        os.makedirs(os.path.dirname(os.path.join(models, target)), exist_ok=True)
        shutil.copyfile(source, os.path.join(models, target + ".new"))
    with open(os.path.join(models, "manifest.json"), "a+", encoding="utf8") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        f.seek(0)
        text = f.read()
        manifest = json.loads(text) if text.strip() else {"models": {}}
        manifest["models"][name] = entry
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        for target in files:
            os.replace(os.path.join(models, target + ".new"), os.path.join(models, target))
        f.seek(0)
        f.truncate()
        f.write(text)


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf8") as f:
        put(sys.argv[1], json.load(f), dict(pair.split("=", 1) for pair in sys.argv[3:]))
