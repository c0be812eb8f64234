"""What split.py cuts, without a runtime: that no weight is lost, changed or carried twice, and that each file has only its own look."""
import os
import tempfile
import unittest

import onnx
import torch
from onnx import numpy_helper

from common import HEIGHT, WIDTH
from export import NAMES, to_onnx
from model import Deployed, Reader
from split import split


def exported():
    """A small two-look net of random weights, as export.py writes it."""
    torch.manual_seed(5)
    looks = [Reader(c1=8, c2=8, c3=16, hidden=16) for _ in range(2)]
    for look in looks:
        for p in look.parameters():
            torch.nn.init.normal_(p)  # the exporter keeps equal tensors once
    net = Deployed(*looks).eval()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "whole.onnx")
        to_onnx(net, torch.zeros(2, HEIGHT, WIDTH, 3, dtype=torch.uint8), path, input_names=["input"], output_names=NAMES,
                dynamic_axes={n: {0: "b"} for n in ["input", *NAMES]})
        return onnx.load(path)


def weights(model):
    return {w.name: numpy_helper.to_array(w).tobytes() for w in model.graph.initializer}


def count(model, kind):
    return sum(node.op_type == kind for node in model.graph.node)


class Split(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.whole = exported()
        cls.before = weights(cls.whole)
        cls.convolutions = count(cls.whole, "Conv")
        cls.first, cls.second = split(cls.whole)

    def test_what_goes_in_and_out(self):
        names = lambda ends: [end.name for end in ends]
        self.assertEqual(names(self.first.graph.input), ["input"])
        self.assertEqual(names(self.first.graph.output), ["probs", "logs", "ctc", "colour", "lines"])
        self.assertEqual(names(self.second.graph.input), ["input", "logs"])
        self.assertEqual(names(self.second.graph.output), ["probs"])

    def test_every_weight_is_in_one_of_the_two_unchanged(self):
        one, two = weights(self.first), weights(self.second)
        self.assertEqual({**one, **two}, self.before)
        self.assertEqual([n for n in one if n.startswith("second.")], [])
        self.assertEqual([n for n in two if n.startswith("net.")], [])

    def test_each_looks_once(self):
        self.assertEqual(count(self.first, "Conv") + count(self.second, "Conv"), self.convolutions)
        self.assertEqual((count(self.first, "AveragePool"), count(self.second, "AveragePool")), (1, 0), "the colour is the first look's")

    def test_a_file_that_looks_once_is_not_cut_again(self):
        with self.assertRaises(ValueError):
            split(self.first)


if __name__ == "__main__":
    unittest.main()
