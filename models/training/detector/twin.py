"""Frames of the traffic twin into WORK/twin, the same form as `prepare.py` writes: exact boxes, all classes complete.

A clip is a folder with truth.jsonl, one frame a line: {file, width, height, vehicles: [{kind, box, visible 0..1, plate?: {box, visiblePx}}]}:
what `phat-nguoi twin` and `crowd.ts` write.
The frames of every tenth clip are kept for measuring.
"""
import argparse
import glob
import os

import cv2

from boxes import PLATE
from net import CLASSES
from prepare import PLATES, VEHICLES, Cache, lines

LEAST_VISIBLE = 0.3
LEAST_PLATE_PIXELS = 60
VAL_STEP = 10


def labels(frame):
    """Boxes and ignored regions of one frame; what is mostly hidden is ignored, a bicycle is background."""
    boxes, ignore = [], []
    for vehicle in frame['vehicles']:
        if vehicle['kind'] in CLASSES:
            if vehicle['visible'] >= LEAST_VISIBLE:
                boxes.append(vehicle['box'] + [CLASSES.index(vehicle['kind'])])
            else:
                ignore.append(vehicle['box'] + [VEHICLES | PLATES])
        plate = vehicle.get('plate')
        if plate:
            if plate.get('visiblePx', LEAST_PLATE_PIXELS) >= LEAST_PLATE_PIXELS:
                boxes.append(plate['box'] + [PLATE])
            else:
                ignore.append(plate['box'] + [PLATES])
    return boxes, ignore


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--clips', required=True, nargs='+', help='folders of clip folders')
    parser.add_argument('--work', required=True)
    parser.add_argument('--every', type=int, default=1, help='take each n-th frame')
    options = parser.parse_args()
    cache = Cache(f'{options.work}/twin')
    truths = sorted(truth for clips in options.clips for truth in glob.glob(f'{clips}/*/truth.jsonl'))
    for number, truth in enumerate(truths):
        folder = os.path.dirname(truth)
        for frame in lines(truth)[::options.every]:
            picture = cv2.imread(os.path.join(folder, frame['file']))
            if picture is None:
                continue
            boxes, ignore = labels(frame)
            split = 'val' if number % VAL_STEP == VAL_STEP - 1 else 'train'
            cache.add(picture, dict(file=f'{os.path.basename(folder)}/{frame["file"]}', source='twin', licence='own', by='the twin', split=split, boxes=boxes, ignore=ignore, complete=31))
    cache.close()
    print(f'{len(cache.rows)} frames')


if __name__ == '__main__':
    main()
