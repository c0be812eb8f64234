"""fp32 ONNX to int8 QDQ ONNX, made with plain `onnx`: uint8 activations, kernels of 7 bits a channel, heads' last layers in float.

The picture is uint8 already, so its dequantisation replaces the cast and the scaling.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import cv2
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from evaluate import Sheet
from layout import lay_out
from look import add_option, first_look
from stream import Pictures

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from narrow import kernel_of_seven_bits  # noqa: E402 (shared with the reader, one folder up)

FLOAT_OPS = ('Sigmoid', 'Exp', 'Clip')
PICTURES = 96


def tidy(model):
    """Initialisers that the exporter shares through Identity nodes get their own names."""
    graph = model.graph
    known = {tensor.name: tensor for tensor in graph.initializer}
    for node in [node for node in graph.node if node.op_type == 'Identity']:
        copy = onnx.TensorProto()
        copy.CopyFrom(known[node.input[0]])
        copy.name = node.output[0]
        graph.initializer.append(copy)
        known[copy.name] = copy
        graph.node.remove(node)
    return known


def quantised_tensors(graph):
    """Names of the float tensors that live as uint8: what convolutions, additions and resizes read, heads' outputs excepted."""
    readers = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    names = []
    for node in graph.node:
        if node.op_type not in ('Conv', 'Relu', 'Add', 'Resize'):
            continue
        after = readers.get(node.output[0], [])
        if any(reader.op_type in FLOAT_OPS for reader in after) or any(reader.op_type == 'Relu' for reader in after):
            continue
        names.append(node.output[0])
    return names


def measured(model, names, work, caches, look):
    """Ranges of the named tensors over train pictures, first looks (fitted into `look`) and second ones."""
    probe = onnx.ModelProto()
    probe.CopyFrom(model)
    probe.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    pictures, chosen = Pictures(work, caches, 'train'), np.random.default_rng(5)
    with tempfile.TemporaryDirectory() as folder:
        sheet = Sheet(folder)
        for i, at in enumerate(chosen.choice(len(pictures.rows), min(PICTURES, len(pictures.rows)), replace=False)):
            sheet.add(pictures.pixels_of(pictures.rows[at]), look if i % 3 else (224, 224))
        sheet.file.flush()
        files = [os.path.join(folder, name) for name in ('probe.onnx', 'list.json', 'ranges.json')]
        onnx.save(probe, files[0])
        with open(files[1], 'w', encoding='utf8') as file:
            json.dump(sheet.rows, file)
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'ranges.mjs')
        subprocess.run(['node', script, *files], check=True)
        with open(files[2], encoding='utf8') as file:
            return json.load(file)


class Builder:
    """Puts Quantize/Dequantize pairs into a graph."""

    def __init__(self, graph, known):
        self.graph, self.known, self.scales, self.nodes = graph, known, {}, []

    def constant(self, name, array):
        self.graph.initializer.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def grid(self, name, low, high):
        """Scale and zero point of an activation."""
        low, high = min(0.0, low), max(1e-6, high)
        scale = np.float32((high - low) / 255)
        zero = np.uint8(np.clip(round(-low / scale), 0, 255))
        self.scales[name] = scale, self.constant(name + '_scale', scale), self.constant(name + '_zero', zero)

    def pair(self, name):
        """Q and DQ behind the tensor `name`; its readers are to read the answer."""
        _, scale, zero = self.scales[name]
        self.nodes.append(helper.make_node('QuantizeLinear', [name, scale, zero], [name + '_q']))
        self.nodes.append(helper.make_node('DequantizeLinear', [name + '_q', scale, zero], [name + '_dq']))

    def kernel(self, node, input_scale):
        """Weights of 7 bits a channel (see `narrow.py`) and an int32 bias."""
        values, scale = kernel_of_seven_bits(numpy_helper.to_array(self.known[node.input[1]]))
        out = node.output[0]
        names = [self.constant(f'{out}_w', values), self.constant(f'{out}_w_scale', scale), self.constant(f'{out}_w_zero', np.zeros(len(values), np.int8))]
        self.nodes.append(helper.make_node('DequantizeLinear', names, [f'{out}_w_dq'], axis=0))
        bias_scale = (scale * input_scale).astype(np.float32)
        bias = np.round(numpy_helper.to_array(self.known[node.input[2]]) / bias_scale).astype(np.int32)
        names = [self.constant(f'{out}_b', bias), self.constant(f'{out}_b_scale', bias_scale), self.constant(f'{out}_b_zero', np.zeros(len(values), np.int32))]
        self.nodes.append(helper.make_node('DequantizeLinear', names, [f'{out}_b_dq'], axis=0))
        return [f'{out}_w_dq', f'{out}_b_dq']


def quantise(model, ranges):
    """The QDQ twin of `model`; `ranges` as `measured` gives them."""
    known = tidy(model)
    graph = model.graph
    builder = Builder(graph, known)
    for name, (low, high) in ranges.items():
        builder.grid(name, low, high)
    for node in [node for node in graph.node if node.op_type == 'Resize']:
        if node.input[0] in ranges and node.output[0] in ranges:
            builder.scales[node.output[0]] = builder.scales[node.input[0]]
    renamed = {}
    for node in graph.node:
        if node.op_type == 'Cast' and not builder.scales.get('picture'):
            pixel = np.float32(1 / 255)
            builder.scales['picture'] = pixel, builder.constant('picture_scale', pixel), builder.constant('picture_zero', np.uint8(0))
            builder.nodes.append(helper.make_node('DequantizeLinear', [node.input[0], *builder.scales['picture'][1:]], ['picture_dq']))
            scaled = next(other for other in graph.node if other.op_type == 'Mul' and node.output[0] in other.input)
            renamed[scaled.output[0]] = 'picture_dq'
            skip = scaled
            continue
        if node.op_type == 'Mul' and renamed.get(node.output[0]) == 'picture_dq' and node is skip:
            continue
        source = node.input[0] if node.input else ''
        if node.op_type == 'Conv' and renamed.get(source):
            input_scale = builder.scales['picture' if renamed[source] == 'picture_dq' else source][0]
            if node.output[0] in ranges or _feeds_quantised(graph, node, ranges):
                node.input[1:] = builder.kernel(node, input_scale)
        for i, name in enumerate(node.input):
            node.input[i] = renamed.get(name, name)
        builder.nodes.append(node)
        for name in node.output:
            if name in ranges:
                builder.pair(name)
                renamed[name] = name + '_dq'
    fresh = [onnx.NodeProto() for _ in builder.nodes]
    for copy, node in zip(fresh, builder.nodes):
        copy.CopyFrom(node)
    del graph.node[:]
    graph.node.extend(fresh)
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    return model


def _feeds_quantised(graph, node, ranges):
    return any(other.op_type == 'Relu' and other.input[0] == node.output[0] and other.output[0] in ranges for other in graph.node)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('model')
    parser.add_argument('out')
    parser.add_argument('--work', required=True)
    parser.add_argument('--caches', default='real')
    add_option(parser)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    model = onnx.load(options.model)
    tidy(model)
    ranges = measured(model, quantised_tensors(model.graph), options.work, options.caches.split(','), first_look(options.look))
    onnx.save(lay_out(quantise(model, ranges)), options.out)


if __name__ == '__main__':
    main()
