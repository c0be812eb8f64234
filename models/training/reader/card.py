"""Write RUN/card.md from what was measured of this run and nothing else.

Usage: card.py RUN DATA    RUN holds log.jsonl, calibration.json, evaluation.txt, bench.txt, run.json
"""
import json
import os
import sys

from provenance import counts, learnt_from, told

TEMPLATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "card.template.md")


def table(head, rows):
    line = lambda cells: "| " + " | ".join("–" if c is None else str(c) for c in cells) + " |"
    return "\n".join([line(head), line(["---"] * len(head)), *[line(r) for r in rows]])


def figures(evaluation):
    """The table of conditions: exact % of every reader, domain by domain."""
    readers = list(evaluation)
    groups = list(next(iter(evaluation[readers[0]].values())))
    head = ["condition"] + [f"{g} (n = {evaluation[readers[0]]['as is'][g]['n']})" for g in groups]
    rows = [[c] + [" / ".join(f"{evaluation[r][c][g]['exact']:.1f}" for r in readers) for g in groups] for c in evaluation[readers[0]]]
    return "exact %, " + " / ".join(readers) + "\n\n" + table(head, rows)


def curve(log, every=4):
    looks = [json.loads(line) for line in log]
    looks = [x for x in looks if "minutes" in x and x.get("clean", 0) > 0]
    if not looks:
        return "At no look at val was a plate read right."
    looks = looks[::every] + ([looks[-1]] if (len(looks) - 1) % every else [])
    return table(["minutes", "samples", "val clean, slots / CTC", "val clean, photos", "val spoiled, slots / CTC", "val spoiled, photos"],
                 [[round(x["minutes"]), x["seen"], f"{x['clean']} / {x['clean_ctc']}", x["clean_photo"], f"{x['hard']} / {x['hard_ctc']}", x["hard_photo"]] for x in looks])


def percent(share):
    return "none there" if share is None else f"{100 * share:.1f} %"


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf8") as f:
        return f.read()


def main(folder, data):
    c = json.loads(read(folder, "calibration.json"))
    run = json.loads(read(folder, "run.json"))
    evaluation = json.loads(read(folder, "evaluation.txt").strip().splitlines()[-1])
    text = read(os.path.dirname(TEMPLATE), os.path.basename(TEMPLATE))
    values = {
        "FIGURES": figures(evaluation),
        "CURVE": curve(read(folder, "log.jsonl").splitlines()),
        "RELIABILITY": table(["score from", "to", "reads", "mean score", "right"], c["reliability"]),
        "ACCEPTED": table(["condition", "accepted", "wrong among them"], [[k, *v] for k, v in c["byCondition"].items()]),
        "BENCH": read(folder, "bench.txt").strip(),
        "RUN": told(run),
        "LEARNT": learnt_from(data, run["begun"]),
        "VAL": "{n:,} labelled pictures ({domains})".format(**counts(data, "val")),
        **{k: c[k] for k in ("ask", "ece", "temperature", "accept", "char", "ctcAgree", "minRowPx", "minSharpness", "minLight", "kept", "wrong", "reads")},
        "cleanKept": percent(c["cleanKept"]), "cleanKeptPhotos": percent(c["cleanKeptPhotos"]),
    }
    for k, v in values.items():
        text = text.replace("{{" + k + "}}", str(v))
    with open(os.path.join(folder, "card.md"), "w", encoding="utf8") as f:
        f.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:3])
