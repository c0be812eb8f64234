"""Write models/cards/reader.md from what was measured. Usage: card.py RUN_DIR (log.jsonl, calibration.json, evaluation.txt, bench.txt, run.txt)."""
import json
import os
import sys

MODELS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
TEMPLATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "card.template.md")


def table(head, rows):
    line = lambda cells: "| " + " | ".join(str(c) for c in cells) + " |"
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
    looks = looks[::every] + ([looks[-1]] if (len(looks) - 1) % every else [])
    return table(["minutes", "samples", "val clean, slots / CTC", "val clean, photos", "val spoiled, slots / CTC", "val spoiled, photos"],
                 [[round(x["minutes"]), x["seen"], f"{x['clean']} / {x['clean_ctc']}", x["clean_photo"], f"{x['hard']} / {x['hard_ctc']}", x["hard_photo"]] for x in looks])


def read(folder, name):
    with open(os.path.join(folder, name), encoding="utf8") as f:
        return f.read()


def main(folder):
    c = json.loads(read(folder, "calibration.json"))
    evaluation = json.loads(read(folder, "evaluation.txt").strip().splitlines()[-1])
    text = read(os.path.dirname(TEMPLATE), os.path.basename(TEMPLATE))
    values = {
        "FIGURES": figures(evaluation),
        "CURVE": curve(read(folder, "log.jsonl").splitlines()),
        "RELIABILITY": table(["score from", "to", "reads", "mean score", "right"], c["reliability"]),
        "ACCEPTED": table(["condition", "accepted", "wrong among them"], [[k, *v] for k, v in c["byCondition"].items()]),
        "BENCH": read(folder, "bench.txt").strip(),
        "RUN": read(folder, "run.txt").strip(),
        **{k: c[k] for k in ("ask", "ece", "temperature", "accept", "char", "ctcAgree", "minRowPx", "minSharpness", "minLight", "kept", "wrong", "reads")},
        "cleanKept": f"{100 * c['cleanKept']:.1f}", "cleanKeptPhotos": f"{100 * c['cleanKeptPhotos']:.1f}",
    }
    for k, v in values.items():
        text = text.replace("{{" + k + "}}", str(v))
    os.makedirs(os.path.join(MODELS, "cards"), exist_ok=True)
    with open(os.path.join(MODELS, "cards", "reader.md"), "w", encoding="utf8") as f:
        f.write(text)


if __name__ == "__main__":
    main(sys.argv[1])
