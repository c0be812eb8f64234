"""The labelled pictures of `<data>/plates` as crops with context, and pieces of their scenes as backgrounds."""
import json
import os

import cv2
import numpy as np

from common import SLOTS

CONTEXT = 0.35
LONGEST = 320


def rows_of(data):
    with open(os.path.join(data, "plates", "plates.jsonl"), encoding="utf8") as f:
        return [json.loads(line) for line in f]


def usable(data, split):
    """The list's lines that the reader learns from or is measured with."""
    return [r for r in rows_of(data) if r["split"] == split and r["country"] == "VN" and len(r["text"]) <= SLOTS]


def picture(data, file):
    """RGB uint8 or None where the file is missing."""
    im = cv2.imread(os.path.join(data, "plates", file))
    return None if im is None else np.ascontiguousarray(im[:, :, ::-1])


def cut(im, bbox, rows, context=CONTEXT):
    """Crop with context around a box -> (RGB, corners float32 [4,2])."""
    h, w = im.shape[:2]
    if bbox is None:
        c, q = im, np.float32([[0, 0], [w, 0], [w, h], [0, h]])
    else:
        a, b, d, e = bbox
        mx, my = (d - a) * context, (e - b) * context * (1 if rows == 2 else 1.8)
        xa, ya, xb, yb = int(max(0, a - mx)), int(max(0, b - my)), int(min(w, d + mx)), int(min(h, e + my))
        c = im[ya:yb, xa:xb].copy()
        q = np.float32([[a - xa, b - ya], [d - xa, b - ya], [d - xa, e - ya], [a - xa, e - ya]])
    k = max(1.0, c.shape[1] / LONGEST)
    if k > 1:
        small = cv2.resize(c, (round(c.shape[1] / k), round(c.shape[0] / k)), interpolation=cv2.INTER_AREA)
        q = q * np.float32([small.shape[1] / c.shape[1], small.shape[0] / c.shape[0]])
        c = small
    return c, q


def load(data, split):
    """-> list of dict(image, corners, text, rows, kind scene|crop, domain, key); `key` names a plate whatever its place in the list."""
    out = []
    for r in usable(data, split):
        im = picture(data, r["file"])
        if im is None:
            continue
        c, q = cut(im, r["bbox"], r["lines"])
        out.append(dict(image=c, corners=q, text=r["text"], rows=r["lines"], kind="crop" if r["bbox"] is None else "scene",
                        domain=r["domain"], key=f"{r['file']} {r['bbox']}"))
    return out


def backgrounds(data, rng, count=220):
    """Pieces of training scenes, about 380 px wide; none where every picture is a crop already."""
    files = sorted({r["file"] for r in rows_of(data) if r["split"] == "train" and r["bbox"] is not None})
    out = []
    for _ in range(count if files else 0):
        im = picture(data, files[int(rng.integers(len(files)))])
        if im is None:
            continue
        h, w = im.shape[:2]
        s = rng.uniform(0.3, 0.8)
        ch, cw = int(h * s), int(w * s)
        y, x = int(rng.integers(h - ch + 1)), int(rng.integers(w - cw + 1))
        out.append(cv2.resize(im[y : y + ch, x : x + cw], (384, 300), interpolation=cv2.INTER_AREA))
    return out
