import { widen } from './boxes.js';
import { hsv, samplePixels } from './colour-space.js';
import type { Box, PlateColour } from './observation.js';
import type { Raster } from './raster.js';

export interface ColourRead {
  readonly colour: PlateColour;
  readonly confidence: number;
}

/** Hues of the grounds that TT79/2024 names, with room for dirt, dusk and a camera's white balance. */
const GROUNDS: readonly { colour: PlateColour; from: number; to: number }[] = [
  { colour: 'red', from: 340, to: 375 },
  { colour: 'yellow', from: 32, to: 72 },
  { colour: 'blue', from: 190, to: 255 },
];
const COLOURFUL = 0.38;
/** Darker than this, hue is noise. */
const SEEN = 0.16;
const SAMPLES = 600;

/** The ground's colour from the pixels of a plate's box, for a reader that does not tell it. `other` where it cannot be told. */
export function plateColourOf(frame: Raster, box: Box): ColourRead {
  const votes: Record<PlateColour, number> = { white: 0, yellow: 0, blue: 0, red: 0, other: 0 };
  const count = samplePixels(frame, widen(box, -0.08), SAMPLES, (r, g, b) => {
    const [hue, saturation, value] = hsv(r, g, b);
    if (value < SEEN) return;
    if (saturation < COLOURFUL) votes.white++;
    else votes[GROUNDS.find((one) => within(hue, one))?.colour ?? 'other']++;
  });
  const seen = votes.white + votes.yellow + votes.blue + votes.red + votes.other;
  if (count === 0 || seen < count * 0.2) return { colour: 'other', confidence: 0 };
  const coloured = GROUNDS.map(({ colour }) => colour).sort((a, b) => votes[b] - votes[a])[0]!;
  // White letters take up to half of a blue or red plate, so a third of it is enough to call the ground coloured.
  const share = votes[coloured] / seen;
  if (share >= 0.33) return { colour: coloured, confidence: Math.min(1, share * 1.5) };
  const white = votes.white / seen;
  return white >= 0.6 ? { colour: 'white', confidence: white } : { colour: 'other', confidence: 1 - white };
}

function within(hue: number, { from, to }: { from: number; to: number }): boolean {
  return (hue >= from && hue <= to) || hue + 360 <= to;
}
