"""The reader's net: plain convolutions and ReLU, ten attention slots, and a CTC head as second opinion.

Takes uint8 [b,64,128,3] RGB; grey conversion and per-crop normalisation happen inside. A tiny
branch on the shrunken colour picture names the plate's ground colour.
"""
import torch
import torch.nn as nn
import torch.nn.functional as F

from common import ALPHABET, COLOURS, SLOTS

MAP_H, MAP_W = 8, 32


def conv(i, o, k=3, stride=1, act=True):
    k = k if isinstance(k, tuple) else (k, k)
    layers = [nn.Conv2d(i, o, k, stride, (k[0] // 2, k[1] // 2), bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, *([nn.ReLU(True)] if act else []))


class Residual(nn.Module):
    """x + two convolutions; the second kernel may be wide, to see neighbouring characters."""

    def __init__(self, c, second=3):
        super().__init__()
        self.a, self.b = conv(c, c), conv(c, c, second, act=False)

    def forward(self, x):
        return F.relu(x + self.b(self.a(x)))


class Context(nn.Module):
    """Mean of the whole map, mixed and added everywhere: tells one row from two and where rows end."""

    def __init__(self, c):
        super().__init__()
        self.mix = nn.Sequential(nn.Conv2d(c, c, 1), nn.ReLU(True), nn.Conv2d(c, c, 1))

    def forward(self, x):
        return F.relu(x + self.mix(x.mean((2, 3), keepdim=True)))


class Reader(nn.Module):
    def __init__(self, c1=32, c2=64, c3=112, hidden=160):
        super().__init__()
        k = len(ALPHABET)
        self.stem = conv(1, c1, 5, 2)
        self.down1, self.res1 = conv(c1, c2, 3, 2), Residual(c2)
        self.down2 = conv(c2, c3, 3, (2, 1))
        self.place = nn.Parameter(torch.randn(1, c3, MAP_H, MAP_W) * 0.02)
        self.res2, self.context, self.res3 = Residual(c3, (1, 9)), Context(c3), Residual(c3, (3, 5))
        self.attend = nn.Conv2d(c3, SLOTS, 1)
        self.attend_bias = nn.Parameter(torch.zeros(1, SLOTS, MAP_H * MAP_W))
        self.value = nn.Linear(c3, hidden)
        self.slot = nn.Parameter(torch.randn(1, SLOTS, hidden) * 0.02)
        self.symbol = nn.Linear(hidden, k)
        self.ctc = nn.Linear(c3, k)
        self.lines = nn.Linear(c3, 2)
        self.tint = nn.Sequential(conv(6, 16, 3, 2), conv(16, 24, 3, 2))
        self.colour = nn.Linear(48, len(COLOURS))

    def features(self, grey):
        """Grey 0..255 [b,1,64,128] -> map [b,c3,8,32]."""
        mean = grey.mean((2, 3), keepdim=True)
        spread = ((grey - mean) ** 2).mean((2, 3), keepdim=True).sqrt()
        x = ((grey - mean) / (spread + 1.0)).contiguous(memory_format=torch.channels_last)
        x = self.res1(self.down1(self.stem(x)))
        return self.res3(self.context(self.res2(self.down2(x) + self.place)))

    def look(self, f):
        """Map -> log attention [b,SLOTS,256]."""
        return (self.attend(f).flatten(2) + self.attend_bias).log_softmax(-1)

    def spell(self, f, attention):
        """Symbols [b,SLOTS,37] (logits) from the map under a given attention."""
        pooled = attention @ f.flatten(2).transpose(1, 2)
        return self.symbol(F.relu(self.value(pooled) + self.slot))

    def second_opinion(self, f):
        """CTC logits [b,64,37]: the upper half of the map left to right, then the lower half."""
        b, c, h, w = f.shape
        return self.ctc(f.reshape(b, c, 2, h // 2, w).mean(3).flatten(2).transpose(1, 2))

    def ground(self, rgb):
        """Colour logits [b,5] from RGB 0..1 [b,3,64,128]."""
        small = F.avg_pool2d(rgb, 4)
        light = small.mean(1, keepdim=True)
        x = self.tint(torch.cat([small * 2 - 1, (small - light) / (light + 0.04)], 1))
        return self.colour(torch.cat([x.mean((2, 3)), x.amax((2, 3))], 1))

    def split(self, x):
        """uint8 [b,64,128,3] -> (grey 0..255 [b,1,64,128], RGB 0..1 [b,3,64,128])."""
        rgb = x.float().permute(0, 3, 1, 2)
        grey = rgb[:, 0:1] * 0.299 + rgb[:, 1:2] * 0.587 + rgb[:, 2:3] * 0.114
        return grey, rgb / 255.0

    def forward(self, x):
        """-> (slot logits, log attention, ctc logits, colour logits, lines logits, map)."""
        grey, rgb = self.split(x)
        f = self.features(grey)
        look = self.look(f)
        return self.spell(f, look.exp()), look, self.second_opinion(f), self.ground(rgb), self.lines(f.mean((2, 3))), f


SHIFT = 2


def shifted(grey, by=SHIFT):
    """The picture moved left and up by `by` px, its edge repeated: half a cell of the net's stride of 4, so a second sampling of the same ink."""
    return F.pad(grey, (0, by, 0, by), mode="replicate")[:, :, by:, by:]


class Deployed(nn.Module):
    """What the ONNX file computes before split.py cuts it in two: two looks half a cell apart, the geometric mean of their slots; the other heads see the first look.

    Softmax everywhere; the temperature stays in the manifest. `second` may hold other weights for the second look.
    """

    def __init__(self, net, second=None):
        super().__init__()
        self.net, self.second = net, second or net

    def forward(self, x):
        grey, rgb = self.net.split(x)
        f = self.net.features(grey)
        g = self.second.features(shifted(grey))
        one = self.net.spell(f, self.net.look(f).exp()).log_softmax(-1)
        two = self.second.spell(g, self.second.look(g).exp()).log_softmax(-1)
        probs = ((one + two) / 2).softmax(-1)
        return probs, self.net.second_opinion(f).softmax(-1), self.net.ground(rgb).softmax(-1), self.net.lines(f.mean((2, 3))).softmax(-1)
