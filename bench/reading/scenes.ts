import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box } from '../../src/vision/observation.js';
import type { FrameTruth } from '../../src/twin/truth.js';
import type { Scene } from './frames.js';
import { clipsUnder } from '../clips.js';

interface LabelledScene {
  readonly file: string;
  readonly split: string;
  readonly boxes: readonly { readonly cls: string; readonly xyxy: Box; readonly text?: string }[];
  readonly exhaustive_classes: readonly string[];
}

/** Less of a drawn plate than this in view, and nobody is asked to find it. */
const LEAST_SHOWN = 0.85;
/** Neighbouring frames of a clip show the same plates. */
const TWIN_STEP = 2;

/** Labelled scenes of parking gates in which every plate is boxed. */
export async function gateScenes(data: string, split: string): Promise<Scene[]> {
  const scenes = await jsonLines<LabelledScene>(join(data, 'plates/scenes.jsonl'));
  return scenes
    .filter((scene) => scene.split === split && scene.exhaustive_classes.includes('plate'))
    .map((scene) => ({
      path: join(data, 'plates', scene.file),
      plates: scene.boxes
        .filter((one) => one.cls === 'plate')
        .map(({ xyxy, text }) => ({
          box: xyxy,
          heightPx: xyxy[3] - xyxy[1],
          ...(text === undefined ? {} : { text }),
        })),
      doubtful: [],
    }));
}

/** Frames of every clip of the traffic twin under a folder: small plates on a road, all of them known. */
export async function twinScenes(folder: string): Promise<Scene[]> {
  const frames = await Promise.all(
    clipsUnder(folder).map(async (clip) => {
      const truths = await jsonLines<FrameTruth>(join(clip, 'truth.jsonl'));
      return truths.filter((_, i) => i % TWIN_STEP === 0).map((truth) => sceneOf(clip, truth));
    }),
  );
  return frames.flat();
}

function sceneOf(clip: string, { file, width, height, vehicles }: FrameTruth): Scene {
  const plates = vehicles.flatMap(({ plate }) => (plate === null ? [] : [plate]));
  const inView = ({ box }: { readonly box: Box }): boolean =>
    box[0] > 1 && box[1] > 1 && box[2] < width - 1 && box[3] < height - 1;
  const owed = plates.filter((one) => one.state !== 'covered' && inView(one) && shown(one) >= LEAST_SHOWN);
  return {
    path: join(clip, file),
    plates: owed.map(({ box, text, heightPx }) => ({ box, text, heightPx })),
    doubtful: plates.filter((one) => !owed.includes(one)).map(({ box }) => box),
  };
}

/** Share of the plate's own area that is to be seen; its outline is a slanted quadrangle. */
function shown({ corners, visiblePx }: NonNullable<FrameTruth['vehicles'][number]['plate']>): number {
  const twice = corners.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % corners.length]!;
    return sum + x * nextY - nextX * y;
  }, 0);
  return visiblePx / Math.max(1, Math.abs(twice) / 2);
}

async function jsonLines<T>(path: string): Promise<T[]> {
  const text = (await readFile(path, 'utf8')).trim();
  return text.split('\n').map((line) => JSON.parse(line) as T);
}
