"""Decode every training picture once into WORK/real: `pixels.u8` (BGR, flat) and `index.json`.

DATA's folders that are not there are left out. A folder of --own has a scenes.jsonl, one frame a line: file, split (train | val),
boxes [{cls, xyxy}], exhaustive_classes, and where wanted source (else the folder's name), ignore [{xyxy}], licence.

An index row: file, source, licence, split, offset, height, width; `boxes` [x0,y0,x1,y1,class]; `ignore` [x0,y0,x1,y1,class bits];
`complete`: bits of the classes that are labelled completely (bit 1 << class); `lesson`: what `teach.py` may do to it.
"""
import argparse
import json
import os
import pickle
import sys
import time

import cv2

from boxes import PLATE
from net import CLASSES

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from origin import tally  # noqa: E402 (shared with the reader, one folder up)

VEHICLES, PLATES = 0b01111, 0b10000
LONGEST_SIDE = 1024
CLIP_STEP_SECONDS = 0.6


def lines(path):
    """The objects of a JSON-lines file."""
    with open(path, encoding='utf8') as file:
        return [json.loads(line) for line in file]


def listed(path):
    """The objects of a public list; none where it is not there, which is said."""
    if os.path.exists(path):
        return lines(path)
    print(f'{path}: not there, left out', flush=True)
    return []


def read(path):
    """BGR [h,w,3]."""
    picture = cv2.imread(path)
    if picture is None:
        raise SystemExit(f'{path}: no picture that can be read')
    return picture


def streets(data, own=()):
    """Records of the public street scenes, then of an agency's own folders, with `path` of the picture, `file` under its folder, `source`."""
    for folder in [f'{data}/vehicles', *own]:
        name = os.path.basename(os.path.normpath(folder))
        for record in (lines if folder in own else listed)(f'{folder}/scenes.jsonl'):
            yield dict(record, path=f'{folder}/{record["file"]}', file=f'{name}/{record["file"]}', source=record.get('source', name))


class Cache:
    """Appends pictures, shrunk to LONGEST_SIDE, and their labels in the pixels of what is stored."""

    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder, self.rows, self.offset = folder, [], 0
        self.pixels = open(os.path.join(folder, 'pixels.u8'), 'wb')

    def add(self, picture, row):
        scale = min(1.0, LONGEST_SIDE / max(picture.shape[:2]))
        if scale < 1:
            picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        for key in ('boxes', 'ignore'):
            row[key] = [[round(float(v) * scale, 1) for v in box[:4]] + [int(box[4])] for box in row[key]]
        self.pixels.write(picture.tobytes())
        self.rows.append(dict(row, offset=self.offset, height=picture.shape[0], width=picture.shape[1]))
        self.offset += picture.size

    def close(self):
        self.pixels.close()
        with open(os.path.join(self.folder, 'index.json'), 'w', encoding='utf8') as file:
            json.dump(self.rows, file)


def street_row(record):
    """Labels of one of `streets` as its authors gave them."""
    row = dict(file=record['file'], source=record['source'], licence=record.get('licence', 'none stated'), split=record['split'], boxes=[], ignore=[])
    bike_only = record.get('motorcycle_box') == 'bike only'
    riders = record.get('motorcycle_rider_boxes')
    for box in record['boxes']:
        if box['cls'] not in CLASSES or (box['cls'] == 'motorcycle' and bike_only and riders):
            continue
        row['boxes'].append(box['xyxy'] + [CLASSES.index(box['cls'])])
    if bike_only and riders:
        row['boxes'] += [box + [1] for box in riders]
    row['ignore'] = [region['xyxy'] + [31] for region in record.get('ignore', [])]
    row['complete'] = sum(1 << CLASSES.index(name) for name in record['exhaustive_classes'] if name in CLASSES)
    return row


def add_streets(cache, data, own):
    for record in streets(data, own):
        picture = read(record['path'])
        row = street_row(record)
        row['lesson'] = 'question' if row['complete'] & VEHICLES else 'label'
        if record['source'] == 'manaus':
            row['lesson'] = 'question, tell buses from trucks'
        cache.add(picture, row)


