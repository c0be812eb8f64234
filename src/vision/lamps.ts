import { area, clip } from './boxes.js';
import { hsv, samplePixels } from './colour-space.js';
import type { Box, LampReading } from './observation.js';
import { frameOf, type Raster } from './raster.js';

/** A signal head's place in the camera's picture, as the site's version gives it. */
export interface LampRegion {
  readonly signal: string;
  readonly region: Box;
}

const SAMPLES = 4000;
/** A lit lamp is bright and coloured, at least in the halo around its burnt-out middle. */
const LIT = { value: 0.45, saturation: 0.45 } as const;
/** Share of the region that must be lit: one lens of three is about a quarter of the head. */
const LEAST_LIT = 0.015;
/** The leading colour must have this many times the pixels of the next. */
const LEAD = 2.5;

const HUES = [
  { state: 'red', from: 335, to: 378 },
  { state: 'amber', from: 24, to: 62 },
  { state: 'green', from: 85, to: 195 },
] as const;

/** Reads each lamp region: `dark` where nothing is lit, `unknown` where it cannot be told (two colours, no pixels). */
export function readLamps(frame: Raster, lamps: readonly LampRegion[]): LampReading[] {
  return lamps.map(({ signal, region }) => ({ signal, ...stateOf(frame, clip(region, frameOf(frame))) }));
}

function stateOf(frame: Raster, region: Box): Pick<LampReading, 'state' | 'score'> {
  if (area(region) < 4) return { state: 'unknown', score: 0 };
  const lit = { red: 0, amber: 0, green: 0 };
  const count = samplePixels(frame, region, SAMPLES, (r, g, b) => {
    const [hue, saturation, value] = hsv(r, g, b);
    if (value < LIT.value || saturation < LIT.saturation) return;
    const named = HUES.find(({ from, to }) => (hue >= from && hue <= to) || hue + 360 <= to);
    // Brighter and purer pixels say more: paint and brake lights in the background are duller.
    if (named) lit[named.state] += value * value * saturation;
  });
  const [first, second] = HUES.map(({ state }) => ({ state, weight: lit[state] })).sort(
    (a, b) => b.weight - a.weight,
  );
  const total = lit.red + lit.amber + lit.green;
  if (total < count * LEAST_LIT) return { state: 'dark', score: clamp(1 - total / (count * LEAST_LIT)) };
  if (first!.weight < second!.weight * LEAD) return { state: 'unknown', score: 0 };
  return { state: first!.state, score: clamp(first!.weight / total) };
}

function clamp(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
}
