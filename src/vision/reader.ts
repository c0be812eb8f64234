import type { CtcHead } from './ctc.js';
import type { ReaderEntry } from './manifest.js';
import type { Box, PlateColour } from './observation.js';
import type { Raster } from './raster.js';
import { stretch } from './resample.js';
import { openSession } from './session.js';
import { decodeSlots, type SlotRead } from './slots.js';

/** What the net says of one crop, or of several views of one plate. What it has no output for is null or empty. */
export interface CropRead {
  readonly slots: SlotRead;
  /** The second head, one a view. */
  readonly heads: readonly CtcHead[];
  readonly colour: { readonly colour: PlateColour; readonly confidence: number } | null;
  readonly lines: 1 | 2 | null;
}

export interface Reader {
  /** Reads a part of the frame, stretched onto the net's input whatever its shape. */
  read(frame: Raster, part: Box): Promise<CropRead>;
}

/** @throws VisionError MODEL_UNUSABLE */
export async function openReader(entry: ReaderEntry): Promise<Reader> {
  const { probs, ctc, colour, lines } = entry.outputs;
  const names = [probs, ctc, colour, lines].filter((name) => name !== undefined);
  const session = await openSession(entry.file, entry.input.name, names);
  const { height, width } = entry.input;
  return {
    async read(frame, part) {
      const outputs = await session.run(stretch(frame, part, width, height), [1, height, width, 3]);
      const of = (name: string | undefined): Float32Array | null => (name ? outputs[name]!.data : null);
      return {
        slots: decodeSlots(of(probs)!, entry.alphabet, entry.temperature, entry.thresholds.char),
        heads: ctc ? [{ probs: of(ctc)!, alphabet: entry.alphabet, bands: entry.ctcBands }] : [],
        colour: colourOf(of(colour), entry.colours),
        lines: linesOf(of(lines)),
      };
    },
  };
}

function colourOf(scores: Float32Array | null, colours: ReaderEntry['colours']): CropRead['colour'] {
  if (!scores || !colours) return null;
  const at = scores.indexOf(Math.max(...scores));
  const colour = colours[at];
  return colour ? { colour, confidence: scores[at]! } : null;
}

function linesOf(scores: Float32Array | null): 1 | 2 | null {
  return scores && (scores[1]! > scores[0]! ? 2 : 1);
}
