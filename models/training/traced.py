"""PyTorch to ONNX by tracing: newer PyTorch takes another exporter unless told, whose graphs split.py and quantise.py do not know."""
import inspect

import torch

OPSET = 13


def to_onnx(net, example, path, **names):
    """`names`: input_names, output_names, dynamic_axes."""
    knows = inspect.signature(torch.onnx.export).parameters
    torch.onnx.export(net, example, path, opset_version=OPSET, **names, **({"dynamo": False} if "dynamo" in knows else {}))
