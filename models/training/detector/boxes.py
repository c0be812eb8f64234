"""Boxes [x0,y0,x1,y1]: overlap and non-maximum suppression."""
import numpy as np

PLATE = 4


def overlap(a, b):
    """Intersection over union of every box of `a` [n,4] with every box of `b` [m,4], as [n,m]."""
    a, b = (np.asarray(q, np.float32).reshape(-1, 4) for q in (a, b))
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(2)
    area_a, area_b = ((q[:, 2:] - q[:, :2]).prod(1) for q in (a, b))
    return shared / np.maximum(area_a[:, None] + area_b[None] - shared, 1e-9)


def suppress(found, limit_vehicle=0.55, limit_plate=0.3):
    """Rows x0,y0,x1,y1,score,class, best first, without those that repeat a better one.

    Vehicles suppress each other whatever their class (a van is no second vehicle because it may be a truck);
    plates suppress plates only.
    """
    found = found[np.argsort(-found[:, 4], kind='stable')]
    plates = found[:, 5] == PLATE
    limit = np.where(plates, limit_plate, limit_vehicle)
    repeats = (overlap(found[:, :4], found[:, :4]) > limit[:, None]) & (plates[:, None] == plates[None])
    alive = np.ones(len(found), bool)
    for i in range(len(found)):
        if alive[i]:
            alive[i + 1:] &= ~repeats[i, i + 1:]
    return found[alive]


def inside(point_box, holder):
    """Whether the centre of `point_box` lies in `holder`."""
    x, y = (point_box[0] + point_box[2]) / 2, (point_box[1] + point_box[3]) / 2
    return holder[0] <= x <= holder[2] and holder[1] <= y <= holder[3]
