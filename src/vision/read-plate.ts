import { displayOf, formatsOf } from '../plates/index.js';
import { abstentionsOf } from './abstain.js';
import { rounded, widen } from './boxes.js';
import { agreement, charactersOf, roomAtSides } from './ctc.js';
import type { ReaderEntry } from './manifest.js';
import type { Box, PlateRead } from './observation.js';
import type { Detection } from './peaks.js';
import { plateColourOf } from './plate-colour.js';
import { qualityOf } from './quality.js';
import { frameOf, type Raster } from './raster.js';
import type { CropRead, Reader } from './reader.js';
import { isPlate } from './veto.js';

/** Share of the box's width and height that is added on each side: with none a reader loses a tenth of its plates. */
const MARGIN = 0.08;
/** Each crop asked again is wider; two neighbours must say the same. */
const WIDER_MARGINS = [0.18, 0.3] as const;
/** Below this room the outermost character may have a neighbour outside the crop: ask again, wider. */
const ROOM_TO_TRUST = 1;
/** Below this room the character itself is cut. */
const ROOM_OF_WHOLE = 0.2;
const ROOM_OF_OLD = 0.6;
/** Old short plates are 1.4 times as wide as high, new ones twice, one-row plates four times and more. */
const TWO_ROWS_BELOW = 2.7;

/**
 * Reads the plate in a box of the frame, and asks again with a wider crop where a character may lie outside it.
 * Null if what is there is no plate.
 */
export async function readPlate(
  reader: Reader,
  entry: ReaderEntry,
  frame: Raster,
  { box, score }: Pick<Detection, 'box' | 'score'>,
): Promise<PlateRead | null> {
  let read = await reader.read(frame, widen(box, MARGIN));
  if (!isPlate(read.slots, score)) return null;
  let clipped = touchesFrame(box, frame);
  if (!clipped && roomOf(read) < ROOM_TO_TRUST) {
    const settled = await askWider(reader, frame, box, read);
    clipped = settled === null;
    read = settled ?? read;
  }
  return judged(entry, frame, box, read, clipped);
}

/** Reads a picture that is a plate already cropped: there is nothing wider to ask. */
export async function readCrop(reader: Reader, entry: ReaderEntry, crop: Raster): Promise<PlateRead> {
  const box = frameOf(crop);
  const read = await reader.read(crop, box);
  // What is left of a cut plate can look like one of the older, shorter series, so those must show more of their edge.
  const current = formatsOf(read.slots.likeliest).some((format) => format.issuedNow);
  const needed = current ? ROOM_OF_WHOLE : ROOM_OF_OLD;
  // A model without a second head cannot tell where its characters lie.
  return judged(entry, crop, box, read, read.ctc !== null && roomOf(read) < needed);
}

/** The first read that the next wider crop confirms, or null. */
async function askWider(reader: Reader, frame: Raster, box: Box, first: CropRead): Promise<CropRead | null> {
  let before = first;
  for (const margin of WIDER_MARGINS) {
    const wider = await reader.read(frame, widen(box, margin));
    const same = wider.slots.likeliest === before.slots.likeliest;
    if (same && roomOf(before) >= ROOM_OF_WHOLE)
      return before.slots.confidence >= wider.slots.confidence ? before : wider;
    before = wider;
  }
  return null;
}

function roomOf(read: CropRead): number {
  return read.ctc ? roomAtSides(charactersOf(read.ctc)) : 0;
}

function touchesFrame(box: Box, frame: Raster): boolean {
  return box[0] < 1 || box[1] < 1 || box[2] > frame.width - 1 || box[3] > frame.height - 1;
}

function judged(entry: ReaderEntry, frame: Raster, box: Box, read: CropRead, clipped: boolean): PlateRead {
  const { slots } = read;
  const width = box[2] - box[0];
  const heightPx = box[3] - box[1];
  const lines = read.lines ?? (width / heightPx < TWO_ROWS_BELOW ? 2 : 1);
  const { colour, confidence: colourConfidence } = read.colour ?? plateColourOf(frame, box);
  const quality = qualityOf(frame, box);
  const abstentions = abstentionsOf(
    {
      text: slots.text,
      confidence: slots.confidence,
      agreement: read.ctc && agreement(read.ctc, slots.likeliest),
      rowPx: heightPx / lines,
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