def add_gates(cache, data):
    """Parking gates: plates are complete; vehicles are cut and huge, so only what the teacher is sure of counts, and nothing is a negative."""
    for record in listed(f'{data}/plates/scenes.jsonl'):
        picture = read(f'{data}/plates/{record["file"]}')
        plates = [box['xyxy'] + [PLATE] for box in record['boxes'] if box['cls'] == 'plate']
        complete = PLATES if 'plate' in record['exhaustive_classes'] else 0
        row = dict(file='plates/' + record['file'], source='gate', split=record['split'], boxes=plates, ignore=[], complete=complete)
        row.update(lesson='add sure', licence=record.get('licence', 'none stated'))
        cache.add(picture, row)


def add_foreign(cache, data):
    """Foreign scenes: one plate a picture is labelled, so a vehicle without one may carry an unlabelled plate."""
    by_file, licences = {}, {}
    for record in listed(f'{data}/plates_foreign/plates.jsonl'):
        by_file.setdefault(record['file'], []).append(record['bbox'])
        licences[record['file']] = record.get('licence', 'none stated')
    for i, (file, plates) in enumerate(sorted(by_file.items())):
        picture = read(f'{data}/plates_foreign/{file}')
        split = 'val' if i % 12 == 0 else 'train'
        row = dict(file='plates_foreign/' + file, source='foreign', split=split, ignore=[], complete=PLATES, lesson='label')
        row.update(boxes=[list(plate) + [PLATE] for plate in plates], licence=licences[file])
        cache.add(picture, row)


def add_clips(cache, data):
    """Frames of unlabelled clips, labelled by the teacher; rows of parked vehicles only where it is sure, for it misses most."""
    for record in listed(f'{data}/clips/clips.jsonl'):
        clip = cv2.VideoCapture(f'{data}/clips/{record["file"]}')
        step, number = max(1, round(record['fps'] * CLIP_STEP_SECONDS)), 0
        while True:
            there, picture = clip.read()
            if not there:
                break
            if number % step == 0:
                row = dict(file=f'clips/{record["file"]}#{number}', source='clip', split='train', boxes=[], ignore=[], complete=0)
                row['lesson'] = 'add sure' if 'parked' in record['file'] or 'closeup' in record['file'] else 'label'
                row['licence'] = record.get('licence', 'none stated')
                cache.add(picture, row)
            number += 1


def plate_crops(data):
    """Real plates of the train split, tight, to be pasted on street vehicles."""
    crops = []
    for record in listed(f'{data}/plates/plates.jsonl'):
        if record['split'] != 'train':
            continue
        picture = read(f'{data}/plates/{record["file"]}')
        if record['bbox']:
            x0, y0, x1, y1 = (max(0, int(v)) for v in record['bbox'])
            picture = picture[y0:y1, x0:x1]
        if min(picture.shape[:2]) < 12:
            continue
        shrink = 56 * record['lines'] / picture.shape[0]
        if shrink < 1:
            picture = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        crops.append((picture, record['lines']))
    return crops


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', required=True, help='folder with vehicles/, plates/, plates_foreign/, clips/')
    parser.add_argument('--own', nargs='*', default=[], help="an agency's folders")
    parser.add_argument('--work', required=True)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    cache, start = Cache(f'{options.work}/real'), time.time()
    for add, *more in ((add_streets, options.own), (add_foreign,), (add_gates,), (add_clips,)):
        add(cache, options.data, *more)
        print(f'{add.__name__}: {len(cache.rows)} pictures, {time.time() - start:.0f} s', flush=True)
    cache.close()
    if not any(row['split'] == 'train' for row in cache.rows):
        raise SystemExit(f'{options.data}: no picture to train on')
    print('train:', tally(row['source'] for row in cache.rows if row['split'] == 'train'))
    print('val:', tally(row['source'] for row in cache.rows if row['split'] == 'val'))
    with open(f'{options.work}/crops.pickle', 'wb') as file:
        pickle.dump(plate_crops(options.data), file)


if __name__ == '__main__':
    main()
