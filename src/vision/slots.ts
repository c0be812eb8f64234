import { LETTERS } from './letters.js';
import type { PlateCharacter } from './observation.js';

/** What one reader's slots say, before anything is asked about the picture. */
export interface SlotRead {
  /** The likeliest characters, none hidden: for comparing reads with each other, never for showing. */
  readonly likeliest: string;
  /** `?` where the character is less sure than the threshold. */
  readonly text: string;
  readonly chars: readonly PlateCharacter[];
  /** The least sure of all slots, those that say "no character" among them, so that length counts too. */
  readonly confidence: number;
  /** [slots][LETTERS], calibrated, 4 digits. */
  readonly probs: readonly (readonly number[])[];
}

/** Softer (temperature above 1) or sharper probabilities; sums to 1. */
export function calibrate(probs: Float32Array, temperature: number): number[] {
  const exponent = 1 / temperature;
  const raised = new Array<number>(probs.length);
  let sum = 0;
  for (let i = 0; i < probs.length; i++) sum += raised[i] = Math.pow(Math.max(probs[i]!, 1e-12), exponent);
  return raised.map((p) => p / sum);
}

function best(row: readonly number[], among: number): number {
  let at = 0;
  for (let i = 1; i < among; i++) if (row[i]! > row[at]!) at = i;
  return at;
}

/**
 * Turns slot probabilities [slots * LETTERS] into characters. Slots are filled from the left. A gap within the text is a
 * character that cannot be read.
 */
export function decodeSlots(probs: Float32Array, temperature: number, least: number): SlotRead {
  const size = LETTERS.length;
  const rows = Array.from({ length: Math.floor(probs.length / size) }, (_, slot) =>
    calibrate(probs.subarray(slot * size, (slot + 1) * size), temperature),
  );
  return readRows(rows, least);
}

/** No view rules a character out alone: a probability below this counts as this. */
const FLOOR = 1e-5;

/** One read out of several views of the same plate: the geometric mean of their probabilities. */
export function fuse(views: readonly SlotRead[], least: number): SlotRead {
  const rows = views[0]!.probs.map((row, slot) => {
    const means = row.map((_, k) =>
      Math.exp(
        views.reduce((sum, view) => sum + Math.log(Math.max(FLOOR, view.probs[slot]![k]!)), 0) / views.length,
      ),
    );
    const total = means.reduce((a, b) => a + b, 0);
    return means.map((value) => value / total);
  });
  return readRows(rows, least);
}

function readRows(rows: readonly (readonly number[])[], least: number): SlotRead {
  const size = LETTERS.length;
  const none = size - 1;
  const winners = rows.map((row) => best(row, size));
  const length = winners.findLastIndex((winner) => winner !== none) + 1;
  const read = rows.slice(0, length).map((row) => {
    const at = best(row, none);
    return { likeliest: LETTERS[at]!, p: row[at]! };
  });
  const chars = read.map(({ likeliest, p }) => ({ c: p >= least ? likeliest : '?', p: round(p) }));
  const sure = [...read.map(({ p }) => p), ...rows.slice(length).map((row) => row[none]!)];
  return {
    likeliest: read.map((one) => one.likeliest).join(''),
    text: chars.map((one) => one.c).join(''),
    chars,
    confidence: length === 0 ? 0 : Math.min(...sure),
    probs: rows.map((row) => row.map(round)),
  };
}

function round(p: number): number {
  return Math.round(p * 1e4) / 1e4;
}
