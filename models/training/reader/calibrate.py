"""Fit the reader's temperature and acceptance thresholds on the validation split and write them down.

Usage: calibrate.py --data DATA --model reader.onnx --second reader-second-look.onnx --out calibration.json [--wrong 0.0004]

Reads as the product does: one look, where that leaves a doubt a second at the same crop, and where both leave one a second
view, fused with the first. `ask` says which first looks leave a doubt: from the score under which val has no text that is right after
both looks, to the least score from which on (almost) no look is one that both looks together would ask a second view about.
Temperature: least slot log loss over all conditions. `accept` and `ctcAgree`: the pair that keeps most
clean val crops while at most `--wrong` of the accepted reads of all conditions are wrong; rows under
`--row-px` are never accepted. The
reliability curve and the expected calibration error are of whole texts: score (least slot
probability after temperature) against "the text is right".
"""
import argparse
import json

import numpy as np

import real
from common import ALPHABET, decode, encode
from conditions import CONDITIONS, build, wider
from reads import Session, agreement, tempered

LEAST_SCORE = 0.9
LEAST_CHARACTER = 0.5
"""A character less likely than all others together is shown as `?`."""
SURE, FLOOR = 0.99, 1e-5
"""As src/vision/read-plate.ts and slots.ts have them."""
HOPELESS = [0.1, 0.15, 0.2, 0.25, 0.3]
"""No further, whatever val says: the road has harder plates than val."""
CERTAIN = [0.99, 0.995, 0.998, 0.999, 0.9995, 1.0]
UNASKED = 0.003
"""Share of the looks taken as they are that both looks together would leave under SURE, at most."""
BINS = [0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1.0001]


def slot_loss(probs, y, t):
    p = tempered(probs, t)
    return -np.log(np.maximum(np.take_along_axis(p, y[:, :, None], 2)[:, :, 0], 1e-9)).mean()


def collect(data, model, second, split, margin=0.08):
    """Both views of every plate under every condition -> dict of arrays over all (plate, condition)."""
    plates = real.load(data, split)
    session = Session(model, second=second)
    parts = []
    for name in CONDITIONS:
        x, measures = build(plates, name, margin)
        views = [session.raw(x), session.raw(build(plates, name, margin, view=wider)[0])]
        parts.append(dict(y=np.stack([encode(p["text"]) for p in plates]).astype(int), clean=np.full(len(plates), name == "as is"),
                          condition=np.array([name] * len(plates)), text=np.array([p["text"] for p in plates]), photo=np.array([p["domain"] == "photos" for p in plates]),
                          rowPx=measures[:, 0], sharpness=measures[:, 1], light=measures[:, 2],
                          **{f"{head}{k}": v[head].reshape(len(x), -1, len(ALPHABET)) for k, v in enumerate(views) for head in ("probs", "both", "ctc")}))
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}


def least(probs):
    return probs.max(-1).min(1)


def doubts(one, both, y):
    """Scores [from, to) between which a first look is worth a second; the arguments after temperature."""
    score, right = least(one), (both.argmax(-1) == y).all(1)
    nothing = [h for h in HOPELESS if not right[score < h].any()]
    certain = [c for c in CERTAIN if (least(both)[score >= c] < SURE).sum() <= UNASKED * (score >= c).sum()]
    return max(nothing, default=0.0), certain[0]


def looked(d, view, temperature, ask):
    """One view as src/vision/reader.ts has it: the first look, or both where the first leaves a doubt."""
    one = tempered(d[f"probs{view}"], temperature)
    doubt = (least(one) >= ask[0]) & (least(one) < ask[1])
    return np.where(doubt[:, None, None], tempered(d[f"both{view}"], temperature), one)


def as_the_product(d, temperature, ask):
    """-> (slot probabilities, texts, agreement) after the second view where the first is not sure."""
    one, two = looked(d, 0, temperature, ask), looked(d, 1, temperature, ask)
    unsure = one.max(-1).min(1) < SURE
    fused = np.exp((np.log(np.maximum(one, FLOOR)) + np.log(np.maximum(two, FLOOR))) / 2)
    probs = np.where(unsure[:, None, None], fused / fused.sum(-1, keepdims=True), one)
    texts = np.array([decode(best) for best in probs.argmax(-1)])
    first, second = agreement(d["ctc0"], texts), agreement(d["ctc1"], texts)
    return probs, texts, np.where(unsure, np.sqrt(first * second), first)


