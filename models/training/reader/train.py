"""Train the reader. Usage: train.py --data DATA --out DIR --minutes N [--resume] [--renderer-python PY]

Writes to DIR: last.pt (weights, average, optimiser: to resume), best.pt (average with the best val),
final.pt (average at the end), samples.npy (for quantise.py), log.jsonl (one line a look at val),
run.json (what provenance.py tells of the run). Starts the renderers itself; see pool.py for the ring they fill.
A quarter of the way the net is asked where the characters of the real plates lie (places.py), and the
renderers begin anew with that: real plates then teach attention too, and their digits trade places.
"""
import argparse
import json
import os
import subprocess
import sys
import time

import numpy as np
import torch
import torch.nn.functional as F

from claim import claim
from common import EMPTY, UNSURE
from model import MAP_H, MAP_W, Reader
from pool import SIZE, STATE, open_ring
from provenance import begun_from, run_of
from renderers import Renderers

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.dirname(HERE))
from muon import Muon  # noqa: E402 (shared with the detector, one folder up)

I = {n: k for k, n in enumerate(STATE)}


def arguments():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True)
    p.add_argument("--out", required=True)
    p.add_argument("--minutes", type=float, default=100)
    p.add_argument("--batch", type=int, default=64)
    p.add_argument("--lr", type=float, default=2.5e-3)
    p.add_argument("--real-share", type=float, default=0.45)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--renderers", type=int, default=1)
    p.add_argument("--renderer-python", default=sys.executable, help="another interpreter for the renderers")
    p.add_argument("--pool", default="/dev/shm/plate-reader-pool", help="folder of the ring, 505 MB; one a training")
    p.add_argument("--first", type=int, default=2048, help="samples in the ring before the first step")
    p.add_argument("--places-at", type=float, default=0.25, help="share of the run after which real plates are placed")
    p.add_argument("--init", help="start from these weights, at full severity")
    p.add_argument("--warmup", type=int, default=200, help="steps")
    p.add_argument("--keep-ring", action="store_true", help="go on with the pool that is there")
    p.add_argument("--resume", action="store_true")
    p.add_argument("--seed", type=int, default=1)
    return p.parse_args()


def script(a, name, *args):
    return [a.renderer_python if name == "pool.py" else sys.executable, os.path.join(HERE, name), *args]


def place_real_plates(a, average):
    """Write places.json into the pool with the weights of now."""
    weights = os.path.join(a.out, "placing.pt")
    torch.save(average.state_dict(), weights)
    subprocess.run(script(a, "places.py", "--data", a.data, "--weights", weights, "--out", os.path.join(a.pool, "places.json")), check=True)


def optimisers(net, lr):
    """Muon for the inner convolutions, AdamW for the rest; no decay on biases, norms and places."""
    inner = [p for n, p in net.named_parameters() if p.ndim == 4 and p.shape[0] > 10 and p.shape[1] > 6 and n != "place"]
    ids = {id(p) for p in inner}
    rest = [p for p in net.parameters() if id(p) not in ids]
    return [
        Muon(inner, lr, weight_decay=0.02),
        torch.optim.AdamW([{"params": [p for p in rest if p.ndim > 1], "weight_decay": 0.02},
                           {"params": [p for p in rest if p.ndim <= 1], "weight_decay": 0.0}], lr=lr, betas=(0.9, 0.99)),
    ]


GY, GX = torch.meshgrid(torch.arange(MAP_H) + 0.5, torch.arange(MAP_W) + 0.5, indexing="ij")


def bumps(centres):
    """Character centres in crop shares [b,S,2] (-1 = unknown) -> (target attention [b,S,256], known [b,S])."""
    known = (centres[:, :, 0] >= 0) & (centres[:, :, 0] < 1) & (centres[:, :, 1] >= 0) & (centres[:, :, 1] < 1)
    x, y = centres[:, :, 0, None, None] * MAP_W, centres[:, :, 1, None, None] * MAP_H
    g = (torch.exp(-((GX - x) ** 2 + (GY - y) ** 2) / 2) * known[:, :, None, None]).flatten(2)
    return g / (g.sum(-1, keepdim=True) + 1e-6), known


def cross_entropy(logits, y, smooth):
    """Slots that were cut are pulled to "any character" instead of to a letter the net cannot see."""
    unsure = y == UNSURE
    safe = torch.where(unsure, torch.zeros_like(y), y)
    ce = F.cross_entropy(logits.flatten(0, 1), safe.flatten(), reduction="none", label_smoothing=smooth).view(y.shape)
    any_char = -logits.log_softmax(-1)[:, :, :EMPTY].mean(-1)
    return torch.where(unsure, 0.3 * any_char, ce).mean()


