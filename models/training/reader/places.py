"""Where the characters of the real training plates lie, by the attention of a half-trained reader.

Usage: places.py --data DATA --weights best.pt --out places.json

Only plates that the reader spells right with its characters in a plausible order are written:
key of real.load(data, "train") -> centres [[x, y], ...] in px of the loaded crop. They
teach attention on real pictures too, and let digits of one plate trade places (shuffle.py).
"""
import argparse
import json

import numpy as np
import torch

import real
from common import ALPHABET, EMPTY
from conditions import fit
from model import MAP_H, MAP_W, Reader

MARGIN = 0.08


def window(p):
    """The crop of a plate with margin, in px of its loaded picture: x0, y0, x1, y1."""
    h, w = p["image"].shape[:2]
    if p["kind"] == "crop":
        return 0, 0, w, h
    (a, b), (c, d) = p["corners"][0], p["corners"][2]
    mx, my = (c - a) * MARGIN, (d - b) * MARGIN
    return int(max(0, a - mx)), int(max(0, b - my)), int(min(w, c + mx)), int(min(h, d + my))


def plausible(xy, rows):
    """Left to right within a row; two-row plates break once."""
    x, y = xy[:, 0], xy[:, 1]
    back = int((np.diff(x) < 0.015).sum())
    if rows == 1:
        return back == 0
    at = int(np.argmin(np.diff(x))) + 1
    return back == 1 and y[at:].mean() - y[:at].mean() > 0.2


@torch.no_grad()
def find(net, plates):
    """-> dict key -> centres in px."""
    net.eval()
    cell_x = (torch.arange(MAP_W) + 0.5).repeat(MAP_H) / MAP_W
    cell_y = (torch.arange(MAP_H) + 0.5).repeat_interleave(MAP_W) / MAP_H
    out = {}
    for i in range(0, len(plates), 64):
        part = plates[i : i + 64]
        boxes = [window(p) for p in part]
        x = torch.from_numpy(np.stack([fit(p["image"][b:d, a:c]) for p, (a, b, c, d) in zip(part, boxes)]))
        spell, look, *_ = net(x)
        look = look.exp()
        look = look * (look > 0.3 * look.amax(-1, keepdim=True))
        look = look / look.sum(-1, keepdim=True)
        xs, ys = (look * cell_x).sum(-1).numpy(), (look * cell_y).sum(-1).numpy()
        for k, (p, (a, b, c, d), best) in enumerate(zip(part, boxes, spell.argmax(-1).numpy())):
            n = len(p["text"])
            xy = np.stack([xs[k, :n], ys[k, :n]], 1)
            if "".join(ALPHABET[j] for j in best if j != EMPTY) == p["text"] and plausible(xy, p["rows"]):
                out[p["key"]] = (xy * [c - a, d - b] + [a, b]).round(2).tolist()
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--weights", required=True)
    p.add_argument("--out", required=True)
    a = p.parse_args()
    torch.set_num_threads(1)
    net = Reader()
    net.load_state_dict(torch.load(a.weights))
    plates = real.load(a.data, "train")
    found = find(net, plates)
    with open(a.out, "w") as f:
        json.dump(found, f)
    print(f"{len(found)} of {len(plates)} plates placed")


if __name__ == "__main__":
    main()
