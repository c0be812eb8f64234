import { displayOf, formatsOf } from '../plates/index.js';
import { abstentionsOf, type Evidence } from './abstain.js';
import { rounded, widen } from './boxes.js';
import { agreement, charactersOf, roomAtSides } from './ctc.js';
import type { ReaderEntry } from './manifest.js';
import type { Box, PlateRead } from './observation.js';
import type { Detection } from './peaks.js';
import { plateColourOf } from './plate-colour.js';
import { linesByShape } from './plate-shape.js';
import { qualityOf } from './quality.js';
import { frameOf, type Raster } from './raster.js';
import type { CropRead, Reader } from './reader.js';
import { fuse } from './slots.js';
import { isPlate } from './veto.js';

/**
 * Shares of the box's width and height that are added on each side: with none a reader loses a tenth of its plates. The
 * second view is taken when the first leaves a doubt, the others while a character may still lie outside.
 */
const MARGINS = [0.08, 0.13, 0.22, 0.32] as const;
/** A crop has the margin that it has; its second view repeats its edge. */
const CROP_MARGINS = [0, 0.05] as const;
/**
 * A crop of which nobody says where its plate lies is taken to have a reader's usual margin, which is no plate: too many
 * pixels counted would let a plate pass that is too small to be believed.
 */
const CROP_OVER_PLATE = 1 + 2 * MARGINS[0];
/** From here on a second view changes nothing, unless a manifest asks more than this of an accepted read. */
const SURE = 0.99;
/**
 * Below this room the outermost character may have a neighbour outside the crop: ask again, wider. At .8 a quarter of such
 * a neighbour would still show, and a read that is sure all the same is believed: of 1,668 boxes cut on purpose through
 * real plates (4 to 30 % of the width) none was accepted with a wrong text, at .8 no more than at 1.
 */
const ROOM_TO_TRUST = { sure: 0.8, doubtful: 1 } as const;
/** Below this room the character itself is cut. */
const ROOM_OF_WHOLE = 0.1;
/** What is left of a cut plate can look like one of the old series of four digits, so those must show more of their edge. */
const SHORT = 7;
const ROOM_OF_SHORT = 0.6;
/**
 * Below this a wider view makes nothing acceptable: of 1,019 boxes in the twin's roads and in photographs none whose first
 * view was under .6 came to be accepted. What the box may have cut is left to the frames to come.
 */
const LEAST_TO_ASK_WIDER = 0.5;

/**
 * Reads the plate in a box of the frame, again with a wider crop where it is in doubt or a character may lie outside.
 * Null if what is there is no plate.
 */
export async function readPlate(
  reader: Reader,
  entry: ReaderEntry,
  frame: Raster,
  { box, score }: Pick<Detection, 'box' | 'score'>,
): Promise<PlateRead | null> {
  // Nothing can make a plate of so few pixels acceptable; the frames to come show it nearer.
  const large = (read: CropRead): boolean => rowPxOf(read, box) >= entry.thresholds.minRowPx;
  const first = await reader.read(frame, widen(box, MARGINS[0]), large);
  if (!isPlate(first.slots, score)) return null;
  const { read, settled } = large(first)
    ? await askWider(reader, entry, frame, box, first)
    : { read: first, settled: true };
  const clipped = !settled || touchesFrame(box, frame);
  return judged(entry, frame, box, read, { clipped, rowPx: rowPxOf(read, box) });
}

/**
 * Reads a picture that is a plate already cropped: there is nothing wider to ask. `plate` is the plate itself in the crop,
 * where it is known, and what is said of pixels and colours is then said of it.
 */
