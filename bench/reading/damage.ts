import sharp from 'sharp';
import { decode } from '../../src/vision/decode.js';
import type { Raster } from '../../src/vision/raster.js';
import { normal } from '../pictures/random.js';
import { scaled } from '../pictures/raster.js';
import type { LabelledCrop } from './crops.js';

/** One way in which the road is harder than a gate, applied to every crop alike. */
export interface Condition {
  readonly name: string;
  apply(crop: LabelledCrop, random: () => number): Raster | Promise<Raster>;
}

/** Rounded noise of this many grey levels, as a sensor has it at high gain. */
const NOISE = 4;

const heights = [
  [18, 44],
  [14, 33],
  [11, 26],
  [8, 20],
] as const;

export const conditions: readonly Condition[] = [
  { name: 'as is', apply: (crop) => crop.picture },
  ...heights.map(([one, two]) => ({
    name: `${one} / ${two} px high`,
    apply: (crop: LabelledCrop) => {
      const scale = (crop.lines === 1 ? one : two) / crop.plateHeight;
      return scale < 1 ? scaled(crop.picture, scale) : crop.picture;
    },
  })),
  ...[5, 7].map((pixels) => ({
    name: `${pixels} px blur`,
    apply: (crop: LabelledCrop) => blurred(crop.picture, pixels),
  })),
  { name: 'JPEG q15', apply: (crop) => recompressed(crop.picture, 15) },
  ...[0.25, 0.15].map((share) => ({
    name: `brightness x${share} + noise`,
    apply: (crop: LabelledCrop, random: () => number) => darkened(crop.picture, share, random),
  })),
];

/** The mean of `pixels` neighbours along the row: a vehicle that crosses the view during the exposure. */
function blurred(source: Raster, pixels: number): Raster {
  const { width, height } = source;
  const data = new Uint8Array(source.data.length);
  const reach = Math.floor(pixels / 2);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let k = -reach; k <= reach; k++) {
          sum += source.data[(y * width + Math.min(Math.max(x + k, 0), width - 1)) * 3 + c]!;
        }
        data[(y * width + x) * 3 + c] = Math.round(sum / (2 * reach + 1));
      }
    }
  }
  return { data, width, height };
}

function darkened(source: Raster, share: number, random: () => number): Raster {
  const data = Uint8ClampedArray.from(source.data, (value) => value * share + normal(random) * NOISE);
  return { ...source, data: new Uint8Array(data.buffer) };
}

async function recompressed({ data, width, height }: Raster, quality: number): Promise<Raster> {
  return decode(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toBuffer(),
  );
}
