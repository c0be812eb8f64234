"""First weights from an earlier, smaller detector of ours (the study in `../shared/vision/detector-study`), instead of random ones.

The study's net is a part of this one: its kernels, into which batch norm was folded, fill the leading channels, and
what is new starts at random. Batch norm is then put back in front of its folded bias so that the first training step
computes what the study computed. A training without it needs about an hour more for the same loss.
"""
import argparse
import random

import onnx
import torch
import torch.nn as nn
from onnx import numpy_helper

from net import DEPTHS, WIDTHS, Detector

NEW_INPUT_GAIN = 0.1


def folded(path):
    """Kernels and biases of an ONNX file's convolutions, in the order in which they run."""
    graph = onnx.load(path).graph
    known = {tensor.name: tensor for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == 'Identity' and node.input[0] in known:
            known[node.output[0]] = known[node.input[0]]
    arrays = [[numpy_helper.to_array(known[name]) for name in node.input[1:3]] for node in graph.node if node.op_type == 'Conv']
    return [[torch.from_numpy(array.copy()) for array in pair] for pair in arrays]


def counterparts(detector):
    """Convolution and batch norm (None in a head's last layer) for each of the study's convolutions, in its order."""
    def blocks(stage, count):
        yield stage[0]
        for block in list(stage)[1:1 + count]:
            yield from (block.first, block.second)
    d = detector
    sequence = [*d.stem, *blocks(d.stage8, 1), *blocks(d.stage16, 2), *blocks(d.stage32, 1), d.down32, d.head16.body, d.down16, d.head8.body]
    return [(layer[0], layer[1]) for layer in sequence] + [(d.head8.heat, None), (d.head8.box, None)]


@torch.no_grad()
def transplant(detector, study, pixels):
    """Fill `detector` from `study` (see `folded`); `pixels` [n,3,h,w] 0..1 measure the statistics batch norm needs."""
    hooks = []
    for (layer, norm), (kernel, bias) in zip(counterparts(detector), study):
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
    import pickle
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('study', help="the study's det.onnx")
    parser.add_argument('out')
    parser.add_argument('--work', required=True)
    options = parser.parse_args()
    torch.manual_seed(4)
    pictures = Pictures(options.work, ['real'], 'train')
    with open(f'{options.work}/crops.pickle', 'rb') as file:
        painter = Painter(pickle.load(file))
    batch = _batch(random.Random(4), pictures, painter, pictures.weights(SOURCE_WEIGHT), *SHAPES[0][:3], 64)
    detector = Detector(WIDTHS, DEPTHS)
    transplant(detector, folded(options.study), batch['pixels'].float() / 255)
    torch.save(dict(shape=(WIDTHS, DEPTHS), detector=detector.state_dict(), average=detector.state_dict(), step=0, trained=0.0, seen=0), options.out)


if __name__ == '__main__':
    main()