export async function readCrop(
  reader: Reader,
  entry: ReaderEntry,
  crop: Raster,
  plate?: Box,
): Promise<PlateRead> {
  const box = frameOf(crop);
  let read = await reader.read(crop, widen(box, CROP_MARGINS[0]));
  const room = roomOf(read);
  if (read.slots.confidence < sureOf(entry)) {
    read = together(entry, read, await reader.read(crop, widen(box, CROP_MARGINS[1])));
  }
  const needed = read.slots.likeliest.length <= SHORT ? ROOM_OF_SHORT : ROOM_OF_WHOLE;
  // A model without a second head cannot tell where its characters lie.
  const clipped = read.heads.length > 0 && room < needed;
  const rowPx = plate ? rowPxOf(read, plate) : rowPxOf(read, box) / CROP_OVER_PLATE;
  return judged(entry, crop, plate ?? box, read, { clipped, rowPx });
}

/** A read that stands by itself, or two views fused of which the wider has nothing new; else it is not settled. */
async function askWider(reader: Reader, entry: ReaderEntry, frame: Raster, box: Box, first: CropRead) {
  const sure = first.slots.confidence >= sureOf(entry);
  const tight = roomOf(first) < (sure ? ROOM_TO_TRUST.sure : ROOM_TO_TRUST.doubtful);
  if ((!tight && sure) || first.slots.confidence < LEAST_TO_ASK_WIDER)
    return { read: first, settled: !tight };
  let before = first;
  let read = first;
  for (const margin of MARGINS.slice(1)) {
    const wider = await reader.read(frame, widen(box, margin));
    read = together(entry, before, wider);
    if (!tight || wider.slots.likeliest === before.slots.likeliest) return { read, settled: true };
    before = wider;
  }
  return { read, settled: false };
}

function sureOf({ thresholds }: ReaderEntry): number {
  return Math.max(SURE, thresholds.accept);
}

function together(entry: ReaderEntry, a: CropRead, b: CropRead): CropRead {
  const slots = fuse([a.slots, b.slots], entry.thresholds.char);
  return { ...a, slots, heads: [...a.heads, ...b.heads] };
}

function roomOf({ heads }: CropRead): number {
  return heads[0] ? roomAtSides(charactersOf(heads[0])) : 0;
}

/** Mean over the views; null without a second head. */
function agreementOf({ heads, slots }: CropRead): number | null {
  if (heads.length === 0) return null;
  return Math.exp(
    heads.reduce((sum, head) => sum + Math.log(Math.max(1e-9, agreement(head, slots.likeliest))), 0) /
      heads.length,
  );
}

function linesOf({ lines }: CropRead, box: Box): 1 | 2 {
  return lines ?? linesByShape(box);
}

function rowPxOf(read: CropRead, box: Box): number {
  return (box[3] - box[1]) / linesOf(read, box);
}

function touchesFrame(box: Box, frame: Raster): boolean {
  return box[0] < 1 || box[1] < 1 || box[2] > frame.width - 1 || box[3] > frame.height - 1;
}

function judged(
  entry: ReaderEntry,
  frame: Raster,
  box: Box,
  read: CropRead,
  { clipped, rowPx }: Pick<Evidence, 'clipped' | 'rowPx'>,
): PlateRead {
  const { slots } = read;
  const heightPx = box[3] - box[1];
  const lines = linesOf(read, box);
  const { colour, confidence: colourConfidence } = read.colour ?? plateColourOf(frame, box);
  const quality = qualityOf(frame, box);
  const abstentions = abstentionsOf(
    {
      text: slots.text,
      confidence: slots.confidence,
      agreement: agreementOf(read),
      rowPx,
      sharpness: quality.sharpness,
      light: quality.light,
      clipped,
      knownFormat: formatsOf(slots.likeliest).length > 0,
    },
    entry.thresholds,
  );
  return {
    text: slots.text,
    display: displayOf(slots.text, lines, { colour }),
    accepted: abstentions.length === 0,
    abstentions,
    confidence: Math.round(slots.confidence * 1e4) / 1e4,
    chars: slots.chars,
    probs: slots.probs,
    lines,
    box: rounded(box),
    heightPx: Math.round(heightPx * 10) / 10,
    colour,
    colourConfidence: Math.round(colourConfidence * 1e4) / 1e4,
  };
}
