import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { widen } from '../../src/vision/boxes.js';
import type { Raster } from '../../src/vision/raster.js';
import { cropped, rasterOfFile, scaled } from '../pictures/raster.js';

/** A labelled plate with the same margin for every reader. */
export interface LabelledCrop {
  readonly file: string;
  readonly text: string;
  readonly lines: 1 | 2;
  readonly domain: string;
  readonly picture: Raster;
  /** Height of the plate itself within the picture, px. */
  readonly plateHeight: number;
}

interface Line {
  readonly file: string;
  readonly bbox: [number, number, number, number] | null;
  readonly text: string;
  readonly lines: 1 | 2;
  readonly domain: string;
  readonly split: string;
}

const MARGIN = 0.08;
/** Gate cameras see plates about this high; higher ones are brought down to it, so that blur in pixels means the same. */
const USUAL_HEIGHT = { 1: 27, 2: 66 } as const;

/** The plates of a split. Pictures that are crops already keep the margin that they have, taken as 4 %. */
export async function loadCrops(data: string, split: string): Promise<LabelledCrop[]> {
  const lines = (await readFile(join(data, 'plates/plates.jsonl'), 'utf8')).trim().split('\n');
  const wanted = lines.map((line) => JSON.parse(line) as Line).filter((line) => line.split === split);
  const frames = new Map<string, Promise<Raster>>();
  return Promise.all(
    wanted.map(async (line) => {
      if (!frames.has(line.file)) frames.set(line.file, rasterOfFile(join(data, 'plates', line.file)));
      const frame = await frames.get(line.file)!;
      const whole = line.bbox ? cropped(frame, widen(line.bbox, MARGIN)) : frame;
      const height = line.bbox ? line.bbox[3] - line.bbox[1] : frame.height / 1.08;
      const shrink = Math.min(1, USUAL_HEIGHT[line.lines] / height);
      const picture = shrink < 1 ? scaled(whole, shrink) : whole;
      const { file, text, domain } = line;
      return { file, text, lines: line.lines, domain, picture, plateHeight: height * shrink };
    }),
  );
}
