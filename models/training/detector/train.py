"""Train the detector for a given number of minutes; resumes from its checkpoint, and takes up new caches when restarted."""
import argparse
import copy
import math
import os
import time

import torch

from loss import total
from net import DEPTHS, WIDTHS, Detector
from stream import Stream

PEAK_RATE, LAST_RATE, WARM_STEPS, DECAY = 8e-4, 2e-5, 150, 0.02
AVERAGE_STEPS, AVERAGE_KEEP = 4, 0.995
BOX_WEIGHT, KIND_WEIGHT, GRADIENT_LIMIT = 2.0, 0.5, 8.0
SAVE_SECONDS = 150


def groups(detector):
    """Weight decay on kernels only."""
    learning = [p for p in detector.parameters() if p.requires_grad]
    kernels = [p for p in learning if p.ndim > 1]
    others = [p for p in learning if p.ndim <= 1]
    return [dict(params=kernels, weight_decay=DECAY), dict(params=others, weight_decay=0.0)]


def follow(average, detector, step):
    """Exponential average of weights and of batch norm's statistics."""
    keep = min(AVERAGE_KEEP, (1 + step) / (12 + step))
    for mean, new in zip(average.state_dict().values(), detector.state_dict().values()):
        if mean.dtype.is_floating_point:
            mean.lerp_(new, 1 - keep)
        else:
            mean.copy_(new)


def rate(step, progress):
    """Warm-up in steps, then a cosine in trained time."""
    return LAST_RATE + (PEAK_RATE - LAST_RATE) * min(1, (step + 1) / WARM_STEPS) * (0.5 + 0.5 * math.cos(math.pi * min(1, progress)))


def save(path, **state):
    """Written beside and moved, so that a killed run leaves the last whole checkpoint."""
    torch.save(state, path + '.new')
    os.replace(path + '.new', path)


def run(options):
    torch.set_num_threads(1)
    torch.manual_seed(4)
    detector = Detector(WIDTHS, DEPTHS).to(memory_format=torch.channels_last)
    average = copy.deepcopy(detector)
    if options.fix_stem:
        detector.fix_stem().train()
    optimizer = torch.optim.AdamW(groups(detector), lr=PEAK_RATE)
    step, trained, seen = 0, 0.0, 0
    if os.path.exists(options.checkpoint):
        state = torch.load(options.checkpoint)
        detector.load_state_dict(state['detector'])
        average.load_state_dict(state['average'])
        if 'optimizer' in state:
            optimizer.load_state_dict(state['optimizer'])
        step, trained, seen = state['step'], state['trained'], state['seen']
    batches = iter(torch.utils.data.DataLoader(Stream(options.work, options.caches.split(',')), batch_size=None, num_workers=1, prefetch_factor=6))
    sums, waited = [0.0, 0.0, 0.0, 0], 0.0
    begun = saved = time.time()
    before = trained
    while trained < options.minutes * 60:
        for group in optimizer.param_groups:
            group['lr'] = rate(step, trained / options.minutes / 60)
        wait = time.time()
        batch = next(batches)
        waited += time.time() - wait
        pixels = batch['pixels'].to(memory_format=torch.channels_last).float() / 255
        heat, box, kind = total(detector(pixels), batch)
        (heat + BOX_WEIGHT * box + KIND_WEIGHT * kind).backward()
        torch.nn.utils.clip_grad_norm_(detector.parameters(), GRADIENT_LIMIT)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        if step % AVERAGE_STEPS == 0:
            with torch.no_grad():
                follow(average, detector, step)
        step, seen = step + 1, seen + len(pixels)
        sums = [a + b for a, b in zip(sums, (heat.item(), box.item(), kind.item(), 1))]
        trained = before + time.time() - begun
        if step % 50 == 0:
            print(f'{step} steps {seen} samples {trained / 60:.1f} min: heat {sums[0] / sums[3]:.3f} box {sums[1] / sums[3]:.3f} kind {sums[2] / sums[3]:.3f}, waited {waited / (time.time() - begun):.0%}', flush=True)
            sums = [0.0, 0.0, 0.0, 0]
        if time.time() - saved > SAVE_SECONDS or trained >= options.minutes * 60:
            saved = time.time()
            save(options.checkpoint, shape=(WIDTHS, DEPTHS), detector=detector.state_dict(), average=average.state_dict(),
                 optimizer=optimizer.state_dict(), step=step, trained=trained, seen=seen)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--work', required=True, help='folder that prepare.py wrote to')
    parser.add_argument('--caches', default='real', help='names of the caches in it, with commas')
    parser.add_argument('--checkpoint', required=True)
    parser.add_argument('--fix-stem', action='store_true', help='leave the first two convolutions as the checkpoint has them')
    parser.add_argument('--minutes', type=float, required=True, help='length of the whole schedule, earlier runs included')
    run(parser.parse_args())
