"""WORK/entry.json and WORK/card.md: a trained detector's manifest entry and card, from its checkpoint, its pictures and its figures.

What the net is and its thresholds come from `entry.json` of this folder; whose pictures, how long and how good from the run itself,
for the words in `entry.json` and in the shipped card are those of the shipped weights.
usage: describe.py --work WORK [--caches real,twin] [--licence WORDS]    WORK also holds detector.pt and evaluation.txt
"""
import argparse
import datetime
import json
import os
import sys

import torch

from look import ENTRY

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from origin import NOT_STATED, tally  # noqa: E402 (shared with the reader, one folder up)

CARD = """# Card of the detector

`detector.onnx` finds cars, motorcycles with their riders, buses, trucks and plates. {run}. Licence: {licence}.

## How good

On frames of the val split, which no training sample came from ({frames}), vehicles in a look of {look}, IoU 0.5. Where val and
training show the same cameras, expect less on others.

{vehicles}

{plates}

## What it learned from

{sources}

{data}.

Where `machine` stands, a public network (YOLOX-nano, Apache-2.0) labelled the vehicles; elsewhere it points at what people missed.

## Where it fails

Nobody has written here yet where these weights fail: look at what they find on your own cameras before they judge anybody.
"""


def pictures(work, caches):
    """Rows of the caches' lists."""
    rows = []
    for cache in caches:
        with open(os.path.join(work, cache, 'index.json'), encoding='utf8') as file:
            rows += json.load(file)
    return rows


def learnt_from(rows, begun=None):
    """Train rows, and the file that the run began from, which had learnt before -> the manifest's `data`."""
    train = [row for row in rows if row['split'] == 'train']
    licences = tally(row.get('licence', 'not recorded') for row in train)
    before = f'; and what its first weights, {begun}, had learnt from' if begun else ''
    return (f"{len(train):,} pictures ({tally(row['source'] for row in train)}), plates pasted into some; licences as their lists state them: {licences}; "
            f'labels partly by YOLOX-nano (Apache-2.0){before}')


def told(state, today):
    """Checkpoint -> the manifest's `trainingRun`."""
    begun = f", begun from {state['begun']}" if state.get('begun') else ''
    return (f"models/training/detector/train.py, {today}: {state['seen']:,} samples in {state['trained'] / 60:.3g} minutes, {state['step']:,} steps{begun}; "
            'int8 QDQ, kernels of 7 bits')


def table(head, rows):
    return '\n'.join('| ' + ' | '.join(map(str, row)) + ' |' for row in [head, ['---'] * len(head), *rows])


def card(rows, result, data, run, licence):
    ours, public = result.get('vehicles', {}), result.get('yolox_nano 416', {})
    figures = [(name, f'{score:.3f}', f'{public[name]:.3f}' if name in public else '–') for name, score in ours.items()]
    sources = sorted({row['source'] for row in rows})
    listed = [[row for row in rows if row['source'] == source] for source in sources]
    return CARD.format(
        run=run, data=data, licence=licence, look='x'.join(map(str, result['look'])), frames=result['street frames'],
        vehicles=table(['AP50', 'this', 'YOLOX-nano, 416'], figures) if figures else 'No val frame has labelled vehicles: nothing is known of how well it finds them.',
        plates='\n'.join(f'- {name}: {value}' for name, value in result.items() if name.startswith('plates')) or 'Plates were not measured.',
        sources=table(['pictures', 'train', 'val', 'licence as stated', 'vehicles labelled by'],
                      [(source, *(sum(row['split'] == split for row in part) for split in ('train', 'val')), tally(row.get('licence', 'not recorded') for row in part),
                        tally(row.get('by', 'not recorded') for row in part)) for source, part in zip(sources, listed)]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--work', required=True)
    parser.add_argument('--caches', default='real')
    parser.add_argument('--licence', default=NOT_STATED)
    options = parser.parse_args()
    rows = pictures(options.work, options.caches.split(','))
    state = torch.load(f'{options.work}/detector.pt', map_location='cpu')
    run, data = told(state, datetime.date.today().isoformat()), learnt_from(rows, state.get('begun'))
    with open(f'{options.work}/evaluation.txt', encoding='utf8') as file:
        result = json.loads(file.read().splitlines()[-1])
    with open(ENTRY, encoding='utf8') as file:
        entry = dict(json.load(file), licence=options.licence, data=data, trainingRun=run)
    with open(f'{options.work}/entry.json', 'w', encoding='utf8') as file:
        json.dump(entry, file, indent=2, ensure_ascii=False)
    with open(f'{options.work}/card.md', 'w', encoding='utf8') as file:
        file.write(card(rows, result, data, run, options.licence))


if __name__ == '__main__':
    main()
