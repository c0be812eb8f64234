"""Words about where weights come from, made of the lists and files that they learnt from: nobody's weights carry another's story."""
import hashlib
import os
from collections import Counter

NOT_STATED = "not stated by whoever trained these weights"


def sha256(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def tally(names):
    """Names, one a thing -> "gate 1,966, photos 251", the most frequent first."""
    return ", ".join(f"{name} {count:,}" for name, count in Counter(map(str, names)).most_common())


def named(path):
    """A file as others can know it again: its name and how its SHA-256 begins."""
    return f"{os.path.basename(path)} (SHA-256 {sha256(path)[:12]}…)"
