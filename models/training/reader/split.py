"""One file that looks twice -> two files that look once each, so that the second look is paid for only where it is asked.

Usage: split.py WHOLE.onnx FIRST.onnx SECOND.onnx

WHOLE is what export.py (and quantise.py) makes of `Deployed`. FIRST has all its outputs, `probs` from the first look alone,
and `logs`, what the second look needs of it. SECOND takes the crop and those `logs` and answers `probs` of both looks, through
the very nodes in which WHOLE brings them together, their 8-bit grids included. No number is changed: FIRST, then SECOND, is WHOLE.
"""
import sys

import onnx
from onnx import TensorProto, helper

from common import ALPHABET, SLOTS

PROBS, LOGS = "probs", "logs"


def makers(graph):
    """Name of a tensor -> the node that makes it."""
    return {name: node for node in graph.node for name in node.output}


def upwards(made, name, kind):
    """The nearest node of a kind on the way up from a tensor, by first inputs."""
    while name in made and made[name].op_type != kind:
        name = made[name].input[0]
    if name not in made:
        raise ValueError(f"no {kind} there: this file does not look twice")
    return made[name]


def needed(graph, outputs, given):
    """The nodes, in order, without which `outputs` cannot be made from the tensors that are given."""
    made, wanted, open_ = makers(graph), set(), list(outputs)
    while open_:
        name = open_.pop()
        if name in made and name not in given and id(made[name]) not in wanted:
            wanted.add(id(made[name]))
            open_ += made[name].input
    return [node for node in graph.node if id(node) in wanted]


def part(whole, name, inputs, outputs, extra=()):
    """A model of the nodes of `whole` (and `extra`, at the end) between inputs and outputs."""
    before = {n for node in extra for n in node.input}
    ends = [o.name for o in outputs if o.name not in {n for node in extra for n in node.output}]
    nodes = [*needed(whole.graph, [*ends, *before], {i.name for i in inputs}), *extra]
    used = {n for node in nodes for n in node.input}
    weights = [w for w in whole.graph.initializer if w.name in used]
    model = helper.make_model(helper.make_graph(nodes, name, inputs, outputs, weights), producer_name="split.py", opset_imports=whole.opset_import)
    model.ir_version = whole.ir_version
    onnx.checker.check_model(model)
    return model


def split(whole):
    """-> (first, second)."""
    graph = whole.graph
    made = makers(graph)
    meeting = upwards(made, PROBS, "Add")
    one, two = (upwards(made, name, "LogSoftmax") for name in meeting.input)
    old = one.output[0]
    for node in graph.node:
        for names in (node.input, node.output):
            for k, n in enumerate(names):
                if n == old:
                    names[k] = LOGS
    logs = helper.make_tensor_value_info(LOGS, TensorProto.FLOAT, ["b", SLOTS, len(ALPHABET)])
    heads = [o for o in graph.output if o.name != PROBS]
    probs = next(o for o in graph.output if o.name == PROBS)
    first = part(whole, "first look", list(graph.input), [probs, logs, *heads], [helper.make_node("Softmax", [LOGS], [PROBS], name="/first/Softmax", axis=-1)])
    second = part(whole, "second look", [*graph.input, logs], [probs])
    return first, second


if __name__ == "__main__":
    for model, path in zip(split(onnx.load(sys.argv[1])), sys.argv[2:4]):
        onnx.save(model, path)
        print(path, len(model.graph.node), "nodes,", len(model.SerializeToString()), "bytes")
