"""Lays the int8 net out anew so that the runtime copies less. Every number stays what it was: its answers are the same to the last bit.

In channels-last order four pixels side by side with three colours are one pixel with twelve, and a tensor doubled along its last axis is
a picture doubled across. The runtime gathers what a kernel sees with one copy a kernel position and pixel, so that the first convolution,
with nine copies of three bytes, cost a fifth of the net; and its `Resize` goes pixel by pixel.
"""
import sys

import numpy as np
import onnx
from onnx import helper, numpy_helper, shape_inference

PIXELS = 4
"""So many pixels side by side become one. The net's input is a multiple of 32 wide."""


def widened(kernel, pixels):
    """A 3x3 kernel of stride 2 [o,c,3,3] for `pixels` side by side: [o*pixels/2, c*pixels, 3, 2], of stride 1 across. Its left column
    is the block before, of which it sees one pixel."""
    outputs, inputs = kernel.shape[:2]
    wide = np.zeros((outputs * pixels // 2, inputs * pixels, 3, 2), kernel.dtype)
    for output, pixel, column, x in _places(pixels):
        wide[output * outputs:][:outputs, pixel * inputs:][:, :inputs, :, column] = kernel[..., x]
    return wide


def narrowed(wide, pixels):
    """The kernel that `widened` was given."""
    outputs, inputs = wide.shape[0] * 2 // pixels, wide.shape[1] // pixels
    kernel = np.zeros((outputs, inputs, 3, 3), wide.dtype)
    for output, pixel, column, x in _places(pixels):
        if output == 0:
            kernel[..., x] = wide[:outputs, pixel * inputs:][:, :inputs, :, column]
    return kernel


def plain_stem(kernels):
    """Kernels and biases of a net's convolutions in their order, the first two as they were before `widen_stem`."""
    if kernels[0][0].shape[1] != 3 * PIXELS:
        return kernels
    stem = [(narrowed(kernel, pixels), bias[:len(bias) * 2 // pixels]) for (kernel, bias), pixels in zip(kernels, (PIXELS, PIXELS // 2))]
    return stem + kernels[2:]


def _places(pixels):
    for output in range(pixels // 2):
        for x in range(3):
            at = 2 * output + x - 1
            yield output, at % pixels, 0 if at < 0 else 1, x


class Graph:
    """An ONNX graph in which nodes are found by what they give and take."""

    def __init__(self, model):
        self.graph, self.known = model.graph, {tensor.name: tensor for tensor in model.graph.initializer}
        self.shapes = {value.name: value.type.tensor_type.shape for value in shape_inference.infer_shapes(model).graph.value_info}

    def maker(self, name):
        return next(node for node in self.graph.node if name in node.output)

    def reader(self, name):
        return next(node for node in self.graph.node if name in node.input)

    def channels(self, name):
        return self.shapes[name].dim[1].dim_value

    def put(self, name, array):
        tensor = numpy_helper.from_array(np.asarray(array), name)
        if name in self.known:
            self.known[name].CopyFrom(tensor)
        else:
            self.graph.initializer.append(tensor)

    def insert(self, before, *nodes):
        at = list(self.graph.node).index(before)
        for i, node in enumerate(nodes):
            self.graph.node.insert(at + i, node)


def widen_stem(net):
    """The two convolutions that halve the picture see four pixels at once, then two."""
    first, second = [node for node in net.graph.node if node.op_type == 'Conv'][:2]
    turned = net.maker(net.maker(first.input[0]).input[0])
    net.put('blocks', np.array([0, 0, -1, 3 * PIXELS]))
    net.insert(turned, helper.make_node('Reshape', [turned.input[0], 'blocks'], ['picture_in_blocks']))
    turned.input[0] = 'picture_in_blocks'
    for conv, pixels in ((first, PIXELS), (second, PIXELS // 2)):
        weights, bias = (net.maker(name) for name in conv.input[1:3])
        net.put(weights.input[0], widened(numpy_helper.to_array(net.known[weights.input[0]]), pixels))
        for name in (*weights.input[1:], *bias.input):
            net.put(name, np.tile(numpy_helper.to_array(net.known[name]), pixels // 2))
        for attribute in conv.attribute:
            if attribute.name in (wanted := dict(kernel_shape=[3, 2], strides=[2, 1], pads=[1, 1, 0, 0])):
                attribute.ints[:] = wanted[attribute.name]


def double_by_copying(net):
    """Enlarges by two with copies of whole rows instead of `Resize`, which keeps an int8 tensor as it is: its pair behind goes."""
    for resize in [node for node in net.graph.node if node.op_type == 'Resize']:
        given, quantised = net.maker(resize.input[0]).input[0], net.reader(resize.output[0])
        back = net.reader(quantised.output[0])
        beside = net.maker(next(name for name in net.reader(back.output[0]).input if name != back.output[0])).input[0]
        name = resize.output[0]
        net.put(f'{name}_row', np.array([0, 0, -1, net.channels(resize.input[0])]))
        net.insert(
            back,
            helper.make_node('Transpose', [given], [f'{name}_last'], perm=[0, 2, 3, 1]),
            helper.make_node('Concat', [f'{name}_last'] * 2, [f'{name}_pixels'], axis=3),
            helper.make_node('Reshape', [f'{name}_pixels', f'{name}_row'], [f'{name}_across']),
            helper.make_node('Concat', [f'{name}_across'] * 2, [f'{name}_rows'], axis=2),
            helper.make_node('Transpose', [beside], [f'{name}_beside'], perm=[0, 2, 3, 1]),
            helper.make_node('Shape', [f'{name}_beside'], [f'{name}_size']),
            helper.make_node('Reshape', [f'{name}_rows', f'{name}_size'], [f'{name}_doubled']),
            helper.make_node('Transpose', [f'{name}_doubled'], [f'{name}_q'], perm=[0, 3, 1, 2]),
        )
        net.graph.node.remove(resize)
        net.graph.node.remove(quantised)
        back.input[0] = f'{name}_q'


def without_dead(net):
    """Drops nodes whose answers nobody takes, and numbers that nobody uses."""
    while True:
        taken = {name for node in net.graph.node for name in node.input} | {output.name for output in net.graph.output}
        dead = [node for node in net.graph.node if not taken.intersection(node.output)]
        if not dead:
            break
        for node in dead:
            net.graph.node.remove(node)
    for tensor in [tensor for tensor in net.graph.initializer if tensor.name not in taken]:
        net.graph.initializer.remove(tensor)


def lay_out(model):
    """`model` as `quantise.py` makes it, changed in place."""
    net = Graph(model)
    widen_stem(net)
    double_by_copying(net)
    without_dead(net)
    onnx.checker.check_model(model)
    return model


if __name__ == '__main__':
    onnx.save(lay_out(onnx.load(sys.argv[1])), sys.argv[2])
