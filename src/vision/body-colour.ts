import { hsv, samplePixels } from './colour-space.js';
import type { BodyColour, Box, VehicleKind } from './observation.js';
import type { Raster } from './raster.js';

type Named = Exclude<BodyColour, 'unknown'>;

const SAMPLES = 500;
/** A colour must hold this share of the body, and lead the next by this, or it is not named. */
const LEAST_SHARE = 0.4;
const LEAST_LEAD = 0.12;
const LEAST_SIDE_PX = 40;
/** Where the body's sheet metal is, as shares of the vehicle's box: below the windows, above the wheels and shadow. */
const SHEET = { x: [0.18, 0.82], y: [0.4, 0.72] } as const;

/**
 * Colour of a vehicle's body by a vote of its pixels; `unknown` when no colour leads clearly, by night, for what is
 * small, and for motorcycles, of which a camera sees more rider than body.
 */
export function bodyColourOf(frame: Raster, kind: VehicleKind, box: Box): BodyColour {
  const width = box[2] - box[0];
  const height = box[3] - box[1];
  if (kind === 'motorcycle' || Math.min(width, height) < LEAST_SIDE_PX) return 'unknown';
  const sheet: Box = [
    box[0] + width * SHEET.x[0],
    box[1] + height * SHEET.y[0],
    box[0] + width * SHEET.x[1],
    box[1] + height * SHEET.y[1],
  ];
  const votes = new Map<Named, number>();
  let brightness = 0;
  const count = samplePixels(frame, sheet, SAMPLES, (r, g, b) => {
    const named = nameOf(r, g, b);
    brightness += Math.max(r, g, b);
    votes.set(named, (votes.get(named) ?? 0) + 1);
  });
  const ranked = [...votes].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (!first || first[1] < count * LEAST_SHARE || first[1] - (second?.[1] ?? 0) < count * LEAST_LEAD)
    return 'unknown';
  // In the dark everything is black.
  return first[0] === 'black' && brightness / count < 28 ? 'unknown' : first[0];
}

function nameOf(r: number, g: number, b: number): Named {
  const [hue, saturation, value] = hsv(r, g, b);
  if (value < 0.22) return 'black';
  if (saturation < 0.2) return value > 0.68 ? 'white' : value > 0.3 ? 'grey' : 'black';
  if (saturation < 0.32 && value < 0.4) return 'grey';
  if (hue < 14 || hue >= 342) return 'red';
  if (hue < 42) return value < 0.62 || saturation < 0.5 ? 'brown' : 'yellow';
  if (hue < 70) return saturation < 0.35 ? 'grey' : 'yellow';
  if (hue < 170) return 'green';
  if (hue < 265) return 'blue';
  return 'red';
}
