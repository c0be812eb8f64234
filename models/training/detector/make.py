"""The detector from pictures to manifest entry, in one command; a step whose result is there is skipped.

Thresholds are what `entry.json` says: look at what `evaluate.py` prints and set them there.
"""
import argparse
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


def step(script, *arguments):
    """Run a script of this folder and stop if it fails."""
    print('>', script, *arguments, flush=True)
    subprocess.run([sys.executable, os.path.join(HERE, script), *map(str, arguments)], check=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', required=True)
    parser.add_argument('--teachers', required=True, help='folder with yolox_nano.onnx')
    parser.add_argument('--work', required=True)
    parser.add_argument('--minutes', type=float, default=120)
    parser.add_argument('--start', help="an earlier detector's ONNX to begin from: the shipped one's or the study's")
    parser.add_argument('--twin', help='folder of rendered clips')
    parser.add_argument('--crowd', type=int, default=0, help='folders of crowded roads to render besides (needs Chromium; half a minute each)')
    options = parser.parse_args()
    work, checkpoint = options.work, os.path.join(options.work, 'detector.pt')
    shipped = os.path.join(HERE, '..', '..', 'detector.onnx')
    clips = [options.twin] if options.twin else []
    if not os.path.exists(f'{work}/taught'):
        step('prepare.py', '--data', options.data, '--work', work)
        step('teach.py', '--teachers', options.teachers, '--work', work)
        open(f'{work}/taught', 'w', encoding='utf8').close()
    if options.crowd:
        subprocess.run(['npx', 'tsx', os.path.join(HERE, 'crowd.ts'), '--out', f'{work}/crowd', '--scenes', str(options.crowd)], check=True)
        clips.append(f'{work}/crowd')
    caches = 'real,twin' if clips else 'real'
    if clips and not os.path.exists(f'{work}/twin/index.json'):
        step('twin.py', '--clips', *clips, '--work', work)
    if options.start and not os.path.exists(checkpoint):
        step('start.py', options.start, checkpoint, '--work', work)
    begun = ['--fix-stem'] if options.start else []
    step('train.py', *begun, '--work', work, '--caches', caches, '--checkpoint', checkpoint, '--minutes', options.minutes, '--teachers', options.teachers)
    step('export.py', checkpoint, f'{work}/float.onnx')
    step('quantise.py', f'{work}/float.onnx', shipped, '--work', work, '--caches', caches)
    step('evaluate.py', '--model', shipped, '--data', options.data, '--teachers', options.teachers)
    subprocess.run([sys.executable, os.path.join(HERE, '..', 'manifest.py'), 'detector', os.path.join(HERE, 'entry.json')], check=True)


if __name__ == '__main__':
    main()
