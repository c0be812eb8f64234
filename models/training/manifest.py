"""Put one entry into models/manifest.json and leave the others alone.

Usage: manifest.py NAME ENTRY.json    `file` is relative to models/; its SHA-256 is filled in here.
"""
import fcntl
import hashlib
import json
import os
import sys

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def put(name, entry, models=MODELS):
    """Replace or add `models.<name>`; safe against a second trainer doing the same."""
    path = os.path.join(models, "manifest.json")
    entry = dict(entry, sha256=sha256(os.path.join(models, entry["file"])))
    with open(path, "a+", encoding="utf8") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        f.seek(0)
        text = f.read()
        manifest = json.loads(text) if text.strip() else {"models": {}}
        manifest["models"][name] = entry
        f.seek(0)
        f.truncate()
        f.write(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf8") as f:
        put(sys.argv[1], json.load(f))
