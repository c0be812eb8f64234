"""Focal loss on heat that asks for a score as high as the box is good, generalised IoU on boxes, cross entropy between the classes of vehicles."""
import torch
import torch.nn.functional as F

from boxes import PLATE
from net import STRIDES

CLASS_WEIGHT = (1.0, 1.2, 1.6, 1.6, 1.4)
KIND_WEIGHT = (1.0, 1.0, 2.5, 2.5)
LOG_LOW, LOG_HIGH = -4.0, 4.5
LEAST_QUALITY = 0.1


def heat_loss(logits, heat, counts, quality):
    """Sum of the focal loss and the number of centres; at a centre the answer wanted is `quality` (Li et al. 2020, "Generalized focal loss")."""
    p = torch.sigmoid(logits).clamp(1e-4, 1 - 1e-4)
    counts = counts.float() * torch.tensor(CLASS_WEIGHT).view(1, 5, 1, 1)
    centre = (heat == 1).float()
    hit = centre * (quality - p) ** 2 * (quality * p.log() + (1 - quality) * (1 - p).log())
    alarm = (1 - centre) * (1 - heat) ** 4 * p ** 2 * (1 - p).log()
    return -((hit + alarm) * counts).sum(), centre.sum()


def box_loss(logs, stride, boxes):
    """Weighted sum of 1 - GIoU at the cells in `boxes` [n,9] (sample, class, row, column, x0, y0, x1, y1, weight), the weights' sum, and each IoU."""
    sample, kind, y, x = boxes[:, :4].long().T
    group = (kind == PLATE).long()
    n, _, rows, columns = logs.shape
    d = logs.view(n, 2, 4, rows, columns)[sample, group, :, y, x].clamp(LOG_LOW, LOG_HIGH).exp() * stride
    cx, cy = (x + 0.5) * stride, (y + 0.5) * stride
    made = torch.stack([cx - d[:, 0], cy - d[:, 1], cx + d[:, 2], cy + d[:, 3]], 1)
    true, weight = boxes[:, 4:8], boxes[:, 8]
    shared = (torch.min(made[:, 2:], true[:, 2:]) - torch.max(made[:, :2], true[:, :2])).clamp(min=0).prod(1)
    union = (made[:, 2:] - made[:, :2]).prod(1) + (true[:, 2:] - true[:, :2]).prod(1) - shared
    hull = (torch.max(made[:, 2:], true[:, 2:]) - torch.min(made[:, :2], true[:, :2])).prod(1)
    overlap = shared / union
    return ((1 - overlap + (hull - union) / hull) * weight).sum(), weight.sum(), overlap.detach()


def quality_of(heat, boxes, overlaps):
    """How well each cell's vehicle is boxed [n,5,h,w]: scores then rank vehicles by their boxes. 1 for plates, which the reader judges."""
    quality = torch.ones_like(heat)
    sample, kind, y, x = boxes[:, :4].long().T
    vehicle = kind != PLATE
    quality[sample[vehicle], kind[vehicle], y[vehicle], x[vehicle]] = overlaps[vehicle].clamp(min=LEAST_QUALITY)
    return quality


def kind_loss(logits, boxes):
    """Sum of the cross entropy among the vehicle classes at vehicles' cells, and its weights' sum.

    Heat alone punishes the wrong class of a bus no more than a tree, so that the frequent class would win every doubt.
    """
    boxes = boxes[boxes[:, 1] != PLATE]
    sample, kind, y, x = boxes[:, :4].long().T
    table = torch.tensor(KIND_WEIGHT)
    weight = boxes[:, 8] * table[kind]
    return (F.cross_entropy(logits[sample, :PLATE, y, x], kind, reduction='none') * weight).sum(), weight.sum()


def total(outputs, batch):
    """The three losses of a batch: heat a centre, box and kind a weight."""
    heat = centres = box = weights = kind = kinds = torch.zeros(())
    for stride, (logits, logs) in zip(STRIDES, outputs):
        truth, counts, boxes = batch[stride]
        quality = torch.ones_like(truth)
        if len(boxes):
            b, w, overlaps = box_loss(logs, stride, boxes)
            box, weights = box + b, weights + w
            k, w = kind_loss(logits, boxes)
            kind, kinds = kind + k, kinds + w
            quality = quality_of(truth, boxes, overlaps)
        h, c = heat_loss(logits, truth, counts, quality)
        heat, centres = heat + h, centres + c
    return heat / centres.clamp(min=8), box / weights.clamp(min=1), kind / kinds.clamp(min=1)