def losses(net, x, y, centres, marks, progress):
    spell, look, ctc, colour, lines, f = net(x)
    target, known = bumps(centres)
    some = known.sum().clamp(min=1)
    attention = -(target * look).sum() / some
    forced = net.spell(f, target)
    ok = known & (y != UNSURE)
    shown = F.cross_entropy(forced[ok], y[ok]) if ok.any() else spell.sum() * 0
    whole = (y != UNSURE).all(1)
    yw = y[whole]
    opinion = F.ctc_loss(ctc[whole].log_softmax(-1).transpose(0, 1), yw[yw != EMPTY], torch.full((len(yw),), ctc.shape[1]),
                         (yw != EMPTY).sum(1), blank=EMPTY, zero_infinity=True)
    tinted = marks[:, 0] != UNSURE
    ground = F.cross_entropy(colour[tinted], marks[tinted, 0])
    rows = F.cross_entropy(lines, marks[:, 1])
    ce = cross_entropy(spell, y, 0.02 if progress < 0.6 else 0.0)
    early = max(0.0, 1 - progress / 0.4)
    total = ce + (0.1 + 0.25 * early) * attention + (0.1 + 0.5 * early) * shown + 0.2 * opinion + 0.05 * ground + 0.05 * rows
    exact = ((spell.argmax(-1) == y) | (y == UNSURE)).all(1).float().mean()
    return total, dict(ce=ce.item(), look=attention.item(), shown=shown.item(), ctc=opinion.item(), colour=ground.item(), lines=rows.item(), exact=exact.item())


@torch.no_grad()
def examine(net, val):
    """Exact match %, slots: clean, clean photos, degraded, degraded photos (None where val has no photos); CTC: clean, degraded."""
    net.eval()
    out = {}
    for name, text, photo in (("clean", val["text"], val["photo"]), ("hard", val["text"].repeat(2, 0), val["photo"].repeat(2, 0))):
        hit, hit_ctc = [], []
        for i in range(0, len(val[name]), 128):
            spell, _, ctc, _, _, _ = net(torch.from_numpy(val[name][i : i + 128]))
            hit += (spell.argmax(-1).numpy() == text[i : i + 128]).all(1).tolist()
            for path, y in zip(ctc.argmax(-1).numpy(), text[i : i + 128]):
                read = [k for j, k in enumerate(path) if k != EMPTY and (j == 0 or path[j - 1] != k)]
                hit_ctc.append(read == [k for k in y if k != EMPTY])
        hit = np.array(hit)
        out[name], out[name + "_photo"], out[name + "_ctc"] = hit.mean() * 100, hit[photo].mean() * 100 if photo.any() else None, np.mean(hit_ctc) * 100
    return {k: None if v is None else round(float(v), 1) for k, v in out.items()}


def merit(scores):
    """What best.pt is chosen by: clean, spoiled, and half as much the spoiled photographs (all that is spoiled where val has none)."""
    photos = scores["hard"] if scores["hard_photo"] is None else scores["hard_photo"]
    return scores["clean"] + scores["hard"] + 0.5 * photos


@torch.no_grad()
def follow(average, net, decay):
    for a, b in zip(average.state_dict().values(), net.state_dict().values()):
        a.lerp_(b, 1 - decay) if a.dtype.is_floating_point else a.copy_(b)


