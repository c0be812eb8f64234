import { readFile } from 'node:fs/promises';
import { covered, overlap } from '../../src/vision/boxes.js';
import { openEyes } from '../../src/vision/eyes.js';
import type { Box } from '../../src/vision/observation.js';

/** One picture and the plates in it. */
export interface Scene {
  readonly path: string;
  readonly plates: readonly { readonly box: Box; readonly text?: string; readonly heightPx: number }[];
  /** Where a plate may be found or not: covered, cut or hidden ones. */
  readonly doubtful: readonly Box[];
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
export async function scoreFrames(scenes: readonly Scene[], manifest: string): Promise<FrameScore> {
  const eyes = await openEyes(manifest);
  const bands = BANDS.slice(1).map((high, i) => ({
    heightPx: high === Infinity ? `${BANDS[i]}+` : `${BANDS[i]}-${high}`,
    plates: 0,
    found: 0,
    exact: 0,
    accepted: 0,
    wrongAccepted: 0,
  }));
  let wrong = 0;
  for (const { path, plates, doubtful } of scenes) {
    const reading = await eyes.readFrame(await readFile(path));
    const reads = [...reading.observations.flatMap((one) => one.plate ?? []), ...reading.strayPlates];
    for (const truth of plates) {
      const band =
        bands[BANDS.findIndex((low, i) => truth.heightPx >= low && truth.heightPx < BANDS[i + 1]!)]!;
      const read = reads.find((one) => overlap(one.box, truth.box) >= LEAST_OVERLAP);
      band.plates++;
      if (!read) continue;
      band.found++;
      if (read.text === truth.text) band.exact++;
      if (read.accepted) band.accepted++;
      if (read.accepted && truth.text && read.text !== truth.text) band.wrongAccepted++;
    }
    const known = [...plates.map((one) => one.box), ...doubtful];
    wrong += reads.filter((one) =>
      known.every((box) => covered(one.box, box) < 0.3 && overlap(one.box, box) < 0.1),
    ).length;
  }
  return { frames: scenes.length, bands, falseAFrame: wrong / Math.max(1, scenes.length) };
}
