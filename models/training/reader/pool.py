"""A ring of training samples in shared memory, filled by renderer processes while the trainer reads it.

Usage: pool.py DATA POOL_DIR SEED    fill for ever (ends when the trainer raises `stop` or its process is gone);
                                     uses POOL_DIR/places.json of places.py if it is there
       pool.py DATA POOL_DIR val     write the validation sets val.npz (clean and degraded, fixed seed)
"""
import json
import os
import sys
import time

import numpy as np

from common import HEIGHT, SLOTS, WIDTH, encode

SIZE = 20480
PARTS = {"x": (np.uint8, (HEIGHT, WIDTH, 3)), "y": (np.uint8, (SLOTS,)), "p": (np.float32, (SLOTS, 2)), "m": (np.uint8, (2,))}
RING_BYTES = SIZE * sum(np.dtype(d).itemsize * int(np.prod(s)) for d, s in PARTS.values())
STATE = ["written", "consumed", "stop", "real_share", "severity", "reuse"]


def open_ring(folder, create=False):
    """-> (dict of memory maps [SIZE, ...], state float64 [6] named by STATE)."""
    os.makedirs(folder, exist_ok=True)
    path = lambda name: os.path.join(folder, name + ".bin")
    mode = "w+" if create or not os.path.exists(path("state")) else "r+"
    ring = {k: np.memmap(path(k), d, mode, shape=(SIZE, *s)) for k, (d, s) in PARTS.items()}
    return ring, np.memmap(path("state"), np.float64, mode, shape=(len(STATE),))


def fill(data, folder, seed):
    """Write samples round the ring, never more than the trainer has used up times 1/reuse ahead."""
    import cv2

    from samples import Samples

    cv2.setNumThreads(1)
    places = os.path.join(folder, "places.json")
    samples = Samples(data, seed, json.load(open(places)) if os.path.exists(places) else None)
    ring, state = open_ring(folder)
    i = {n: k for k, n in enumerate(STATE)}
    parent = os.getppid()
    while not state[i["stop"]] and os.getppid() == parent:
        written = int(state[i["written"]])
        if written > SIZE + state[i["consumed"]] / max(state[i["reuse"]], 0.1):
            time.sleep(0.2)
            continue
        for k in range(32):
            at = (written + k) % SIZE
            crop, label, centres, colour, rows = samples.draw(state[i["real_share"]], state[i["severity"]])
            ring["x"][at], ring["y"][at], ring["p"][at], ring["m"][at] = crop, label, centres, (colour, rows)
        state[i["written"]] = written + 32


def validation(data, folder):
    """Clean (8 % margin) and degraded crops of the val split -> val.npz."""
    import cv2

    import real
    from degrade import degrade

    rng = np.random.default_rng(5)
    clean, hard, text, photo = [], [], [], []
    for p in real.load(data, "val"):
        im, q = p["image"], p["corners"]
        if p["kind"] == "scene":
            (a, b), (c, d) = q[0], q[2]
            mx, my = (c - a) * 0.08, (d - b) * 0.08
            im = im[int(max(0, b - my)) : int(d + my), int(max(0, a - mx)) : int(c + mx)]
        clean.append(cv2.resize(im, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA if im.shape[1] > WIDTH else cv2.INTER_LINEAR))
        for _ in range(2):
            hard.append(degrade(rng, p["image"], q, p["rows"], p["kind"], 1.0)[0])
        text.append(encode(p["text"]))
        photo.append(p["domain"] == "photos")
    np.savez(os.path.join(folder, "val.npz"), clean=np.array(clean), hard=np.array(hard), text=np.array(text), photo=np.array(photo))


if __name__ == "__main__":
    os.makedirs(sys.argv[2], exist_ok=True)
    validation(*sys.argv[1:3]) if sys.argv[3] == "val" else fill(sys.argv[1], sys.argv[2], int(sys.argv[3]))
