"""Dense lessons from the public teacher: beside its boxes, what it sees in every cell.

The last maps before the teacher's own answers (class and box towers at strides 8, 16 and 32) hold what it knows of each
place. During the first part of a training, a 1x1 convolution on our maps is asked to tell the same (Romero et al. 2015,
"FitNets"), most of all where the teacher sees a thing. The convolutions are thrown away afterwards.
"""
import math
import os
import struct
import subprocess
import tempfile

import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F

TOWER_WIDTH = 128
TEACHER_STRIDES = (8, 16, 32)
MANY_ROWS = 30
ELSEWHERE, ON_THINGS = 0.2, 2.0


def towers(path):
    """The teacher's graph cut off before its answers: 3 maps a stride (class tower, box tower, thing logits)."""
    model = onnx.load(path)
    for axis in (2, 3):
        side = model.graph.input[0].type.tensor_type.shape.dim[axis]
        side.ClearField('dim_value')
        side.dim_param = f'side{axis}'
    last = {kind: [node for node in model.graph.node if any(f'{kind}_preds' in name and 'weight' in name for name in node.input)] for kind in ('cls', 'reg', 'obj')}
    wanted = [name for c, r, o in zip(last['cls'], last['reg'], last['obj']) for name in (c.input[0], r.input[0], o.output[0])]
    maker = {name: node for node in model.graph.node for name in node.output}
    needed, todo = set(), list(wanted)
    while todo:
        node = maker.get(todo.pop())
        if node is not None and node.output[0] not in needed:
            needed.add(node.output[0])
            todo += node.input
    nodes = [node for node in model.graph.node if node.output[0] in needed]
    read = {name for node in nodes for name in node.input}
    outputs = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1, None, None, None]) for name in wanted]
    graph = onnx.helper.make_graph(nodes, 'towers', list(model.graph.input), outputs, [t for t in model.graph.initializer if t.name in read])
    cut = onnx.helper.make_model(graph, opset_imports=model.opset_import)
    cut.ir_version = model.ir_version
    return cut.SerializeToString()


class Lessons:
    """Runs the teacher on training samples in a child of the product's own runtime, from the process that draws them."""

    def __init__(self, models_folder):
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, 'towers.onnx')
        with open(path, 'wb') as file:
            file.write(towers(os.path.join(models_folder, 'yolox_nano.onnx')))
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lessons.mjs')
        self.child = subprocess.Popen(['node', script, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __call__(self, pixels):
        """RGB uint8 [3,h,w] -> per stride float16 [129,h/s,w/s]: both towers, then the chance of a thing."""
        _, height, width = pixels.shape
        self.child.stdin.write(struct.pack('<II', height, width) + pixels.tobytes())
        self.child.stdin.flush()
        lessons = []
        for stride in TEACHER_STRIDES:
            shape = TOWER_WIDTH + 1, height // stride, width // stride
            maps = np.frombuffer(self.child.stdout.read(4 * math.prod(shape)), np.float32).reshape(shape)
            lessons.append(np.concatenate([maps[:-1], 1 / (1 + np.exp(-maps[-1:]))]).astype(np.float16))
        return lessons


class Imitation(nn.Module):
    """Mean squared difference between our maps, seen through a 1x1 convolution, and the teacher's, each channel standardised."""

    def __init__(self, widths):
        super().__init__()
        self.see = nn.ModuleList(nn.Conv2d(width, TOWER_WIDTH, 1, dilation=2) for width in widths)
        self.standard = nn.ModuleList(nn.BatchNorm2d(TOWER_WIDTH, affine=False) for _ in widths)

    def forward(self, features, lessons):
        """Our maps and the teacher's of one batch, a stride each -> mean loss over the strides. Large maps are compared at every second cell, for time."""
        losses = []
        for ours, theirs, see, standard in zip(features, lessons, self.see, self.standard):
            step = 2 if ours.shape[2] > MANY_ROWS else 1
            x, y = torch.randint(step, (2,)).tolist()
            ours, theirs = ours[:, :, y::step, x::step], theirs[:, :, y::step, x::step].float()
            weight = ELSEWHERE + ON_THINGS * F.max_pool2d(theirs[:, -1:], 3, 1, 1)
            difference = (see(ours) - standard(theirs[:, :-1]).clamp(-6, 6)) ** 2
            losses.append((difference.mean(1, keepdim=True) * weight).sum() / weight.sum())
        return sum(losses) / len(losses)
