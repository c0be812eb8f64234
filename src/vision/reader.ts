import type { CtcHead } from './ctc.js';
import { inOurLetters } from './letters.js';
import type { ReaderEntry } from './manifest.js';
import type { Box, PlateColour } from './observation.js';
import type { Raster } from './raster.js';
import { stretch } from './resample.js';
import { openSession, type Outputs } from './session.js';
import { decodeSlots, type SlotRead } from './slots.js';
import { tryOut, type Expected } from './trial.js';

/** What the net says of one crop, or of several views of one plate. What it has no output for is null or empty. */
export interface CropRead {
  readonly slots: SlotRead;
  /** The second head, one a view. */
  readonly heads: readonly CtcHead[];
  readonly colour: { readonly colour: PlateColour; readonly confidence: number } | null;
  readonly lines: 1 | 2 | null;
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
  const { height, width } = entry.input;
  const blank = await tryOut(session, entry.file, [height, width], outputsOf(entry));
  const second = entry.secondLook && (await openSecondLook(entry, entry.secondLook, blank));
  const arranged = inOurLetters(entry.alphabet);
  const slotsOf = (data: Float32Array): SlotRead =>
    decodeSlots(arranged(data), entry.temperature, entry.thresholds.char);
  return {
    async read(frame, part, worth = () => true) {
      const crop = stretch(frame, part, width, height);
      const outputs = await session.run(crop, [1, height, width, 3]);
      const of = (name: string | undefined): Float32Array | null => (name ? outputs[name]!.data : null);
      const first: CropRead = {
        slots: slotsOf(of(probs)!),
        heads: ctc ? [{ probs: arranged(of(ctc)!), bands: entry.ctcBands }] : [],
        colour: colourOf(of(colour), entry.colours),
        lines: linesOf(of(lines)),
      };
      if (!second?.mayTell(first.slots) || !worth(first)) return first;
      return { ...first, slots: slotsOf(await second.look(crop, outputs)) };
    },
  };
}

/** Most plates are plain at the first look, and most of what is no plate is plainly none; only what lies between pays for a second. */
async function openSecondLook(
  { input, slots, alphabet }: ReaderEntry,
  { file, given, probs, ask }: NonNullable<ReaderEntry['secondLook']>,
  blank: Outputs,
) {
  const { name, height, width } = input;
  const session = await openSession(file, name, [probs], [given.input]);
  const handed = (first: Outputs): Outputs => ({ [given.input]: first[given.output]! });
  await tryOut(session, file, [height, width], [[probs, [1, slots, alphabet.length]]], handed(blank));
  return {
    mayTell: ({ confidence }: SlotRead): boolean => confidence >= ask.from && confidence < ask.to,
    async look(crop: Uint8Array, first: Outputs): Promise<Float32Array> {
      return (await session.run(crop, [1, height, width, 3], handed(first)))[probs]!.data;
    },
  };
}

function outputsOf({ slots, alphabet, outputs, ctcBands, colours = [] }: ReaderEntry): Expected {
  const { probs, ctc, colour, lines } = outputs;
  return [
    [probs, [1, slots, alphabet.length]],
    ...(ctc ? [[ctc, [1, { multipleOf: ctcBands }, alphabet.length]] as const] : []),
    ...(colour ? [[colour, [1, colours.length]] as const] : []),
    ...(lines ? [[lines, [1, 2]] as const] : []),
  ];
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
