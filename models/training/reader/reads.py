"""Run an ONNX reader over crops and turn its outputs into reads: ours, or a fast-plate-ocr file to compare with."""
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from common import ALPHABET, EMPTY


@dataclass
class Reads:
    """One entry a crop. `score`: least slot probability, empty slots included; `agree`: probability a character that the CTC head gives the same text, geometric mean over all its paths (1 where there is no such head)."""

    text: list
    score: np.ndarray
    agree: np.ndarray
    probs: np.ndarray
    colour: np.ndarray
    lines: np.ndarray


def ctc_text(path):
    """Greedy CTC read of a path of indices."""
    return "".join(ALPHABET[k] for j, k in enumerate(path) if k != EMPTY and (j == 0 or path[j - 1] != k))


def agreement(ctc, texts):
    """CTC probabilities [n,T,37] and texts -> p(text) ** (1 / length), as src/vision/ctc.ts has it; 0 for an empty text."""
    out = np.zeros(len(texts))
    log = torch.from_numpy(np.log(np.maximum(ctc, 1e-12)))
    some = [i for i, t in enumerate(texts) if t]
    if some:
        targets = torch.tensor([ALPHABET.index(c) for i in some for c in texts[i]])
        lengths = torch.tensor([len(texts[i]) for i in some])
        loss = F.ctc_loss(log[some].transpose(0, 1), targets, torch.full((len(some),), ctc.shape[1]), lengths, blank=EMPTY, reduction="none")
        out[some] = torch.exp(-loss / lengths).numpy()
    return out


def tempered(probs, temperature):
    """Softmax outputs -> the same at another temperature."""
    if temperature == 1.0:
        return probs
    p = np.maximum(probs, 1e-9) ** (1 / temperature)
    return p / p.sum(-1, keepdims=True)


class Session:
    def __init__(self, path, threads=1, second=None):
        """`second`: the second look that split.py cut off `path`; every crop is then looked at twice, and `both` is what the two say together."""
        import onnxruntime as ort  # here, so that what only turns outputs into reads needs no runtime

        o = ort.SessionOptions()
        o.intra_op_num_threads = threads
        o.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.s = ort.InferenceSession(path, o, providers=["CPUExecutionProvider"])
        self.second = second and Session(second, threads)
        self.names = [x.name for x in self.s.get_outputs()]
        self.input = self.s.get_inputs()[0].name

    def raw(self, x, batch=64):
        """uint8 [n,64,128,3] -> dict output name -> array [n,...]."""
        parts = []
        for i in range(0, len(x), batch):
            crops = {self.input: x[i : i + batch]}
            part = dict(zip(self.names, self.s.run(None, crops)))
            if self.second:
                part["both"] = self.second.s.run(["probs"], {**crops, "logs": part["logs"]})[0]
            parts.append(part)
        return {n: np.concatenate([p[n] for p in parts]) for n in parts[0]}

    def read(self, x, temperature=1.0):
        """uint8 [n,64,128,3] -> Reads."""
        out = self.raw(x)
        probs = tempered(out.get("probs", out[self.names[0]]).reshape(len(x), -1, len(ALPHABET)), temperature)
        best = probs.argmax(-1)
        text = ["".join(ALPHABET[k] for k in b if k != EMPTY) for b in best]
        score = probs.max(-1).min(1)
        agree = agreement(out["ctc"], text) if "ctc" in out else np.ones(len(x))
        return Reads(text, score, agree, probs, out.get("colour"), out.get("lines"))
