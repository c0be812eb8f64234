"""int8 kernels of a QDQ file brought down to 7 bits, so that no processor saturates.

A processor without VNNI multiplies unsigned by signed bytes in pairs and adds each pair in 16 bits, where 2 * 255 * 127
does not fit: it saturates without a word (onnxruntime's documentation of quantisation, "reduce_range"). With kernels of
-63..63 no pair can, and both kinds of processor add to the same integers (by arithmetic; measured on one without VNNI only).

usage: narrow.py IN.onnx OUT.onnx
"""
import sys

import numpy as np
import onnx
from onnx import numpy_helper

MOST = 63


def kernel_of_seven_bits(weights):
    """Float kernels [out,...] -> int8 values within MOST and a scale for each output channel."""
    most = np.abs(weights).reshape(len(weights), -1).max(1)
    scale = (np.maximum(most, 1e-8) / MOST).astype(np.float32)
    each = scale.reshape(-1, *[1] * (weights.ndim - 1))
    return np.clip(np.round(weights / each), -MOST, MOST).astype(np.int8), scale


def narrow(model):
    """Change `model` in place; returns how many convolutions were changed."""
    known = {tensor.name: tensor for tensor in model.graph.initializer}
    makers = {node.output[0]: node for node in model.graph.node if node.op_type == 'DequantizeLinear'}

    def value(name):
        return numpy_helper.to_array(known[name])

    def put(name, array):
        known[name].CopyFrom(numpy_helper.from_array(array, name))
    changed = 0
    for node in model.graph.node:
        kernel = makers.get(node.input[1]) if node.op_type == 'Conv' else None
        if kernel is None:
            continue
        values, old = value(kernel.input[0]), value(kernel.input[1])
        values, scale = kernel_of_seven_bits(values.astype(np.float64) * old.reshape(-1, 1, 1, 1))
        put(kernel.input[0], values)
        put(kernel.input[1], scale)
        bias = makers.get(node.input[2])
        if bias is not None:
            held = value(bias.input[0]) * value(bias.input[1]).astype(np.float64)
            grid = value(bias.input[1]).astype(np.float64) / old * scale
            put(bias.input[0], np.round(held / grid).astype(np.int32))
            put(bias.input[1], grid.astype(np.float32))
        changed += 1
    return changed


if __name__ == '__main__':
    given = onnx.load(sys.argv[1])
    print(narrow(given), 'convolutions')
    onnx.checker.check_model(given)
    onnx.save(given, sys.argv[2])
