"""First weights from an earlier detector of ours, the shipped one or the study's in `../shared/vision/detector-study`, instead of random ones.

The earlier net is a part of this one: its kernels, into which batch norm was folded, fill the leading channels, what is
new starts at random, and new blocks start as shortcuts. Batch norm is then put back in front of its folded bias so that
the first training step computes what the earlier net computed.
"""
import argparse
import os
import pickle
import random
import sys

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from layout import plain_stem
from net import DEPTHS, WIDTHS, Detector

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from origin import named  # noqa: E402 (shared with the reader, one folder up)

NEW_INPUT_GAIN = 0.1
STAGES = ('stage8', 'stage16', 'stage32')
STUDY_BLOCKS = dict(stage8=1, stage16=2, stage32=1)


def folded(path):
    """Name, kernel and bias of an ONNX file's convolutions, in the order in which they run; int8 ones as the floats they stand for."""
    graph = onnx.load(path).graph
    known = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == 'Identity' and node.input[0] in known:
            known[node.output[0]] = known[node.input[0]]
        if node.op_type == 'DequantizeLinear' and all(name in known for name in node.input):
            values, scale, zero = (known[name].astype(np.float64) for name in node.input)
            each = (-1,) + (1,) * (values.ndim - 1) if scale.ndim else ()
            known[node.output[0]] = (values - zero.reshape(each)) * scale.reshape(each)
    convolutions = [node for node in graph.node if node.op_type == 'Conv']
    kernels = plain_stem([(known[node.input[1]], known[node.input[2]]) for node in convolutions])
    return [(node.name, *(torch.from_numpy(array.astype(np.float32)) for array in kernel)) for node, kernel in zip(convolutions, kernels)]


def counterparts(detector, names):
    """Convolution and batch norm (None in a head's last layer) of `detector` for each of the earlier net's convolutions, in its order."""
    d, ours = detector, any('/merge8/' in name or '/stage8/' in name for name in names)
    held = {stage: sum(f'/{stage}.{i}/first/' in name for name in names for i in range(9)) for stage in STAGES} if ours else STUDY_BLOCKS

    def stage(name):
        first, *blocks = getattr(d, name)
        return [first, *(half for block in blocks[:held[name]] for half in (block.first, block.second))]
    merge = [d.merge8.first, d.merge8.second] if any('/merge8/' in name for name in names) else []
    sequence = [*d.stem, *(layer for name in STAGES for layer in stage(name)), d.down32, d.head16.body, d.down16, *merge, d.head8.body]
    last = [d.head8.heat, d.head8.box] + ([d.head16.heat, d.head16.box] if ours else [])
    pairs = [(layer[0], layer[1]) for layer in sequence] + [(layer, None) for layer in last]
    if len(pairs) != len(names):
        raise SystemExit(f'{len(names)} convolutions, {len(pairs)} expected: not an earlier net of this one')
    return pairs


@torch.no_grad()
def transplant(detector, earlier, pixels):
    """Fill `detector` from `earlier` (see `folded`); `pixels` [n,3,h,w] 0..1 measure the statistics batch norm needs."""
    hooks = []
    for (layer, norm), (_, kernel, bias) in zip(counterparts(detector, [name for name, _, _ in earlier]), earlier):
        outputs, inputs = kernel.shape[:2]
        layer.weight[:outputs, inputs:] *= NEW_INPUT_GAIN
        layer.weight[:outputs, :inputs] = kernel
        if norm is None:
            layer.bias.copy_(bias)
            continue
        norm.weight.fill_(1)

        def put_back(norm, arguments, bias=bias, outputs=outputs):
            spread, mean = torch.std_mean(arguments[0], (0, 2, 3), unbiased=False)
            norm.weight[:outputs] = (spread[:outputs] ** 2 + norm.eps).sqrt()
            norm.bias[:outputs] = bias + mean[:outputs]
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(spread ** 2)
        hooks.append(norm.register_forward_pre_hook(put_back))
    detector.train()
    detector(pixels)
    for hook in hooks:
        hook.remove()


def main():
    from stream import Pictures, Painter, SHAPES, SOURCE_WEIGHT, _batch
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('earlier', help='models/detector.onnx, or the study\'s det.onnx')
    parser.add_argument('out')
    parser.add_argument('--work', required=True)
    options = parser.parse_args()
    torch.manual_seed(4)
    pictures = Pictures(options.work, ['real'], 'train')
    with open(f'{options.work}/crops.pickle', 'rb') as file:
        painter = Painter(pickle.load(file))
    batch = _batch(random.Random(4), pictures, painter, pictures.weights(SOURCE_WEIGHT), *SHAPES[0][:3], 64)
    detector = Detector(WIDTHS, DEPTHS)
    transplant(detector, folded(options.earlier), batch['pixels'].float() / 255)
    torch.save(dict(shape=(WIDTHS, DEPTHS), detector=detector.state_dict(), average=detector.state_dict(), step=0, trained=0.0, seen=0,
                    begun=named(options.earlier)), options.out)


if __name__ == '__main__':
    main()
