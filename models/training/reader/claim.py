"""A pool belongs to one training and to the data that it is filled from: what an earlier run left there is not taken for this one's.

In the pool: `lock` is held by the trainer while it lives, `data.json` says which list of plates val.npz and places.json were made from.
"""
import fcntl
import hashlib
import json
import os
import shutil

from pool import PARTS, RING_BYTES

MADE_FROM_DATA = ("val.npz", "places.json")


def listing(data):
    """What tells one data folder from another: where it lies, and the SHA-256 of its list."""
    with open(os.path.join(data, "plates", "plates.jsonl"), "rb") as f:
        return {"data": os.path.realpath(data), "listing": hashlib.sha256(f.read()).hexdigest()}


def room(folder):
    """End here where the ring does not fit: a write into a full tmpfs kills a renderer without a word (SIGBUS)."""
    there = [os.path.join(folder, name + ".bin") for name in PARTS]
    held = sum(os.stat(path).st_blocks * 512 for path in there if os.path.exists(path))
    free = shutil.disk_usage(folder).free + held
    if free < RING_BYTES:
        raise SystemExit(f"{folder}: {free / 1e6:.0f} MB are free and the ring of samples needs {RING_BYTES / 1e6:.0f}. "
                         "Give /dev/shm more (in a container --shm-size=1g), or name a folder elsewhere with --pool")


def claim(folder, data, resume=False, keep_ring=False):
    """Take the pool for a training on `data`, less what was made from other data or for an earlier run; hold what is returned."""
    os.makedirs(folder, exist_ok=True)
    lock = open(os.path.join(folder, "lock"), "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise SystemExit(f"{folder}: another training fills this pool; name another folder with --pool")
    path, now = os.path.join(folder, "data.json"), listing(data)
    before = None
    if os.path.exists(path):
        with open(path) as f:
            before = json.load(f)
    if keep_ring and before != now:
        raise SystemExit(f"{folder}: its samples are not of {data} as it is now; leave --keep-ring out")
    if before != now or not (resume or keep_ring):
        for name in MADE_FROM_DATA:
            if os.path.exists(os.path.join(folder, name)):
                os.remove(os.path.join(folder, name))
    with open(path, "w") as f:
        json.dump(now, f)
    room(folder)
    return lock
