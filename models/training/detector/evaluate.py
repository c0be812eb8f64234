"""Measure an exported detector on pictures of the val split, which no training sample came from, beside the public YOLOX-nano.

Vehicles: AP at IoU 0.5 by class and of any class; street scenes whose vehicles people labelled, an agency's own (--own) included,
in the first look (--look). Unmatched finds inside ignored regions do not count against anyone; bus and truck are judged where the
source tells them apart, any class where all four are labelled (in manaus trucks include buses, so that none is missing).
Plates: share found by height band and false ones a frame; gate and foreign scenes at fixed sizes, own frames in the first look.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

import cv2
import numpy as np

from boxes import PLATE, overlap, suppress
from look import add_option, first_look
from net import CLASSES
from prepare import PLATES, VEHICLES, listed, street_row, streets
from teacher import Teacher

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from origin import tally  # noqa: E402 (shared with the reader, one folder up)

BANDS = ((0, 10), (10, 14), (14, 20), (20, 30), (30, 1000))


class Sheet:
    """Pictures letterboxed at the top left into one raw file for `detect.mjs`."""

    def __init__(self, folder):
        self.path, self.rows, self.scales = os.path.join(folder, 'sheet.u8'), [], []
        self.file, self.offset = open(self.path, 'wb'), 0

    def add(self, picture, look):
        """`look`: width and height to fit into; returns nothing, remembers the scale."""
        height, width = picture.shape[:2]
        scale = min(look[0] / width, look[1] / height)
        small = cv2.resize(picture, (round(width * scale), round(height * scale)), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
        full_height, full_width = (-(-side // 32) * 32 for side in small.shape[:2])
        canvas = np.full((full_height, full_width, 3), 114, np.uint8)
        canvas[:small.shape[0], :small.shape[1]] = small[:, :, ::-1]
        self.file.write(canvas.tobytes())
        self.rows.append(dict(file=self.path, offset=self.offset, width=full_width, height=full_height))
        self.scales.append(scale)
        self.offset += canvas.size

    def run(self, model, least=0.03):
        """Finds of `model` a picture, in the picture's own pixels, suppressed; and the median milliseconds."""
        self.file.flush()
        names = [self.path + '.list.json', self.path + '.out.json']
        with open(names[0], 'w', encoding='utf8') as file:
            json.dump(self.rows, file)
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'detect.mjs')
        subprocess.run(['node', script, model, *names, str(least)], check=True, stdout=subprocess.DEVNULL)
        with open(names[1], encoding='utf8') as file:
            out = json.load(file)
        finds = []
        for rows, scale in zip(out['pictures'], self.scales):
            found = np.array(rows, np.float32).reshape(-1, 6)
            found[:, :4] /= scale
            finds.append(suppress(found))
        return finds, out['ms']


def average_precision(frames, least_overlap=0.5):
    """`frames`: finds [n,5], truth [m,4], ignored [k,4] each; the area under the precision-recall curve (all points)."""
    scored, total = [], 0
    for finds, truth, ignored in frames:
        total += len(truth)
        taken = np.zeros(len(truth), bool)
        hits = overlap(finds[:, :4], truth)
        for i in np.argsort(-finds[:, 4]):
            free = np.where(taken, 0, hits[i]) if len(truth) else np.zeros(0)
            if len(free) and free.max() >= least_overlap:
                taken[free.argmax()] = True
                scored.append((finds[i, 4], 1))
            elif not covered(finds[i], ignored):
                scored.append((finds[i, 4], 0))
    if not scored or not total:
        return 0.0
    right = np.array([hit for _, hit in sorted(scored, key=lambda pair: -pair[0])])
    recall = np.cumsum(right) / total
    precision = np.maximum.accumulate((np.cumsum(right) / np.arange(1, len(right) + 1))[::-1])[::-1]
    return float((np.diff(recall, prepend=0) * precision).sum())


def covered(find, regions):
    """Whether half of a find lies in one ignored region."""
    for region in regions:
        shared = np.clip(np.minimum(find[2:4], region[2:4]) - np.maximum(find[:2], region[:2]), 0, None).prod()
        if shared > 0.5 * (find[2:4] - find[:2]).prod():
            return True
    return False


def vehicle_scores(records, finds):
    """AP50 a class and of any class."""
    frames = {name: [] for name in (*CLASSES[:4], 'any', 'any at IoU .3')}
    by_source = {}
    for record, found in zip(records, finds):
        row = street_row(record)
        found = found[found[:, 5] != PLATE]
        ignored = np.array([box[:4] for box in row['ignore']], np.float32).reshape(-1, 4)
        truth = np.array([box for box in row['boxes'] if box[4] != PLATE], np.float32).reshape(-1, 5)
        for kind in range(4):
            if row['complete'] >> kind & 1 and not (record['source'] == 'manaus' and kind == 3):
                frames[CLASSES[kind]].append((found[found[:, 5] == kind], truth[truth[:, 4] == kind, :4], ignored))
        if not all_labelled(record, row):
            continue
        frames['any'].append((found, truth[:, :4], ignored))
        by_source.setdefault(record['source'], []).append(frames['any'][-1])
    frames['any at IoU .3'] = frames['any']
    scores = {name: average_precision(rows, 0.3 if '.3' in name else 0.5) for name, rows in frames.items() if any(len(truth) for _, truth, _ in rows)}
    return scores | {f'any, {source}': average_precision(rows) for source, rows in by_source.items()}


def all_labelled(record, row):
    """Whether every vehicle of a frame has a label, whatever its class."""
    return row['complete'] & VEHICLES == VEHICLES or record['source'] == 'manaus'


