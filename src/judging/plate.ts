import { displayOf, formatsOf } from '../plates/index.js';
import { LETTERS } from '../vision/letters.js';
import type { PlateColour, PlateRead } from '../vision/observation.js';
import type { PassagePlate, PlateVote } from './passage.js';

/** The column of `probs` that means "no character". */
const NONE = LETTERS.length - 1;
/** A fused character below this is not shown. */
const READABLE = 0.6;
/** Every fused character must reach this: at .8 one frame in 25 that was sure of an M outweighed those that saw an N. */
const SURE = 0.95;
/** Another accepted text with this share of the weight means that the frames disagree. */
const DISSENT = 0.2;
const KEPT_VOTES = 16;
/** A read that its reader does not stand by weighs this much of one that it does. */
const UNSURE = 0.3;
const FLOOR = 1e-4;

/** Running sums of a track's reads: small, whatever the number of frames. */
export interface PlateSum {
  /** Weighted sums of log probabilities [slots][alphabet]. */
  readonly logs: readonly (readonly number[])[];
  readonly weight: number;
  /** Weight of the accepted reads by text. */
  readonly accepted: Readonly<Record<string, number>>;
  readonly colours: Readonly<Record<string, number>>;
  readonly lines: Readonly<Record<string, number>>;
  readonly votes: readonly PlateVote[];
  /** By text: looks that the reader stands by, and looks that it would stand by, did not its second head say otherwise; absent in older memories. */
  readonly looks?: {
    readonly accepted: Readonly<Record<string, number>>;
    readonly disputed: Readonly<Record<string, number>>;
  };
}

const NOTHING: PlateSum = { logs: [], weight: 0, accepted: {}, colours: {}, lines: {}, votes: [] };
/** A look this sure whose two heads disagree speaks against the looks that say the same undisputed. */
const DISPUTED = 0.85;
/** A read of a cut or unfit plate is surely wrong, not merely unsure. */
const WORTHLESS = new Set(['clipped', 'not-a-plate']);

/**
 * Adds one frame's read. Its weight grows with the height of a row of characters (a plate twice as high says more) and with
 * the reader's own confidence. `share` lowers it where another vehicle might own the plate.
 */
export function addRead(
  sum: PlateSum | null,
  read: PlateRead,
  from: { frameId: string; cameraId: string; idx: number; at: number },
  share = 1,
): PlateSum | null {
  if (read.abstentions.some((reason) => WORTHLESS.has(reason))) return sum;
  const before = sum ?? NOTHING;
  const rowPx = read.heightPx / read.lines;
  const weight = round(
    share *
      (read.accepted ? 1 : UNSURE) *
      Math.min(3, Math.max(0.1, rowPx / 14)) ** 3 *
      Math.max(0.05, read.confidence) ** 2,
  );
  const vote: PlateVote = {
    ...from,
    text: read.text,
    accepted: read.accepted,
    confidence: read.confidence,
    box: read.box,
    heightPx: read.heightPx,
    weight,
  };
  return {
    // Rows of another length are kept as votes, not fused.
    logs:
      read.probs.length > 0 && read.probs.every((row) => row.length === LETTERS.length)
        ? addLogs(before.logs, read.probs, weight)
        : before.logs,
    weight: round(before.weight + weight),
    accepted: read.accepted ? bump(before.accepted, read.text, weight) : before.accepted,
    looks: {
      accepted: counted(before.looks?.accepted, read, read.accepted),
      disputed: counted(before.looks?.disputed, read, isDisputed(read)),
    },
    colours: bump(before.colours, read.colour, weight * read.colourConfidence),
    lines: bump(before.lines, String(read.lines), weight),
    votes: [...before.votes, vote]
      .sort((a, b) => b.weight - a.weight || a.at - b.at || a.idx - b.idx)
      .slice(0, KEPT_VOTES),
  };
}

const counted = (
  looks: Readonly<Record<string, number>> = {},
  { text }: PlateRead,
  counts: boolean,
): Readonly<Record<string, number>> => (counts ? bump(looks, text, 1) : looks);

const isDisputed = (read: PlateRead): boolean =>
  read.confidence >= DISPUTED && read.abstentions.includes('heads-disagree');

function addLogs(logs: PlateSum['logs'], probs: PlateRead['probs'], weight: number): number[][] {
  return probs.map((row, slot) =>
    row.map((p, i) => round((logs[slot]?.[i] ?? 0) + weight * Math.log(Math.max(FLOOR, p)))),
  );
}

/** What all frames together say: the geometric mean of their probabilities, or an abstention. */
export function fuse(sum: PlateSum | null): PassagePlate | null {
  if (sum === null || sum.votes.length === 0) return null;
  const chars =
    sum.logs.length > 0
      ? fusedChars(sum)
      : sum.votes[0]!.text.split('').map((c) => ({ c, p: sum.votes[0]!.confidence }));
  const text = chars.map((one) => one.c).join('');
  const lines = Number(heaviest(sum.lines).name) === 2 ? 2 : 1;
  const colour = heaviest(sum.colours);
  const reason = objection(sum, text, chars);
  return {
    text,
    display: displayOf(text, lines),
    accepted: reason === null,
    reason,
    confidence: chars.length === 0 ? 0 : Math.min(...chars.map((one) => one.p)),
    chars,
    lines,
    colour: colour.name as PlateColour,
    colourConfidence: round(colour.share),
    reads: sum.votes,
  };
}

function fusedChars(sum: PlateSum): { c: string; p: number }[] {
  const slots = sum.logs.map((row) => {
    const means = row.map((log) => Math.exp(log / sum.weight));
    const total = means.reduce((a, b) => a + b, 0);
    const at = means.indexOf(Math.max(...means));
    return { at, p: means[at]! / total };
  });
  const length = slots.findLastIndex((slot) => slot.at !== NONE) + 1;
  return slots.slice(0, length).map(({ at, p }) => ({
    c: at === NONE || p < READABLE ? '?' : LETTERS[at]!,
    p: at === NONE ? 0 : round(p),
  }));
}

function objection(sum: PlateSum, text: string, chars: readonly { p: number }[]): PassagePlate['reason'] {
  if (text === '' || text.includes('?')) return 'unreadable-character';
  const spoken = Object.values(sum.accepted).reduce((a, b) => a + b, 0);
  if (spoken === 0) return 'low-confidence';
  // A letter that is taken for another is taken so again and again; where the second head mostly objects, one look is too few.
  const looks = (of: 'accepted' | 'disputed'): number => sum.looks?.[of][text] ?? 0;
  if (looks('accepted') === 1 && looks('disputed') >= 2) return 'low-confidence';
  if (spoken - (sum.accepted[text] ?? 0) >= DISSENT * spoken) return 'frames-disagree';
  if (chars.some((one) => one.p < SURE)) return 'low-confidence';
  return formatsOf(text).length === 0 ? 'no-such-format' : null;
}

function heaviest(tally: Readonly<Record<string, number>>): { name: string; share: number } {
  const all = Object.entries(tally).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const total = all.reduce((sum, [, weight]) => sum + weight, 0);
  return { name: all[0]?.[0] ?? 'other', share: total === 0 ? 0 : all[0]![1] / total };
}

const bump = (tally: Readonly<Record<string, number>>, name: string, by: number): Record<string, number> => ({
  ...tally,
  [name]: round((tally[name] ?? 0) + by),
});
const round = (value: number): number => Math.round(value * 1e4) / 1e4;