def main():
    a = arguments()
    os.makedirs(a.out, exist_ok=True)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    held = claim(a.pool, a.data, a.resume, a.keep_ring)  # noqa: F841 (a lock lives as long as its file)
    ring, state = open_ring(a.pool, create=not a.keep_ring)
    state[I["stop"]] = 0
    if not a.keep_ring:
        state[:] = [0, 0, 0, min(0.25, a.real_share), 0.3, 2.0]
    placed = os.path.exists(os.path.join(a.pool, "places.json"))
    if not os.path.exists(os.path.join(a.pool, "val.npz")):
        subprocess.run(script(a, "pool.py", a.data, a.pool, "val"), check=True)
    val = np.load(os.path.join(a.pool, "val.npz"))
    val = {k: val[k] for k in val.files}
    if not len(val["text"]):
        raise SystemExit(f'{a.data}/plates/plates.jsonl: no plate with "split": "val", so nothing to choose, calibrate or measure the weights with')
    renderers = Renderers([script(a, "pool.py", a.data, a.pool)] * a.renderers)
    net = Reader().to(memory_format=torch.channels_last)
    average = Reader().to(memory_format=torch.channels_last)
    if a.init:
        net.load_state_dict(torch.load(a.init))
    average.load_state_dict(net.state_dict())
    opts = optimisers(net, a.lr)
    step, seen, spent, best, begun = 0, 0, 0.0, -1.0, begun_from(a)
    if a.resume:
        last = torch.load(os.path.join(a.out, "last.pt"), weights_only=False)
        net.load_state_dict(last["net"]), average.load_state_dict(last["average"])
        for o, s in zip(opts, last["opts"]):
            o.load_state_dict(s)
        step, seen, spent, best = last["step"], last["seen"], last["spent"], last["best"]
        begun = last.get("begun", begun)
    print(f"parameters {sum(p.numel() for p in net.parameters()) / 1e6:.3f} M", flush=True)
    log = open(os.path.join(a.out, "log.jsonl"), "a")
    rng = np.random.default_rng(a.seed + step)
    from_seen, acc, next_look = seen, [], 0.0
    try:
        renderers.start()
        renderers.wait_for(lambda: state[I["written"]] >= a.first)
        start = time.time()
        begin = start - spent
        while True:
            renderers.check()
            elapsed = time.time() - begin
            progress = elapsed / (a.minutes * 60)
            if progress >= 1:
                break
            if not placed and progress >= a.places_at:
                renderers.stop()
                place_real_plates(a, average)
                renderers.start()
                placed = True
            lr = a.lr * min(1, (step + 1) / a.warmup) * max(0.004, 0.5 * (1 + np.cos(np.pi * max(0, (progress - 0.05) / 0.95))))
            state[I["real_share"]] = a.real_share if a.init else min(a.real_share, 0.25 + progress * 1.5)
            state[I["severity"]] = 1.0 if a.init else min(1.0, 0.3 + progress * 5)
            ix = rng.integers(0, int(min(SIZE, state[I["written"]])), a.batch)
            x = torch.from_numpy(ring["x"][ix])
            y, m = torch.from_numpy(ring["y"][ix].astype(np.int64)), torch.from_numpy(ring["m"][ix].astype(np.int64))
            net.train()
            total, parts = losses(net, x, y, torch.from_numpy(ring["p"][ix]), m, max(progress, 0.7) if a.init else progress)
            for o in opts:
                for g in o.param_groups:
                    g["lr"] = float(lr)
                o.zero_grad(set_to_none=True)
            total.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            for o in opts:
                o.step()
            step, seen = step + 1, seen + a.batch
            state[I["consumed"]] += a.batch
            follow(average, net, min(0.9985, (step + 1) / (step + 20)))
            acc.append(parts)
            if elapsed > next_look or step == 20:
                next_look = elapsed + (90 if elapsed < 900 else 300)
                mean = {k: round(float(np.mean([p[k] for p in acc])), 4) for k in acc[0]}
                scores = examine(average, val)
                line = dict(minutes=round(elapsed / 60, 2), step=step, seen=seen, lr=round(float(lr), 6), per_second=round((seen - from_seen) / (time.time() - start), 1),
                            written=int(state[I["written"]]), **mean, **scores)
                print(json.dumps(line), flush=True)
                log.write(json.dumps(line) + "\n")
                log.flush()
                acc = []
                if merit(scores) >= best:
                    best = merit(scores)
                    torch.save(average.state_dict(), os.path.join(a.out, "best.pt"))
                torch.save(dict(net=net.state_dict(), average=average.state_dict(), opts=[o.state_dict() for o in opts], step=step, seen=seen,
                                spent=time.time() - begin, best=best, begun=begun), os.path.join(a.out, "last.pt.new"))
                os.replace(os.path.join(a.out, "last.pt.new"), os.path.join(a.out, "last.pt"))
    finally:
        state[I["stop"]] = 1
        renderers.stop()
    torch.save(average.state_dict(), os.path.join(a.out, "final.pt"))
    filled = int(min(SIZE, state[I["written"]]))
    np.save(os.path.join(a.out, "samples.npy"), ring["x"][: filled : max(1, filled // 320)])
    with open(os.path.join(a.out, "run.json"), "w") as f:
        json.dump(run_of(a, begun, step, seen, time.time() - begin), f)
    scores = examine(average, val)
    print(json.dumps(dict(final=scores, seen=seen, step=step)), flush=True)
    log.write(json.dumps(dict(final=scores, seen=seen, step=step)) + "\n")


if __name__ == "__main__":
    main()
