"""Measure readers side by side on one split, condition by condition and domain by domain.

Usage: evaluate.py --data DATA [--split val] [--margin 0.08] name=file.onnx [name=file.onnx ...]
Prints exact match % (slots), and how many are kept at the given score and agreement and how many of those are wrong; then one JSON line.
"""
import argparse
import json

import numpy as np

import real
from conditions import CONDITIONS, build
from reads import Session


def groups(plates):
    key = lambda p: f"{'gates' if p['domain'] != 'photos' else 'photos'} {p['rows']} row{'s' if p['rows'] > 1 else ''}"
    names = [key(p) for p in plates]
    return {n: np.array([m == n for m in names]) for n in sorted(set(names))}


def figures(reads, truth, mask, at, agree):
    right = np.array([t == r for t, r in zip(truth, reads.text)])
    kept = (reads.score >= at) & (reads.agree >= agree)
    return dict(n=int(mask.sum()), exact=round(100 * right[mask].mean(), 1), kept=int((kept & mask).sum()), wrong=int((kept & mask & ~right).sum()))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--split", default="val")
    p.add_argument("--margin", type=float, default=0.08)
    p.add_argument("--at", type=float, default=0.95)
    p.add_argument("--agree", type=float, default=0.0)
    p.add_argument("--temperature", type=float, default=1.0)
    p.add_argument("--only", nargs="*")
    p.add_argument("readers", nargs="+")
    a = p.parse_args()
    plates = real.load(a.data, a.split)
    truth = [q["text"] for q in plates]
    by = groups(plates)
    out = {}
    sessions = {r.split("=")[0]: Session(r.split("=")[1]) for r in a.readers}
    print(f"{'condition':22s} {'reader':8s} " + " ".join(f"{g + ' n=' + str(m.sum()):>24s}" for g, m in by.items()))
    for name in a.only or CONDITIONS:
        x, _ = build(plates, name, a.margin)
        for reader, session in sessions.items():
            reads = session.read(x, a.temperature)
            row = {g: figures(reads, truth, m, a.at, a.agree) for g, m in by.items()}
            out.setdefault(reader, {})[name] = row
            print(f"{name:22s} {reader:8s} " + " ".join(f"{f['exact']:8.1f} {f['kept']:4d} kept {f['wrong']:2d} wrong" for f in row.values()))
    print(json.dumps(out))


if __name__ == "__main__":
    main()