def operating_points(records, finds, thresholds=(0.2, 0.25, 0.3, 0.35, 0.4, 0.5)):
    """Recall and precision of vehicles of any class at IoU 0.5, a threshold; for choosing the manifest's."""
    points = {}
    for threshold in thresholds:
        hits = wrong = total = 0
        for record, found in zip(records, finds):
            row = street_row(record)
            if not all_labelled(record, row):
                continue
            found = found[(found[:, 5] != PLATE) & (found[:, 4] >= threshold)]
            truth = np.array([box[:4] for box in row['boxes'] if box[4] != PLATE], np.float32).reshape(-1, 4)
            match = overlap(found[:, :4], truth) >= 0.5 if len(truth) else np.zeros((len(found), 0), bool)
            hits, total = hits + int(match.any(0).sum()), total + len(truth)
            wrong += sum(not match[i].any() and not covered(found[i], [box[:4] for box in row['ignore']]) for i in range(len(found)))
        points[f'recall at {threshold}'] = hits / max(1, total)
        points[f'precision at {threshold}'] = hits / max(1, hits + wrong)
    return points


def plate_scores(truths, finds, threshold):
    """Found share by band of height in the look, and false plates a frame."""
    bands = {band: [0, 0] for band in BANDS}
    false = 0
    for truth, found in zip(truths, finds):
        found = found[(found[:, 5] == PLATE) & (found[:, 4] >= threshold)]
        match = overlap(found[:, :4], [box[:4] for box in truth]) >= 0.4
        false += int((~match.any(1)).sum()) if len(truth) else len(found)
        for j, box in enumerate(truth):
            band = next(b for b in BANDS if b[0] <= box[4] < b[1])
            bands[band][0] += bool(len(found) and match[:, j].any())
            bands[band][1] += 1
    text = ', '.join(f'{low}-{high} px {hit}/{all_}' for (low, high), (hit, all_) in bands.items() if all_)
    return text, false / max(1, len(truths))


def street_val(data, own=()):
    """Val records of street scenes in which people labelled vehicles."""
    return [record for record in streets(data, own) if record['split'] == 'val' and street_row(record)['complete'] & VEHICLES]


def plate_val(data, own, look):
    """(name, [(file, plates)], look) of the val scenes whose plates are labelled completely."""
    gate = [(f'{data}/plates/' + r['file'], [b['xyxy'] for b in r['boxes'] if b['cls'] == 'plate'])
            for r in listed(f'{data}/plates/scenes.jsonl') if r['split'] == 'val' and r['exhaustive_classes']]
    by_file = {}
    for record in listed(f'{data}/plates_foreign/plates.jsonl'):
        by_file.setdefault(record['file'], []).append(record['bbox'])
    foreign = [(f'{data}/plates_foreign/{file}', boxes) for i, (file, boxes) in enumerate(sorted(by_file.items())) if i % 12 == 0]
    sets = [('gate', gate, (384, 384)), ('gate, a third of the size', gate, (160, 160)), ('foreign', foreign, (640, 640)), ('foreign, small', foreign, (384, 384))]
    by_source = {}
    for record in streets(data, own):
        row = street_row(record)
        if record['split'] == 'val' and row['complete'] & PLATES:
            by_source.setdefault(record['source'], []).append((record['path'], [box[:4] for box in row['boxes'] if box[4] == PLATE]))
    return [part for part in sets + [(name, scenes, look) for name, scenes in by_source.items()] if part[1]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--model', required=True)
    parser.add_argument('--data', required=True)
    parser.add_argument('--own', nargs='*', default=[], help="an agency's folders (see prepare.py)")
    parser.add_argument('--teachers', help='folder with yolox_nano.onnx, to print it beside')
    parser.add_argument('--vehicles-only', action='store_true')
    parser.add_argument('--plate', type=float, nargs='*', default=[0.3, 0.45, 0.6], help='thresholds to show')
    add_option(parser)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    look = first_look(options.look)
    result = {'look': look}
    with tempfile.TemporaryDirectory() as folder:
        records, sheet = street_val(options.data, options.own), Sheet(folder)
        pictures = [cv2.imread(record['path']) for record in records]
        for picture in pictures:
            sheet.add(picture, look)
        result['street frames'] = tally(record['source'] for record in records) or 'none with labelled vehicles in val'
        if records:
            finds, result['ms'] = sheet.run(options.model)
            result['vehicles'] = vehicle_scores(records, finds)
            result['operating points'] = operating_points(records, finds)
        if records and options.teachers:
            public = Teacher(options.teachers, (416,))
            result['yolox_nano 416'] = vehicle_scores(records, [public(picture, 0.03).astype(np.float32) for picture in pictures])
        for name, scenes, plate_look in [] if options.vehicles_only else plate_val(options.data, options.own, look):
            sheet = Sheet(folder)
            for file, _ in scenes:
                sheet.add(cv2.imread(file), plate_look)
            truths = [[[*box, (box[3] - box[1]) * scale] for box in boxes] for (_, boxes), scale in zip(scenes, sheet.scales)]
            finds, _ = sheet.run(options.model)
            for threshold in options.plate:
                bands, false = plate_scores(truths, finds, threshold)
                result[f'plates, {name}, at {threshold}'] = f'{bands}; {false:.3f} false a frame'
    for key, value in result.items():
        if isinstance(value, dict):
            value = ', '.join(f'{name} {score:.3f}' for name, score in value.items())
        print(f'{key}: {value}')
    print(json.dumps(result))


if __name__ == '__main__':
    main()
