"""Penalty-reduced focal loss on heat, generalised IoU on boxes, cross entropy between the classes of vehicles."""
import torch
import torch.nn.functional as F

from boxes import PLATE
from net import STRIDES

CLASS_WEIGHT = (1.0, 1.2, 1.6, 1.6, 1.4)
KIND_WEIGHT = (1.0, 1.0, 2.5, 2.5)
LOG_LOW, LOG_HIGH = -4.0, 4.5


def heat_loss(logits, heat, counts):
    """Sum of the focal loss and the number of centres."""
    p = torch.sigmoid(logits).clamp(1e-4, 1 - 1e-4)
    counts = counts.float() * torch.tensor(CLASS_WEIGHT).view(1, 5, 1, 1)
    centre = (heat == 1).float()
    miss = centre * (1 - p) ** 2 * p.log()
    alarm = (1 - centre) * (1 - heat) ** 4 * p ** 2 * (1 - p).log()
    return -((miss + alarm) * counts).sum(), centre.sum()


def box_loss(logs, stride, boxes):
    """Weighted sum of 1 - GIoU at the cells in `boxes` [n,9] (sample, class, row, column, x0, y0, x1, y1, weight), and the weights' sum."""
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
    giou = shared / union - (hull - union) / hull
    return ((1 - giou) * weight).sum(), weight.sum()


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
        h, c = heat_loss(logits, truth, counts)
        heat, centres = heat + h, centres + c
        if len(boxes):
            b, w = box_loss(logs, stride, boxes)
            box, weights = box + b, weights + w
            k, w = kind_loss(logits, boxes)
            kind, kinds = kind + k, kinds + w
    return heat / centres.clamp(min=8), box / weights.clamp(min=1), kind / kinds.clamp(min=1)