def reliability(score, right):
    """Rows (from, to, n, mean score, share right) and the expected calibration error."""
    rows, ece = [], 0.0
    for lo, hi in zip(BINS[:-1], BINS[1:]):
        m = (score >= lo) & (score < hi)
        if m.any():
            rows.append([lo, min(hi, 1.0), int(m.sum()), round(float(score[m].mean()), 4), round(float(right[m].mean()), 4)])
            ece += m.mean() * abs(score[m].mean() - right[m].mean())
    return rows, float(ece)


def loosest(score, agree, right, clean, wrong):
    """(ctcAgree, accept) that keep most clean reads with at most `wrong` of all accepted reads wrong."""
    best, found = -1.0, (0.9, 0.99)
    for g in (0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.96, 0.97, 0.975, 0.98, 0.985, 0.99):
        for t in np.concatenate([np.arange(LEAST_SCORE, 0.95, 0.01), np.arange(0.95, 0.999, 0.002), [0.9985, 0.999, 0.9995]]):
            kept = (score >= t) & (agree >= g)
            keep = kept[clean].mean()
            if kept.any() and (~right[kept]).mean() <= wrong and keep > best + 1e-9:
                best, found = keep, (float(g), round(float(t), 4))
    return found


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--model", required=True)
    p.add_argument("--second", required=True, help="the second look that split.py cut off the model")
    p.add_argument("--out", required=True)
    p.add_argument("--dump", help="keep every read of every condition here (.npz)")
    p.add_argument("--again", action="store_true", help="take the reads from --dump instead of reading anew")
    p.add_argument("--row-px", type=float, default=10.5, help="px a row under which nothing is accepted")
    p.add_argument("--wrong", type=float, default=0.0004, help="wrong reads among accepted ones, at most")
    a = p.parse_args()
    d = dict(np.load(a.dump)) if a.again else collect(a.data, a.model, a.second, "val")
    if a.dump and not a.again:
        np.savez(a.dump, **d)
    ts = np.exp(np.linspace(np.log(0.6), np.log(2.5), 39))
    t = round(float(ts[int(np.argmin([slot_loss(d["both0"], d["y"], k) for k in ts]))]), 3)
    ask = doubts(tempered(d["probs0"], t), tempered(d["both0"], t), d["y"])
    probs, read, agree = as_the_product(d, t, ask)
    score, right = probs.max(-1).min(1), read == d["text"]
    clean = d["clean"]
    tall = d["rowPx"] >= a.row_px
    agree_at, accept = loosest(np.where(tall, score, 0), agree, right, clean, a.wrong)
    kept = tall & (score >= accept) & (agree >= agree_at)
    rows, ece = reliability(score, right)
    if not (kept & right).any():
        print("nothing on val can be accepted: the thresholds below let nearly nothing through, the weights are not ready")
    share = lambda m: round(float(kept[m].mean()), 4) if m.any() else None
    floor = lambda v, q: round(float(np.quantile(v[kept & right], q)), 3) if (kept & right).any() else 0.0
    out = dict(temperature=t, ask=ask, accept=round(float(accept), 4), char=LEAST_CHARACTER, ctcAgree=agree_at, minRowPx=a.row_px,
               minSharpness=floor(d["sharpness"], 0.001), minLight=floor(d["light"], 0.001),
               kept=int(kept.sum()), wrong=int((kept & ~right).sum()), reads=len(score), cleanKept=share(clean),
               cleanKeptPhotos=share(clean & d["photo"]), ece=round(ece, 4), reliability=rows,
               byCondition={c: [int((kept & (d["condition"] == c)).sum()), int((kept & ~right & (d["condition"] == c)).sum())] for c in CONDITIONS},
               wrongReads=[[str(d["condition"][i]), str(d["text"][i]), str(read[i]), round(float(score[i]), 4)] for i in np.where(kept & ~right)[0]])
    with open(a.out, "w") as f:
        json.dump(out, f, indent=1)
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
