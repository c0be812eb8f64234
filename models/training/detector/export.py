"""Checkpoint to ONNX with the product's contract: uint8 NHWC in, peak-suppressed heat and pixel distances out."""
import argparse
import os
import sys

import torch
import torch.nn as nn
import torch.nn.functional as F

from boxes import PLATE
from net import STRIDES, Detector

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from traced import to_onnx  # noqa: E402 (shared with the reader, one folder up)

LOG_LIMITS = (-4.0, 4.5)
# A vehicle's score is trained to be as high as its box is good, so that few reach .5. Lifted by this much (logits), the scores
# mean what the house's thresholds take them for: of what stands at .35 and above three in five, at .5 five in six are labelled vehicles.
VEHICLE_LIFT = 0.5


class Product(nn.Module):
    """The network as the product sees it: `input` uint8 [1,H,W,3] RGB; per stride `heatS` 0..1 and `boxS` pixels."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector

    def forward(self, picture):
        x = picture.permute(0, 3, 1, 2).float() * (1.0 / 255.0)
        out = []
        for stride, (logits, logs) in zip(STRIDES, self.detector(x)):
            heat = torch.sigmoid(logits)
            peak = (F.max_pool2d(heat, 3, 1, 1) == heat).float()
            out += [heat * peak, torch.exp(logs.clamp(*LOG_LIMITS)) * float(stride)]
        return tuple(out)


def plain_pointwise(model):
    """Undo the training-time dilation of 1x1 convolutions (see `net.py`); the result is the same."""
    for layer in model.modules():
        if isinstance(layer, nn.Conv2d) and layer.kernel_size == (1, 1):
            layer.dilation = (1, 1)
    return model


def export(detector, path):
    """Write `detector` to `path` as opset-13 ONNX with dynamic height and width."""
    product = plain_pointwise(Product(detector)).eval()
    names = [f'{kind}{stride}' for stride in STRIDES for kind in ('heat', 'box')]
    axes = {'input': {1: 'height', 2: 'width'}}
    for stride in STRIDES:
        axes[f'heat{stride}'] = axes[f'box{stride}'] = {2: f'height{stride}', 3: f'width{stride}'}
    to_onnx(product, torch.zeros(1, 384, 640, 3, dtype=torch.uint8), path, input_names=['input'], output_names=names, dynamic_axes=axes)


def load(checkpoint):
    """The averaged weights of a checkpoint as a Detector, its vehicles' scores lifted."""
    state = torch.load(checkpoint, map_location='cpu')
    detector = Detector(*state['shape'])
    detector.load_state_dict(state['average'])
    with torch.no_grad():
        for head in (detector.head8, detector.head16):
            head.heat.bias[:PLATE] += VEHICLE_LIFT
    return detector


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('checkpoint')
    parser.add_argument('out')
    options = parser.parse_args()
    export(load(options.checkpoint), options.out)
