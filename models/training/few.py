"""A thin data folder, so that a whole training can be tried in a minute: a few lines of every kind of every list, the pictures linked and not copied.

Usage: few.py DATA OUT [N]
"""
import json
import os
import sys
from collections import Counter

KIND = ("source", "domain", "split", "lines")


def thin(records, most):
    """The first `most` of each kind; a clip (it has `fps`) is long, so one is enough."""
    seen, kept = Counter(), []
    for record in records:
        kind = (*(record.get(key) for key in KIND), record.get("bbox") is None)
        if seen[kind] < (1 if "fps" in record else most):
            kept.append(record)
        seen[kind] += 1
    return kept


def few(data, out, most=3):
    for folder in sorted(name for name in os.listdir(data) if os.path.isdir(os.path.join(data, name))):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
        for name in os.listdir(os.path.join(data, folder)):
            source, target = os.path.join(os.path.abspath(data), folder, name), os.path.join(out, folder, name)
            if name.endswith(".jsonl"):
                with open(source, encoding="utf8") as f, open(target, "w", encoding="utf8") as to:
                    to.writelines(json.dumps(record) + "\n" for record in thin(map(json.loads, f), most))
            elif not os.path.lexists(target):
                os.symlink(source, target)


if __name__ == "__main__":
    few(*sys.argv[1:3], *map(int, sys.argv[3:4]))
