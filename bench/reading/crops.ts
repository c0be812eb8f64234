import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { widen } from '../../src/vision/boxes.js';
import type { Box } from '../../src/vision/observation.js';
import type { Raster } from '../../src/vision/raster.js';
import { cropped, rasterOfFile, scaled, wholePixels } from '../pictures/raster.js';

/** A labelled plate with the same margin for every reader. */
export interface LabelledCrop {
  readonly file: string;
  readonly text: string;
  readonly lines: 1 | 2;
  readonly domain: string;
  readonly picture: Raster;
  /** Height of the plate itself within the picture, px. */
  readonly plateHeight: number;
  /** Where the plate lies, in shares of the picture's sides: true of the picture at any size. */
  readonly plate: Box;
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
const MARGIN_OF_CROPS = 0.04;
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
      const height = line.bbox ? line.bbox[3] - line.bbox[1] : frame.height / (1 + 2 * MARGIN_OF_CROPS);
      const shrink = Math.min(1, USUAL_HEIGHT[line.lines] / height);
      const picture = shrink < 1 ? scaled(whole, shrink) : whole;
      const { file, text, domain } = line;
      const plate = line.bbox ? within(wholePixels(frame, widen(line.bbox, MARGIN)), line.bbox) : CROPPED;
      return { file, text, lines: line.lines, domain, picture, plateHeight: height * shrink, plate };
    }),
  );
}

/** The plate in a picture made of this crop, which may have another size: what a detector's box says in a frame. */
export function plateIn({ plate: [x0, y0, x1, y1] }: LabelledCrop, { width, height }: Raster): Box {
  return [x0 * width, y0 * height, x1 * width, y1 * height];
}

const CROPPED = within(widen([0, 0, 1, 1], MARGIN_OF_CROPS), [0, 0, 1, 1]);

function within([left, top, right, bottom]: Box, [x0, y0, x1, y1]: Box): Box {
  const [width, height] = [right - left, bottom - top];
  return [(x0 - left) / width, (y0 - top) / height, (x1 - left) / width, (y1 - top) / height];
}
