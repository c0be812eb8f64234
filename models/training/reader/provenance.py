"""What a run of the reader's training learnt from and how, in the manifest's words: from the list of plates and from run.json of train.py."""
import datetime
import os
import sys

import real
from claim import listing

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from origin import named, tally  # noqa: E402 (shared with the detector, one folder up)

DRAWN = "plates drawn by models/training/reader with our own glyphs (and free Debian fonts as a minority)"


def begun_from(a):
    """The weights that train.py was given to start from, or None."""
    return a.init and named(a.init)


def run_of(a, begun, step, seen, seconds):
    """train.py's options, what it was begun from, and its counts -> what run.json holds."""
    return dict(date=datetime.date.today().isoformat(), step=step, seen=seen, minutes=round(seconds / 60, 1), batch=a.batch, lr=a.lr, realShare=a.real_share,
                begun=begun, plates=listing(a.data)["listing"])


def counts(data, split):
    """The list's plates of one split: how many, of which domains and under which licences."""
    rows = real.usable(data, split)
    return dict(n=len(rows), domains=tally(r["domain"] for r in rows), licences=tally(r.get("licence", "none stated") for r in rows))


def learnt_from(data, begun=None):
    """Words of the manifest's `data`; `begun`: the weights that the run began from, which had learnt before."""
    before = f"; and what its first weights, {begun}, had learnt from" if begun else ""
    train = counts(data, "train")
    if not train["n"]:
        return f"{DRAWN}, and no real ones{before}"
    return (f"{DRAWN}, and the train split of {data}/plates/plates.jsonl (SHA-256 {listing(data)['listing'][:12]}…): {train['n']:,} labelled plates "
            f"({train['domains']}); licences as the list states them: {train['licences']}{before}")


def told(run):
    """run.json -> one sentence."""
    begun = f", begun from {run['begun']}" if run["begun"] else ""
    return (f"models/training/reader/train.py, {run['date']}: {run['seen']:,} samples in {run['minutes']:g} minutes, batch {run['batch']}{begun}; "
            "two looks with the averages at the end and at the best val, cut into two files (split.py); int8 convolutions, kernels of 7 bits")
