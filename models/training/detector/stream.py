"""Endless batches from one or more caches (see `prepare.py`), mixed by source, half parts and half whole frames."""
import json
import os
import pickle
import random
import time

import cv2
import numpy as np
import torch

from boxes import PLATE
from distil import Lessons
from net import STRIDES
from samples import Painter, four, part, whole

SOURCE_WEIGHT = dict(manaus=2.2, india=1.8, indohw=1.3, dhaka=1.0, cinta=0.2, bikehelm=0.15, gate=0.25, foreign=0.8, clip=0.5)
WHOLE_WEIGHT = dict(SOURCE_WEIGHT, gate=0.06, foreign=0.5)
USUAL_WEIGHT = 1.0
"""Of a source that the tables do not name: an agency's own."""
TWIN_SHARE = 0.14
RARE_GAIN = 3.0
SHAPES = (('part', 320, 320, 12, 0.4), ('whole', 288, 480, 8, 0.25), ('whole', 352, 576, 6, 0.2), ('whole', 384, 640, 6, 0.15))
FOUR_SHARE = 0.25


MARKS = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'marks.json')
MARKED_AS = {1: 'plate', 0: 'none', -1: 'doubtful'}


def mark(rows):
    """What an early net took for plates in street scenes, judged by eye (`marks.json`: file, box, 1 plate, 0 none, -1 doubtful).

    A plate becomes a label, a mistake a region that counts as free of plates, and what the eye cannot tell is ignored.
    """
    by_file = {row['file']: row for row in rows}
    with open(MARKS, encoding='utf8') as file:
        for name, box, kind in json.load(file):
            row = by_file.get(name)
            if row is None:
                continue
            if MARKED_AS[kind] == 'plate':
                row['boxes'].append(box + [PLATE])
            elif MARKED_AS[kind] == 'none':
                row.setdefault('free', []).append(box + [PLATE])
            else:
                row['ignore'].append(box + [1 << PLATE])


class Pictures:
    """Rows of one split of the caches, with their pixels."""

    def __init__(self, work, folders, split):
        self.rows, self.pixels = [], {}
        for folder in folders:
            with open(os.path.join(work, folder, 'index.json'), encoding='utf8') as file:
                rows = [dict(row, folder=folder) for row in json.load(file) if row['split'] == split]
            mark(rows)
            self.rows += rows
            self.pixels[folder] = np.memmap(os.path.join(work, folder, 'pixels.u8'), np.uint8, 'r')

    def pixels_of(self, row):
        """BGR [h,w,3]."""
        size = row['height'] * row['width'] * 3
        return self.pixels[row['folder']][row['offset']:row['offset'] + size].reshape(row['height'], row['width'], 3)

    def weights(self, table):
        """How often each row is drawn, summed up row by row; the twin gets its share of the whole whatever its size."""
        weights = np.array([table.get(row['source'], USUAL_WEIGHT) * (RARE_GAIN if any(box[4] in (2, 3) for box in row['boxes']) else 1) for row in self.rows])
        twin = np.array([row['source'] == 'twin' for row in self.rows], bool)
        if twin.any() and not twin.all():
            weights[twin] = weights[~twin].sum() * TWIN_SHARE / (1 - TWIN_SHARE) / twin.sum()
        return np.cumsum(weights).tolist()

    def shares(self, table):
        """Source -> (rows, share of the draws), for a person to see that what he added is drawn."""
        each, out = np.diff(self.weights(table), prepend=0), {}
        for row, weight in zip(self.rows, each / each.sum()):
            count, share = out.get(row['source'], (0, 0.0))
            out[row['source']] = count + 1, share + weight
        return out


class Stream(torch.utils.data.IterableDataset):
    """Batches: pixels uint8 [n,3,h,w] RGB, per stride heat, counts, boxes [m,9], and with `teachers` the lessons of `distil.py`."""

    def __init__(self, work, folders, teachers=None):
        self.work, self.folders, self.teachers = work, folders, teachers

    def __iter__(self):
        os.nice(4)
        cv2.setNumThreads(1)
        torch.set_num_threads(1)
        rng = random.Random(time.time_ns())
        pictures = Pictures(self.work, self.folders, 'train')
        with open(os.path.join(self.work, 'crops.pickle'), 'rb') as file:
            painter = Painter(pickle.load(file))
        weights = {'part': pictures.weights(SOURCE_WEIGHT), 'whole': pictures.weights(WHOLE_WEIGHT)}
        lessons = Lessons(self.teachers) if self.teachers else None
        while True:
            shape = rng.choices(SHAPES, [shape[-1] for shape in SHAPES])[0]
            batch = _batch(rng, pictures, painter, weights[shape[0]], *shape[:4])
            if lessons:
                taught = [lessons(pixels) for pixels in batch['pixels'].numpy()]
                batch['lessons'] = [torch.from_numpy(np.stack(maps)) for maps in zip(*taught)]
            yield batch


def _batch(rng, pictures, painter, weights, mode, height, width, count):
    samples = []
    for _ in range(count):
        window = (0, 0, width, height)
        if rng.random() < FOUR_SHARE:
            rows = rng.choices(pictures.rows, cum_weights=weights, k=4)
            placements = four(rng, rows, height, width)
        else:
            rows = rng.choices(pictures.rows, cum_weights=weights)
            placements = [(part if mode == 'part' else whole)(rng, rows[0], window)]
        samples.append(painter.paint(rng, height, width, placements, [pictures.pixels_of(row) for row in rows]))
    return collate(samples)


def collate(samples):
    """A batch from the painter's samples."""
    batch = {'pixels': torch.from_numpy(np.stack([pixels for pixels, _ in samples]))}
    for stride in STRIDES:
        heat, counts, boxes = zip(*(arrays[stride] for _, arrays in samples))
        numbered = [np.column_stack([np.full(len(b), i, np.float32), b]) for i, b in enumerate(boxes)]
        batch[stride] = (torch.from_numpy(np.stack(heat)), torch.from_numpy(np.stack(counts)), torch.from_numpy(np.concatenate(numbered).astype(np.float32)))
    return batch
