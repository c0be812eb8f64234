import { readFile } from 'node:fs/promises';
import { clip } from '../../src/vision/boxes.js';
import { decode } from '../../src/vision/decode.js';
import type { Box } from '../../src/vision/observation.js';
import { frameOf, type Raster } from '../../src/vision/raster.js';
import { stretch } from '../../src/vision/resample.js';

export async function rasterOfFile(file: string): Promise<Raster> {
  return decode(await readFile(file));
}

/** What of a box lies in the picture, in whole pixels. */
export function wholePixels(source: Raster, box: Box): Box {
  const [x0, y0, x1, y1] = clip(box, frameOf(source));
  return [Math.round(x0), Math.round(y0), Math.round(x1), Math.round(y1)];
}

/** A part of a picture in its own pixels. */
export function cropped(source: Raster, box: Box): Raster {
  const [x0, y0, x1, y1] = wholePixels(source, box);
  const width = Math.max(1, x1 - x0);
  const height = Math.max(1, y1 - y0);
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const from = ((y0 + y) * source.width + x0) * 3;
    data.set(source.data.subarray(from, from + width * 3), y * width * 3);
  }
  return { data, width, height };
}

export function scaled(source: Raster, scale: number): Raster {
  const width = Math.max(2, Math.round(source.width * scale));
  const height = Math.max(2, Math.round(source.height * scale));
  return { data: stretch(source, frameOf(source), width, height), width, height };
}
