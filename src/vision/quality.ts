import { clip } from './boxes.js';
import type { Box } from './observation.js';
import { frameOf, type Raster } from './raster.js';

/** What the pixels of a plate's box allow a reader to see, whatever its score says. */
export interface Quality {
  /** Mean step between neighbours along a row over the plate's contrast: blur and few pixels lower it. */
  readonly sharpness: number;
  /** 90th percentile of brightness, 0 to 255: the lighter of paint and ground. */
  readonly light: number;
}

/** Measures a box at the frame's own resolution. A box without pixels has neither sharpness nor light. */
export function qualityOf(frame: Raster, box: Box): Quality {
  const [x0, y0, x1, y1] = clip(box, frameOf(frame)).map(Math.round) as [number, number, number, number];
  if (x1 - x0 < 2 || y1 - y0 < 1) return { sharpness: 0, light: 0 };
  const histogram = new Uint32Array(256);
  const rowStep = Math.max(1, Math.floor((y1 - y0) / 64));
  let steps = 0;
  let count = 0;
  for (let y = y0; y < y1; y += rowStep) {
    let before = -1;
    for (let x = x0; x < x1; x++) {
      const p = (y * frame.width + x) * 3;
      const grey = (frame.data[p]! * 77 + frame.data[p + 1]! * 150 + frame.data[p + 2]! * 29) >> 8;
      histogram[grey]!++;
      if (before >= 0) steps += Math.abs(grey - before);
      before = grey;
      count++;
    }
  }
  const light = percentile(histogram, count, 0.9);
  const contrast = percentile(histogram, count, 0.95) - percentile(histogram, count, 0.05);
  return { sharpness: contrast < 1 ? 0 : steps / count / contrast, light };
}

function percentile(histogram: Uint32Array, count: number, share: number): number {
  let seen = 0;
  for (let value = 0; value < 256; value++) {
    seen += histogram[value]!;
    if (seen >= count * share) return value;
  }
  return 255;
}
