"""fp32 ONNX -> int8 (QDQ, per channel, kernels of 7 bits: see `../narrow.py`) for the convolutions, with ranges from training samples.

Usage: quantise.py IN.onnx SAMPLES.npy OUT.onnx    SAMPLES: uint8 [n,64,128,3]
Ship the result only if evaluate.py shows that nothing is lost and bench.py that it is faster.
"""
import sys

import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static


class Feed(CalibrationDataReader):
    def __init__(self, samples, batch=16):
        self.parts = iter([{"input": samples[i : i + batch]} for i in range(0, len(samples), batch)])

    def get_next(self):
        return next(self.parts, None)


def quantise(source, samples, out, keep=()):
    """`keep`: names of convolutions left in fp32."""
    quantize_static(source, out, Feed(samples), quant_format=QuantFormat.QDQ, op_types_to_quantize=["Conv", "Add", "Relu"], per_channel=True,
                    reduce_range=True, activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8, calibrate_method=CalibrationMethod.MinMax,
                    nodes_to_exclude=list(keep), extra_options={"ActivationSymmetric": False, "WeightSymmetric": True})


def convolutions(path):
    """Names of the convolutions with their weights' shapes, in graph order."""
    graph = onnx.load(path).graph
    shapes = {t.name: list(t.dims) for t in graph.initializer}
    return [(n.name, shapes.get(n.input[1])) for n in graph.node if n.op_type == "Conv"]


if __name__ == "__main__":
    names = convolutions(sys.argv[1])
    # The colour branch is tiny; the attention's 1x1 decides where to look. Both stay exact.
    keep = [n for n, s in names if s and (s[0] in (10, 16, 24) or s[2:] == [1, 1] or s[1] == 1)]
    quantise(sys.argv[1], np.load(sys.argv[2]), sys.argv[3], keep)
    print("kept in fp32:", keep)
