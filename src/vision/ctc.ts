import { LETTERS } from './letters.js';

/**
 * The reader's second opinion: a CTC head (Graves et al. 2006) over the columns of one or two row bands, top band
 * first. It sees the same picture another way, and it tells where in the crop each character lies.
 */
export interface CtcHead {
  /** [time, LETTERS] */
  readonly probs: Float32Array;
  readonly bands: number;
}

/** Probability a character, 0 to 1, that the head gives `text`: the geometric mean of the sum over all its paths. */
export function agreement({ probs }: CtcHead, text: string): number {
  const size = LETTERS.length;
  const blank = size - 1;
  const states = [blank, ...[...text].flatMap((c) => [LETTERS.indexOf(c), blank])];
  const time = probs.length / size;
  if (text.length === 0 || states.includes(-1)) return 0;
  let row = new Float64Array(states.length);
  let before = new Float64Array(states.length);
  row.set([probs[states[0]!]!, probs[states[1]!]!]);
  let log = 0;
  for (let t = 1; t < time; t++) {
    [before, row] = [row, before];
    let sum = 0;
    for (let i = 0; i < states.length; i++) {
      const symbol = states[i]!;
      const skips = i > 1 && symbol !== blank && symbol !== states[i - 2];
      const reached = before[i]! + (i > 0 ? before[i - 1]! : 0) + (skips ? before[i - 2]! : 0);
      row[i] = reached * probs[t * size + symbol]!;
      sum += row[i]!;
    }
    if (sum === 0) return 0;
    log += Math.log(sum);
    for (let i = 0; i < states.length; i++) row[i]! /= sum;
  }
  const end = row[states.length - 1]! + row[states.length - 2]!;
  return end === 0 ? 0 : Math.exp((log + Math.log(end)) / text.length);
}

export interface PlacedCharacter {
  readonly c: string;
  readonly band: number;
  /** Centre, 0 at the crop's left edge to 1 at its right. */
  readonly x: number;
}

/** The characters on the head's best path, each where it peaks. */
export function charactersOf(head: CtcHead): PlacedCharacter[] {
  const size = LETTERS.length;
  const time = head.probs.length / size;
  const columns = time / head.bands;
  const placed: (PlacedCharacter & { p: number })[] = [];
  let last = size - 1;
  for (let t = 0; t < time; t++) {
    let at = 0;
    for (let i = 1; i < size; i++) if (head.probs[t * size + i]! > head.probs[t * size + at]!) at = i;
    const p = head.probs[t * size + at]!;
    if (at !== size - 1) {
      const here = {
        c: LETTERS[at]!,
        band: Math.floor(t / columns),
        x: ((t % columns) + 0.5) / columns,
        p,
      };
      if (at !== last) placed.push(here);
      else if (p > placed[placed.length - 1]!.p) placed[placed.length - 1] = here;
    }
    last = at;
  }
  return placed.map(({ c, band, x }) => ({ c, band, x }));
}

/**
 * How far the outermost characters' centres are from the crop's sides, in widths from character to character:
 * 0.5 is a character that just touches the edge, less is one that is cut. Infinity where it cannot be told.
 */
export function roomAtSides(placed: readonly PlacedCharacter[]): number {
  const rooms = [...new Set(placed.map((one) => one.band))].map((band) => {
    const xs = placed.filter((one) => one.band === band).map((one) => one.x);
    if (xs.length < 3) return Infinity;
    const low = Math.min(...xs);
    const high = Math.max(...xs);
    return Math.min(low, 1 - high) / ((high - low) / (xs.length - 1));
  });
  return Math.min(Infinity, ...rooms);
}
