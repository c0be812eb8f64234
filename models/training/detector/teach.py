"""Second pass over WORK/real/index.json: the teacher labels vehicles where no person did, and marks what people missed.

Writes index.json anew (the pixels stay), so that a training can begin before this has ended.
"""
import argparse
import json
import os
import time

import cv2
import numpy as np

from boxes import PLATE, inside, overlap
from prepare import PLATES, VEHICLES
from teacher import Teacher

SURE, DOUBTFUL = 0.45, 0.12


def label(row, seen):
    """Sure boxes become labels, doubtful ones are ignored, and the vehicles of the frame then count as complete."""
    for *box, score, kind in seen:
        if score >= SURE:
            row['boxes'].append(box + [int(kind)])
        else:
            row['ignore'].append(box + [VEHICLES])
    row['complete'] |= VEHICLES
    plates = [box for box in row['boxes'] if box[4] == PLATE]
    for box in [box for box in row['boxes'] if box[4] != PLATE]:
        if row['complete'] & PLATES and not any(inside(plate, box) for plate in plates):
            row['ignore'].append(box[:4] + [PLATES])


def add_sure(row, seen, least=0.65):
    """Only what is beyond doubt is added; the frame stays incomplete."""
    row['boxes'] += [box + [int(kind)] for *box, score, kind in seen if score >= least]


def question(row, seen, truck_may_be_bus=False):
    """Ignore what the teacher sees clearly and the labels lack; let it tell buses from trucks where the source does not."""
    vehicles = [box for box in row['boxes'] if box[4] < PLATE]
    known = [box[:4] for box in vehicles + row['ignore']]
    match = overlap([found[:4] for found in seen], known) if seen and known else np.zeros((len(seen), len(known)))
    for i, (*box, score, _) in enumerate(seen):
        if score >= SURE and match[i].max(initial=0) < 0.3:
            row['ignore'].append(box + [VEHICLES])
    if not truck_may_be_bus:
        return
    row['complete'] |= VEHICLES
    for j, box in enumerate(vehicles):
        if box[4] != 3:
            continue
        votes = {2: 0.0, 3: 0.0}
        for i, found in enumerate(seen):
            if match[i, j] > 0.5 and int(found[5]) in votes:
                votes[int(found[5])] = max(votes[int(found[5])], found[4])
        if max(votes.values()) >= 0.3:
            box[4] = max(votes, key=votes.get)
        else:
            row['boxes'].remove(box)
            row['ignore'].append(box[:4] + [VEHICLES])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--teachers', required=True, help='folder with yolox_nano.onnx')
    parser.add_argument('--work', required=True)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    teachers = {size: Teacher(options.teachers, (size,)) for size in (352, 416, 640)}
    path = f'{options.work}/real/index.json'
    with open(path, encoding='utf8') as file:
        rows = json.load(file)
    pixels = np.memmap(f'{options.work}/real/pixels.u8', np.uint8, 'r')
    start = time.time()
    for number, row in enumerate(rows):
        height, width = row['height'], row['width']
        picture = pixels[row['offset']:row['offset'] + height * width * 3].reshape(height, width, 3)
        lesson = row.pop('lesson')
        row['by'] = 'people' if lesson.startswith('question') else 'machine'
        size = 352 if lesson == 'add sure' else 640 if max(height, width) > 600 else 416
        seen = [[round(v, 2) for v in found] for found in teachers[size](picture, DOUBTFUL).tolist()]
        if lesson == 'label':
            label(row, seen)
        elif lesson == 'add sure':
            add_sure(row, seen)
        else:
            question(row, seen, truck_may_be_bus='buses' in lesson)
        if number % 500 == 499:
            print(f'{number + 1} of {len(rows)}, {time.time() - start:.0f} s', flush=True)
    with open(path + '.new', 'w', encoding='utf8') as file:
        json.dump(rows, file)
    os.replace(path + '.new', path)


if __name__ == '__main__':
    main()
