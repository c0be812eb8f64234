"""Weights -> ONNX (opset 13, dynamic batch). Usage: export.py WEIGHTS.pt OUT.onnx [SECOND.pt for the second look]"""
import os
import sys

import torch

from common import HEIGHT, WIDTH
from model import Deployed, Reader

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from traced import to_onnx  # noqa: E402 (shared with the detector, one folder up)

NAMES = ["probs", "ctc", "colour", "lines"]


def load(weights):
    net = Reader()
    net.load_state_dict(torch.load(weights, map_location="cpu"))
    return net.eval()


def export(weights, out, second=None):
    """Write the ONNX file; returns its size in bytes."""
    net = Deployed(load(weights), load(second) if second else None).eval()
    axes = {n: {0: "b"} for n in ["input", *NAMES]}
    to_onnx(net, torch.zeros(2, HEIGHT, WIDTH, 3, dtype=torch.uint8), out, input_names=["input"], output_names=NAMES, dynamic_axes=axes)
    return os.path.getsize(out)


if __name__ == "__main__":
    print(sys.argv[2], export(*sys.argv[1:4]), "bytes")
