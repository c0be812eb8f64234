"""The detector from pictures to a manifest entry, in one command; a step whose result is there is skipped.

Everything is written to WORK: detector.onnx, evaluation.txt, entry.json, card.md. Thresholds are those of `entry.json` of this folder:
look at what `evaluate.py` printed, set them in WORK/entry.json, then ship what WORK holds with the command that is printed at the end.
--ship does so at once. --quick tries every step in a few minutes on a few pictures; what comes out is good for nothing else.
"""
import argparse
import hashlib
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TRAINING = os.path.dirname(HERE)
ROOT = os.path.dirname(os.path.dirname(TRAINING))
sys.path.append(TRAINING)
from needs import ask  # noqa: E402 (shared with the reader, one folder up)

LISTS = ('vehicles/scenes.jsonl', 'plates/scenes.jsonl', 'plates/plates.jsonl', 'plates_foreign/plates.jsonl', 'clips/clips.jsonl')
QUICK_MINUTES = 0.5


def listing(data, own):
    """What tells one set of lists from another."""
    paths = [os.path.join(data, name) for name in LISTS] + [os.path.join(folder, 'scenes.jsonl') for folder in own]
    digest = hashlib.sha256()
    for path in filter(os.path.exists, paths):
        with open(path, 'rb') as file:
            digest.update(file.read())
    return digest.hexdigest()


def prepared(work, data, own):
    """Whether WORK holds these very pictures; ends where it holds others, for a training would silently go on with them."""
    mark = os.path.join(work, 'taught')
    if not os.path.exists(mark):
        return False
    with open(mark, encoding='utf8') as file:
        before = file.read()
    if before and before != listing(data, own):
        raise SystemExit(f'{work} was prepared from other lists than {data} has now: name another folder with --work, or remove {mark} to prepare it anew')
    return True


def script(name, *arguments, folder=HERE):
    return [sys.executable, os.path.join(folder, name), *map(str, arguments)]


class Steps:
    """Runs commands, or with `dry` only prints them."""

    def __init__(self, dry):
        self.dry = dry

    def run(self, command, out=None):
        """In the project's folder, where npx finds its programs; printed lines also go to the file `out`. Ends where a step fails."""
        print('>', *(os.path.relpath(part, ROOT) if part.startswith(ROOT + os.sep) else part for part in command), flush=True)
        if self.dry:
            return
        if not out:
            subprocess.run(command, check=True, cwd=ROOT)
            return
        text = subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.PIPE, encoding='utf8').stdout
        print(text, flush=True)
        with open(out, 'w', encoding='utf8') as file:
            file.write(text)


def options_of(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--data', required=True, help="the public pictures' folder; what it lacks is left out")
    parser.add_argument('--own', nargs='*', default=[], help="an agency's folders of pictures (see prepare.py)")
    parser.add_argument('--teachers', required=True, help='folder with yolox_nano.onnx')
    parser.add_argument('--work', required=True)
    parser.add_argument('--minutes', type=float, default=120)
    parser.add_argument('--start', help="an earlier detector's ONNX to begin from: the shipped one's or the study's")
    parser.add_argument('--twin', help='folder of rendered clips')
    parser.add_argument('--crowd', type=int, default=0, help='folders of crowded roads to render besides (needs Chromium; half a minute each)')
    parser.add_argument('--licence', help='of the weights, for the manifest')
    parser.add_argument('--ship', action='store_true', help='put weights, card and entry into models/ at the end')
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--dry-run', action='store_true', help='print the steps only')
    options = parser.parse_args(arguments)
    if options.quick and options.ship:
        parser.error('--quick makes weights to try the steps with, not to ship')
    # Steps run in the project's folder, wherever this one was started.
    for name in ('data', 'teachers', 'work', 'start', 'twin'):
        if getattr(options, name):
            setattr(options, name, os.path.abspath(getattr(options, name)))
    options.own = [os.path.abspath(folder) for folder in options.own]
    return options


def ship_command(work):
    files = [f'detector.onnx={work}/detector.onnx', f'cards/detector.md={work}/card.md']
    return script('manifest.py', 'detector', f'{work}/entry.json', *files, folder=TRAINING)


def main(options):
    steps, work, data, minutes = Steps(options.dry_run), options.work, options.data, options.minutes
    checkpoint, own = f'{work}/detector.pt', ['--own', *options.own] if options.own else []
    given = [f'{options.teachers}/yolox_nano.onnx', *(f'{folder}/scenes.jsonl' for folder in options.own), *filter(None, [options.start, options.twin])]
    if not options.dry_run:
        ask('torch', 'numpy', 'cv2', 'onnx', files=[data, *given], node=True)
        os.makedirs(work, exist_ok=True)
    if options.quick:
        steps.run(script('few.py', data, f'{work}/few', folder=TRAINING))
        data, minutes = f'{work}/few', QUICK_MINUTES
    clips = [options.twin] if options.twin else []
    if not prepared(work, data, options.own):
        steps.run(script('prepare.py', '--data', data, *own, '--work', work))
        steps.run(script('teach.py', '--teachers', options.teachers, '--work', work))
        if not options.dry_run:
            with open(f'{work}/taught', 'w', encoding='utf8') as file:
                file.write(listing(data, options.own))
    if options.crowd:
        steps.run(['npx', 'tsx', os.path.join(HERE, 'crowd.ts'), '--out', f'{work}/crowd', '--scenes', str(options.crowd)])
        clips.append(f'{work}/crowd')
    caches = 'real,twin' if clips else 'real'
    if clips and not os.path.exists(f'{work}/twin/index.json'):
        steps.run(script('twin.py', '--clips', *clips, '--work', work))
    if options.start and not os.path.exists(checkpoint):
        steps.run(script('start.py', options.start, checkpoint, '--work', work))
    begun = ['--fix-stem'] if options.start else []
    steps.run(script('train.py', *begun, '--work', work, '--caches', caches, '--checkpoint', checkpoint, '--minutes', minutes, '--teachers', options.teachers))
    steps.run(script('export.py', checkpoint, f'{work}/float.onnx'))
    steps.run(script('quantise.py', f'{work}/float.onnx', f'{work}/detector.onnx', '--work', work, '--caches', caches))
    steps.run(script('evaluate.py', '--model', f'{work}/detector.onnx', '--data', data, *own, '--teachers', options.teachers), out=f'{work}/evaluation.txt')
    licence = ['--licence', options.licence] if options.licence else []
    steps.run(script('describe.py', '--work', work, '--caches', caches, *licence))
    if options.ship:
        steps.run(ship_command(work))
    elif not options.quick:
        print('Nothing in models/ has changed. To ship:', *ship_command(work))


if __name__ == '__main__':
    main(options_of())
