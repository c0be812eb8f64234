import type { Box } from './observation.js';

/** A decoded picture: RGB, 3 bytes a pixel, rows without gaps. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The whole picture as a box. */
export function frameOf(raster: Raster): Box {
  return [0, 0, raster.width, raster.height];
}
