import type { CtcHead } from './ctc.js';
import type { ReaderEntry } from './manifest.js';
import type { Box, PlateColour } from './observation.js';
import type { Raster } from './raster.js';
import { stretch } from './resample.js';
import { openSession, type Outputs } from './session.js';
import { decodeSlots, type SlotRead } from './slots.js';

/** What the net says of one crop, or of several views of one plate. What it has no output for is null or empty. */
export interface CropRead {
  readonly slots: SlotRead;
  /** The second head, one a view. */
  readonly heads: readonly CtcHead[];
  readonly colour: { readonly colour: PlateColour; readonly confidence: number } | null;
  readonly lines: 1 | 2 | null;
  /** How many runs of a net it took. */
  readonly looks: number;
}

export interface Reader {
  /** Reads a part of the frame, stretched onto the net's input whatever its shape; looks twice in doubt, unless the first look is not `worth` it. */
  read(frame: Raster, part: Box, worth?: (first: CropRead) => boolean): Promise<CropRead>;
}

/** @throws VisionError MODEL_UNUSABLE */
export async function openReader(entry: ReaderEntry): Promise<Reader> {
  const { probs, ctc, colour, lines } = entry.outputs;
  const handed = entry.secondLook?.given.output;
  const names = [probs, ctc, colour, lines, handed].filter((name) => name !== undefined);
  const session = await openSession(entry.file, entry.input.name, names);
  const second = entry.secondLook && (await openSecondLook(entry.secondLook, entry.input));
  const { height, width } = entry.input;
  const slotsOf = (data: Float32Array): SlotRead =>
    decodeSlots(data, entry.alphabet, entry.temperature, entry.thresholds.char);
  return {
    async read(frame, part, worth = () => true) {
      const crop = stretch(frame, part, width, height);
      const outputs = await session.run(crop, [1, height, width, 3]);
      const of = (name: string | undefined): Float32Array | null => (name ? outputs[name]!.data : null);
      const first: CropRead = {
        slots: slotsOf(of(probs)!),
        heads: ctc ? [{ probs: of(ctc)!, alphabet: entry.alphabet, bands: entry.ctcBands }] : [],
        colour: colourOf(of(colour), entry.colours),
        lines: linesOf(of(lines)),
        looks: 1,
      };
      if (!second?.mayTell(first.slots) || !worth(first)) return first;
      return { ...first, slots: slotsOf(await second.look(crop, outputs)), looks: 2 };
    },
  };
}

/** Most plates are plain at the first look, and most of what is no plate is plainly none; only what lies between pays for a second. */
async function openSecondLook(
  { file, given, probs, ask }: NonNullable<ReaderEntry['secondLook']>,
  { name, height, width }: ReaderEntry['input'],
) {
  const session = await openSession(file, name, [probs], [given.input]);
  return {
    mayTell: ({ confidence }: SlotRead): boolean => confidence >= ask.from && confidence < ask.to,
    async look(crop: Uint8Array, first: Outputs): Promise<Float32Array> {
      const floats = { [given.input]: first[given.output]! };
      return (await session.run(crop, [1, height, width, 3], floats))[probs]!.data;
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
