"""The detector's network: plain 3x3 convolutions with batch norm and ReLU, nothing that does not quantise.

Five stages halve the picture down to stride 32; context flows back up by addition to strides 16 and 8 (there one
block more brings it together with the edges), and each of these two levels has one head: class heat and box distances. Small things are found at stride 8, large
ones at stride 16 (see `targets.py`), where one cell sees the whole vehicle.

A 1x1 convolution is written with dilation 2, which changes nothing in the result: PyTorch's CPU dispatcher sends
an undilated 1x1 with a batch under 16 on one thread to a slow fallback, and a dilated one to oneDNN.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

WIDTHS = (16, 32, 32, 64, 128)
DEPTHS = (1, 3, 2)
CLASSES = ('car', 'motorcycle', 'bus', 'truck', 'plate')
STRIDES = (8, 16)


def conv(cin, cout, kernel=3, stride=1, relu=True):
    """Convolution, batch norm and, unless told otherwise, ReLU."""
    dilation = 2 if kernel == 1 else 1
    layers = [nn.Conv2d(cin, cout, kernel, stride, kernel // 2, dilation, bias=False), nn.BatchNorm2d(cout)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if relu else nn.Sequential(*layers)


class Block(nn.Module):
    """Two 3x3 convolutions around a shortcut."""

    def __init__(self, width):
        super().__init__()
        self.first = conv(width, width)
        self.second = conv(width, width, relu=False)
        nn.init.zeros_(self.second[1].weight)

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class Head(nn.Module):
    """One 3x3 convolution, then 5 heat logits and 8 log distances (l,t,r,b of vehicles, l,t,r,b of plates)."""

    def __init__(self, cin, width, prior=-4.0):
        super().__init__()
        self.body = conv(cin, width)
        self.heat = nn.Conv2d(width, 5, 1, dilation=2)
        self.box = nn.Conv2d(width, 8, 1, dilation=2)
        nn.init.constant_(self.heat.bias, prior)
        nn.init.normal_(self.heat.weight, std=0.01)
        nn.init.normal_(self.box.weight, std=0.01)
        with torch.no_grad():
            self.box.bias[:4] = 1.0
            self.box.bias[4:] = 0.4

    def forward(self, x):
        x = self.body(x)
        return self.heat(x), self.box(x)


class Detector(nn.Module):
    """Input: RGB, float 0..1, [N,3,H,W], H and W multiples of 32. Output: for strides 8 and 16, logits and log distances in strides."""

    def __init__(self, widths=WIDTHS, depths=DEPTHS):
        super().__init__()
        a, b, c, d, e = widths
        self.stem = nn.Sequential(conv(3, a, stride=2), conv(a, b, stride=2))
        self.stage8 = nn.Sequential(conv(b, c, stride=2), *[Block(c) for _ in range(depths[0])])
        self.stage16 = nn.Sequential(conv(c, d, stride=2), *[Block(d) for _ in range(depths[1])])
        self.stage32 = nn.Sequential(conv(d, e, stride=2), *[Block(e) for _ in range(depths[2])])
        self.down32 = conv(e, d, 1)
        self.down16 = conv(d, c, 1)
        self.merge8 = Block(c)
        self.head16 = Head(d, d)
        self.head8 = Head(c, 48)
        self.fixed_stem = False

    def fix_stem(self):
        """Leave the first two convolutions as they are from now on: a third of a training step's time is theirs."""
        self.fixed_stem = True
        for parameter in self.stem.parameters():
            parameter.requires_grad_(False)
        return self

    def train(self, mode=True):
        super().train(mode)
        if self.fixed_stem:
            self.stem.eval()
        return self

    def features(self, x):
        """What the heads see at strides 8 and 16, and the deepest map, stride 32."""
        if self.fixed_stem:
            with torch.no_grad():
                x = self.stem(x)
        else:
            x = self.stem(x)
        p8 = self.stage8(x)
        p16 = self.stage16(p8)
        p32 = self.stage32(p16)
        p16 = p16 + F.interpolate(self.down32(p32), scale_factor=2.0, mode='nearest')
        features16 = self.head16.body(p16)
        p8 = self.merge8(p8 + F.interpolate(self.down16(features16), scale_factor=2.0, mode='nearest'))
        return self.head8.body(p8), features16, p32

    def answers(self, features8, features16):
        """Logits and log distances of both levels."""
        return ((self.head8.heat(features8), self.head8.box(features8)),
                (self.head16.heat(features16), self.head16.box(features16)))

    def forward(self, x):
        return self.answers(*self.features(x)[:2])
