import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { covered, overlap } from '../../src/vision/boxes.js';
import { openEyes } from '../../src/vision/eyes.js';
import type { Box } from '../../src/vision/observation.js';

interface Scene {
  readonly file: string;
  readonly split: string;
  readonly boxes: readonly { readonly cls: string; readonly xyxy: Box; readonly text?: string }[];
  readonly exhaustive_classes: readonly string[];
}

const BANDS = [0, 14, 20, 30, 60, Infinity];
/** Labels were drawn by many hands; a reader's margin forgives this much. */
const LEAST_OVERLAP = 0.4;

export interface FrameScore {
  readonly frames: number;
  readonly bands: readonly {
    readonly heightPx: string;
    readonly plates: number;
    readonly found: number;
    readonly exact: number;
    readonly accepted: number;
    readonly wrongAccepted: number;
  }[];
  readonly falseAFrame: number;
}

/** Full frames through the whole of vision: plates found by height, read, and boxes where there is no plate. */
export async function scoreFrames(data: string, split: string, manifest: string): Promise<FrameScore> {
  const eyes = await openEyes(manifest);
  const lines = (await readFile(join(data, 'plates/scenes.jsonl'), 'utf8')).trim().split('\n');
  const scenes = lines
    .map((line) => JSON.parse(line) as Scene)
    .filter((scene) => scene.split === split && scene.exhaustive_classes.includes('plate'));
  const bands = BANDS.slice(1).map((high, i) => ({
    heightPx: high === Infinity ? `${BANDS[i]}+` : `${BANDS[i]}-${high}`,
    plates: 0,
    found: 0,
    exact: 0,
    accepted: 0,
    wrongAccepted: 0,
  }));
  let wrong = 0;
  for (const scene of scenes) {
    const reading = await eyes.readFrame(await readFile(join(data, 'plates', scene.file)));
    const reads = [...reading.observations.flatMap((one) => one.plate ?? []), ...reading.strayPlates];
    const truths = scene.boxes.filter((one) => one.cls === 'plate');
    for (const truth of truths) {
      const height = truth.xyxy[3] - truth.xyxy[1];
      const band = bands[BANDS.findIndex((low, i) => height >= low && height < BANDS[i + 1]!)]!;
      const read = reads.find((one) => overlap(one.box, truth.xyxy) >= LEAST_OVERLAP);
      band.plates++;
      if (!read) continue;
      band.found++;
      if (read.text === truth.text) band.exact++;
      if (read.accepted) band.accepted++;
      if (read.accepted && truth.text && read.text !== truth.text) band.wrongAccepted++;
    }
    wrong += reads.filter((one) =>
      truths.every((truth) => covered(one.box, truth.xyxy) < 0.3 && overlap(one.box, truth.xyxy) < 0.1),
    ).length;
  }
  return { frames: scenes.length, bands, falseAFrame: wrong / Math.max(1, scenes.length) };
}
