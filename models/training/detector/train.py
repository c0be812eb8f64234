"""Train the detector for a given number of minutes; resumes from its checkpoint, and takes up new caches when restarted.

With --teachers, the first part of the run also imitates the public teacher's maps (see `distil.py`); after it, or with
--fix-stem from the start, the first two convolutions stay as they are, for a third of a training step's time is theirs.
"""
import argparse
import copy
import math
import os
import sys
import time

import torch

from distil import Imitation
from loss import total
from net import DEPTHS, WIDTHS, Detector
from stream import SOURCE_WEIGHT, Pictures, Stream

sys.path.append(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from muon import Muon  # noqa: E402 (shared with the reader, one folder up)

PEAK_RATE, LAST_RATE, WARM_STEPS, DECAY = 1e-3, 2e-5, 150, 0.02
AVERAGE_STEPS, AVERAGE_KEEP = 4, 0.995
BOX_WEIGHT, KIND_WEIGHT, GRADIENT_LIMIT = 2.0, 0.5, 8.0
LESSON_WEIGHT, LESSON_SHARE = 3.0, 0.6
SAVE_SECONDS = 150


def optimisers(detector, imitation):
    """Muon for the inner kernels, AdamW for the rest; weight decay on kernels only."""
    learning = [p for p in detector.parameters() if p.requires_grad]
    inner = [p for p in learning if p.ndim == 4 and p.shape[0] >= 16 and p.shape[1] >= 16]
    held = {id(p) for p in inner}
    rest = [p for p in learning if id(p) not in held] + list(imitation.parameters())
    plain = [dict(params=[p for p in rest if p.ndim > 1], weight_decay=DECAY), dict(params=[p for p in rest if p.ndim <= 1], weight_decay=0.0)]
    return [Muon(inner, lr=PEAK_RATE, weight_decay=DECAY), torch.optim.AdamW(plain, lr=PEAK_RATE)]


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


def batches_of(options, teachers):
    """Endless batches from two processes of their own: one alone keeps the trainer waiting."""
    stream = Stream(options.work, options.caches.split(','), teachers)
    return iter(torch.utils.data.DataLoader(stream, batch_size=None, num_workers=2, prefetch_factor=6))


def save(path, **state):
    """Written beside and moved, so that a killed run leaves the last whole checkpoint."""
    torch.save(state, path + '.new')
    os.replace(path + '.new', path)


def run(options):
    torch.set_num_threads(1)
    torch.manual_seed(4)
    detector = Detector(WIDTHS, DEPTHS).to(memory_format=torch.channels_last)
    average = copy.deepcopy(detector)
    imitation = Imitation((48, WIDTHS[3], WIDTHS[4]))
    optimizers = optimisers(detector, imitation)
    step, trained, seen, begun_from = 0, 0.0, 0, None
    if os.path.exists(options.checkpoint):
        state = torch.load(options.checkpoint)
        detector.load_state_dict(state['detector'])
        average.load_state_dict(state['average'])
        if 'imitation' in state:
            imitation.load_state_dict(state['imitation'])
            for optimizer, saved_state in zip(optimizers, state['optimizers']):
                optimizer.load_state_dict(saved_state)
        step, trained, seen, begun_from = state['step'], state['trained'], state['seen'], state.get('begun')
    progress = trained / options.minutes / 60
    teachers = options.teachers if progress < LESSON_SHARE else None
    if options.fix_stem or not teachers:
        detector.fix_stem().train()
    for source, (count, share) in sorted(Pictures(options.work, options.caches.split(','), 'train').shares(SOURCE_WEIGHT).items()):
        print(f'{source}: {count} pictures, {share:.1%} of the parts drawn')
    batches = batches_of(options, teachers)
    sums, waited = [0.0, 0.0, 0.0, 0.0, 0], 0.0
    begun = saved = time.time()
    before = trained
    while trained < options.minutes * 60:
        progress = trained / options.minutes / 60
        if teachers and progress >= LESSON_SHARE:
            teachers = None
            batches = batches_of(options, teachers)
            detector.fix_stem().train()
        for group in (group for optimizer in optimizers for group in optimizer.param_groups):
            group['lr'] = rate(step, progress)
        wait = time.time()
        batch = next(batches)
        waited += time.time() - wait
        pixels = batch['pixels'].to(memory_format=torch.channels_last).float() / 255
        features = detector.features(pixels)
        heat, box, kind = total(detector.answers(*features[:2]), batch)
        lesson = imitation(features, batch['lessons']) if 'lessons' in batch else torch.zeros(())
        (heat + BOX_WEIGHT * box + KIND_WEIGHT * kind + LESSON_WEIGHT * (1 - progress / LESSON_SHARE) * lesson).backward()
        torch.nn.utils.clip_grad_norm_(detector.parameters(), GRADIENT_LIMIT)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        if step % AVERAGE_STEPS == 0:
            with torch.no_grad():
                follow(average, detector, step)
        step, seen = step + 1, seen + len(pixels)
        sums = [a + b for a, b in zip(sums, (heat.item(), box.item(), kind.item(), lesson.item(), 1))]
        trained = before + time.time() - begun
        if step % 50 == 0:
            print(f'{step} steps {seen} samples {trained / 60:.1f} min: heat {sums[0] / sums[4]:.3f} box {sums[1] / sums[4]:.3f} kind {sums[2] / sums[4]:.3f} lesson {sums[3] / sums[4]:.3f}, waited {waited / (time.time() - begun):.0%}', flush=True)
            sums = [0.0, 0.0, 0.0, 0.0, 0]
        if time.time() - saved > SAVE_SECONDS or trained >= options.minutes * 60:
            saved = time.time()
            save(options.checkpoint, shape=(WIDTHS, DEPTHS), detector=detector.state_dict(), average=average.state_dict(),
                 imitation=imitation.state_dict(), optimizers=[o.state_dict() for o in optimizers], step=step, trained=trained, seen=seen, begun=begun_from)


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--work', required=True, help='folder that prepare.py wrote to')
    parser.add_argument('--caches', default='real', help='names of the caches in it, with commas')
    parser.add_argument('--checkpoint', required=True)
    parser.add_argument('--teachers', help='folder with yolox_nano.onnx: imitate its maps in the first part of the run')
    parser.add_argument('--fix-stem', action='store_true', help='leave the first two convolutions of an earlier net as they are')
    parser.add_argument('--minutes', type=float, required=True, help='length of the whole schedule, earlier runs included')
    run(parser.parse_args())
