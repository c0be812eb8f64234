"""Training samples: one or four pictures placed on a canvas at a random scale, with pasted plates and weather on top."""
import math

import cv2
import numpy as np

from boxes import PLATE, inside, overlap
from light import weather
from prepare import PLATES, VEHICLES
from targets import Targets

LEAST_VISIBLE = {True: 0.8, False: 0.4}
LEAST_SIDE, LEAST_PLATE_HEIGHT = 7, 5.5
PLATE_BLIND_HEIGHT = {0: 52, 1: 52, 2: 80, 3: 70}
SIDE_VIEW = {0: 1.9, 1: 1.25, 2: 1.9, 3: 1.9}


class Placement:
    """A picture's pixels and labels after scale and shift into a window [x0,y0,x1,y1] of the canvas."""

    def __init__(self, row, scale_x, scale_y, shift_x, shift_y, window):
        self.row, self.window = row, window
        self.matrix = np.float32([[scale_x, 0, shift_x], [0, scale_y, shift_y]])

    def moved(self, boxes):
        (sx, _, dx), (_, sy, dy) = self.matrix
        return [[b[0] * sx + dx, b[1] * sy + dy, b[2] * sx + dx, b[3] * sy + dy, b[4]] for b in boxes]

    def draw(self, canvas, picture):
        x0, y0, x1, y1 = self.window
        (sx, _, dx), (_, sy, dy) = self.matrix.tolist()
        step = int(1 / max(sx, sy) + 0.35)
        if step > 1:
            height, width = picture.shape[:2]
            picture = cv2.resize(picture, (width // step, height // step), interpolation=cv2.INTER_AREA)
            sx, sy = sx * width / (width // step), sy * height / (height // step)
        shift = np.float32([[sx, 0, dx - x0 + (sx - 1) / 2], [0, sy, dy - y0 + (sy - 1) / 2]])
        border = tuple(int(v) for v in canvas[y0, x0])
        canvas[y0:y1, x0:x1] = cv2.warpAffine(picture, shift, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR,
                                              borderMode=cv2.BORDER_CONSTANT, borderValue=border)


def whole(rng, row, window, least=0.72, most=1.5):
    """The picture about as large as the window, as the product's first look sees it."""
    x0, y0, x1, y1 = window
    fit = min((x1 - x0) / row['width'], (y1 - y0) / row['height'])
    scale = fit * math.exp(rng.uniform(math.log(least), math.log(most)))
    return _shifted(rng, row, scale, window, None)


def part(rng, row, window):
    """A part at a scale at which things or plates have the sizes of the product's second look."""
    plates = [box for box in row['boxes'] if box[4] == PLATE]
    target = None
    if plates and row['source'] in ('gate', 'foreign', 'twin') and rng.random() < 0.85:
        target = rng.choice(plates)
        scale = math.exp(rng.uniform(math.log(8), math.log(48))) / max(4, target[3] - target[1])
        scale = min(scale, 1.8)
    else:
        scale = min(2.4, math.exp(rng.uniform(math.log(380), math.log(1150))) / max(row['width'], row['height'] * 1.2))
        if row['boxes'] and rng.random() < 0.7:
            rare = [box for box in row['boxes'] if box[4] in (2, 3)]
            target = rng.choice(rare if rare and rng.random() < 0.5 else row['boxes'])
    return _shifted(rng, row, scale, window, target)


def _shifted(rng, row, scale, window, target):
    stretch = math.exp(rng.uniform(-0.13, 0.13))
    scales, shifts = (scale * stretch, scale / stretch), []
    for axis, side in ((0, 'width'), (1, 'height')):
        low, size = window[axis], window[axis + 2] - window[axis]
        extent = row[side] * scales[axis]
        spare = size - extent
        if target is not None:
            middle = (target[axis] + target[axis + 2]) / 2 * scales[axis]
            shift = rng.uniform(0.12, 0.88) * size - middle
        else:
            shift = rng.uniform(min(0, spare), max(0, spare))
        slack = 0.06 * size
        shifts.append(low + min(max(shift, min(0, spare) - slack), max(0, spare) + slack))
    return Placement(row, *scales, *shifts, window)


def four(rng, rows, height, width):
    """Four pictures around a random cross."""
    x, y = int(width * rng.uniform(0.35, 0.65)), int(height * rng.uniform(0.35, 0.65))
    windows = [(0, 0, x, y), (x, 0, width, y), (0, y, x, height), (x, y, width, height)]
    return [whole(rng, row, window, 0.9, 2.2) for row, window in zip(rows, windows)]


class Painter:
    """Turns placements into a canvas and its targets."""

    def __init__(self, crops):
        self.crops = {count: [crop for crop, rows in crops if rows == count] for count in (1, 2)}

    def paint(self, rng, height, width, placements, pictures):
        """RGB uint8 [3,height,width] and the arrays of Targets."""
        canvas = np.full((height, width, 3), rng.choice((114, 114, 0, rng.randrange(256))), np.uint8)
        targets, lamps = Targets(height, width), []
        things = []
        for placement, picture in zip(placements, pictures):
            placement.draw(canvas, picture)
            things += self._label(rng, canvas, targets, placement)
        for box, kind in things:
            if kind != PLATE and rng.random() < 0.3:
                w, h = box[2] - box[0], box[3] - box[1]
                lamps += [(box[0] + w * side, box[1] + h * 0.62, h * rng.uniform(0.02, 0.07)) for side in (0.2, 0.8)]
        things.sort(key=lambda thing: -(thing[0][2] - thing[0][0]) * (thing[0][3] - thing[0][1]))
        flip = rng.random() < 0.5
        for box, kind in things:
            targets.thing(box, kind)
        canvas = weather(rng, canvas, lamps)
        arrays = targets.arrays()
        if flip:
            canvas, arrays = canvas[:, ::-1], _mirrored(arrays, width)
        return np.ascontiguousarray(canvas[:, :, ::-1].transpose(2, 0, 1)), arrays

    def _label(self, rng, canvas, targets, placement):
        row, window = placement.row, placement.window
        boxes, ignored = placement.moved(row['boxes']), placement.moved(row['ignore'])
        complete = row['complete']
        targets.unknown(window, VEHICLES & ~complete)
        plates = [box for box in boxes if box[4] == PLATE]
        vehicles = [box for box in boxes if box[4] != PLATE]
        for box in ignored:
            targets.unknown(_cut(box, window), box[4])
        if not complete & PLATES:
            if complete & VEHICLES != VEHICLES and bin(complete & VEHICLES).count('1') < 3:
                targets.unknown(window, PLATES)
            for box in ignored:
                if box[3] - box[1] > 40:
                    targets.unknown(_cut(box, window), PLATES)
            for box in vehicles:
                plates += self._plate_region(rng, canvas, targets, box, vehicles, plates, window)
        for box in placement.moved(row.get('free', [])):
            targets.known(_cut(box, window), PLATES)
        things = []
        for *box, kind in vehicles + plates:
            cut = _cut(box, window)
            area = (box[2] - box[0]) * (box[3] - box[1])
            if cut[2] <= cut[0] or cut[3] <= cut[1] or area <= 0:
                continue
            seen = (cut[2] - cut[0]) * (cut[3] - cut[1]) / area
            small = cut[3] - cut[1] < LEAST_PLATE_HEIGHT if kind == PLATE else min(cut[2] - cut[0], cut[3] - cut[1]) < LEAST_SIDE
            if small or seen < LEAST_VISIBLE[kind == PLATE]:
                targets.unknown(cut, PLATES if kind == PLATE else VEHICLES)
            else:
                things.append((cut, kind))
        return things

    def _plate_region(self, rng, canvas, targets, box, vehicles, plates, window):
        """A street vehicle without a labelled plate: paste one, or leave open where one may be; too small or from the side it has none."""
        width, height = box[2] - box[0], box[3] - box[1]
        if height < PLATE_BLIND_HEIGHT[box[4]] or width > SIDE_VIEW[box[4]] * height:
            return []
        if any(inside(plate, box) for plate in plates):
            return []
        top = box[1] + height * _plateless_top(box)
        targets.unknown(_cut([box[0], top, box[2], box[3]], window), PLATES)
        alone = all(other is box or overlap([box[:4]], [other[:4]])[0, 0] < 0.05 for other in vehicles)
        whole_box = box[0] > window[0] and box[1] > window[1] and box[2] < window[2] and box[3] < window[3]
        if not (alone and whole_box and rng.random() < 0.5):
            return []
        pasted = self._paste(rng, canvas, box, 2 if box[4] == 1 or rng.random() < 0.25 else 1)
        return [pasted] if pasted else []

    def _paste(self, rng, canvas, box, rows):
        width, height = box[2] - box[0], box[3] - box[1]
        if not self.crops[rows]:
            return None
        crop = rng.choice(self.crops[rows])
        tall = height * rng.uniform(0.08, 0.15) * (1.35 if rows == 2 else 1)
        wide = tall * crop.shape[1] / crop.shape[0]
        if not 6 <= tall <= 50 or wide > 0.6 * width:
            return None
        x = box[0] + rng.uniform(0.3, 0.7) * width - wide / 2
        y = box[1] + rng.uniform(0.55, 0.85) * height - tall / 2
        x0, y0, x1, y1 = int(x), int(y), int(x + wide + 1), int(y + tall + 1)
        if x0 < 2 or y0 < 2 or y1 > canvas.shape[0] - 2 or x1 > canvas.shape[1] - 2:
            return None
        plate = cv2.resize(crop, (x1 - x0, y1 - y0), interpolation=cv2.INTER_AREA).astype(np.float32)
        around = canvas[y0:y1, x0:x1].mean()
        wanted = min(235, max(55, around * rng.uniform(0.9, 2.0)))
        plate *= wanted / max(20, plate.mean())
        canvas[y0:y1, x0:x1] = np.clip(plate, 0, 255)
        edge = canvas[y0 - 2:y1 + 2, x0 - 2:x1 + 2]
        edge[:] = cv2.GaussianBlur(edge, (0, 0), rng.uniform(0.35, 0.9))
        return [x0, y0, x1, y1, PLATE]


def _plateless_top(box):
    """The share of a vehicle's height, from above, in which no plate hangs: less where a motorcycle is boxed without its rider."""
    if box[4] == 1:
        return 0.35 if box[3] - box[1] > 1.6 * (box[2] - box[0]) else 0.1
    return 0.5 if box[4] >= 2 else 0.35


def _cut(box, window):
    return [max(box[0], window[0]), max(box[1], window[1]), min(box[2], window[2]), min(box[3], window[3])]


def _mirrored(arrays, width):
    out = {}
    for stride, (heat, counts, boxes) in arrays.items():
        boxes = boxes.copy()
        boxes[:, 2] = width // stride - 1 - boxes[:, 2]
        boxes[:, [3, 5]] = width - boxes[:, [5, 3]]
        out[stride] = heat[:, :, ::-1].copy(), counts[:, :, ::-1].copy(), boxes
    return out
