import { area, clip, suppress } from './boxes.js';
import type { Box } from './observation.js';
import type { DetectorEntry } from './manifest.js';
import { peaksOf, type Detection, type Placement } from './peaks.js';
import { frameOf, type Raster } from './raster.js';
import { shrinkInto, stretch } from './resample.js';
import { openSession, type Session } from './session.js';

/** Small pictures are enlarged for the first look, but not beyond this: nothing is gained and boxes blur. */
const MOST_ENLARGED = 2;
const PADDING = 114;

export interface Detector {
  /** The whole frame, its long side at the manifest's width: vehicles and large plates. */
  firstLook(frame: Raster): Promise<{ vehicles: Detection[]; plates: Detection[]; scale: number }>;
  /** Plates in a part of the frame at about `scale`; the part is enlarged to fill the net's step. */
  secondLook(frame: Raster, part: Box, scale: number): Promise<Detection[]>;
}

/** @throws VisionError MODEL_UNUSABLE */
export async function openDetector(entry: DetectorEntry): Promise<Detector> {
  const names = entry.levels.flatMap((level) => [level.heat, level.box]);
  const session = await openSession(entry.file, entry.input.name, names);
  return {
    firstLook: (frame) => firstLook(session, entry, frame),
    secondLook: (frame, part, scale) => secondLook(session, entry, frame, part, scale),
  };
}

async function firstLook(session: Session, entry: DetectorEntry, frame: Raster) {
  const scale = Math.min(MOST_ENLARGED, entry.input.firstLookWidth / Math.max(frame.width, frame.height));
  const look = letterbox(frame, scale, entry.input.multipleOf);
  const outputs = await session.run(look.bytes, [1, look.height, look.width, 3]);
  const { thresholds } = entry;
  const least = (kind: Detection['kind']): number =>
    kind === 'plate' ? thresholds.plate : thresholds.vehicle;
  const found = cut(peaksOf(outputs, entry, least, { scale, x: 0, y: 0 }), frame);
  return {
    vehicles: suppress(
      found.filter((one) => one.kind !== 'plate'),
      thresholds.nmsVehicle,
    ),
    plates: suppress(
      found.filter((one) => one.kind === 'plate'),
      thresholds.nmsPlate,
    ),
    scale,
  };
}

/** The frame at the top left of a canvas whose sides are multiples of `step`. */
function letterbox(frame: Raster, scale: number, step: number) {
  const insideWidth = Math.max(1, Math.round(frame.width * scale));
  const insideHeight = Math.max(1, Math.round(frame.height * scale));
  const width = Math.ceil(insideWidth / step) * step;
  const height = Math.ceil(insideHeight / step) * step;
  const bytes = new Uint8Array(width * height * 3).fill(PADDING);
  if (scale < 1) {
    shrinkInto(frame, bytes, width, insideWidth, insideHeight);
  } else {
    const inside = stretch(frame, frameOf(frame), insideWidth, insideHeight);
    const row = insideWidth * 3;
    for (let y = 0; y < insideHeight; y++) bytes.set(inside.subarray(y * row, (y + 1) * row), y * width * 3);
  }
  return { bytes, width, height };
}

async function secondLook(session: Session, entry: DetectorEntry, frame: Raster, part: Box, wanted: number) {
  const look = grown(part, wanted, entry.input.multipleOf, frame);
  const bytes = stretch(frame, look.part, look.width, look.height);
  const outputs = await session.run(bytes, [1, look.height, look.width, 3]);
  const { plateSecondLook, nmsPlate } = entry.thresholds;
  const least = (kind: Detection['kind']): number => (kind === 'plate' ? plateSecondLook : Infinity);
  const at: Placement = { scale: look.scale, x: look.part[0], y: look.part[1] };
  return suppress(cut(peaksOf(outputs, entry, least, at), frame), nmsPlate);
}

/** Grows a part about its centre until its sides, at `scale`, are whole steps, and keeps it in the frame if it fits. */
function grown(part: Box, scale: number, step: number, frame: Raster) {
  const side = (low: number, high: number, limit: number): [from: number, to: number, pixels: number] => {
    const pixels = Math.max(1, Math.ceil(((high - low) * scale) / step)) * step;
    const extent = pixels / scale;
    const from = Math.round((low + high - extent) / 2);
    const kept = extent <= limit ? Math.min(Math.max(from, 0), Math.floor(limit - extent)) : from;
    return [kept, kept + extent, pixels];
  };
  const [x0, x1, width] = side(part[0], part[2], frame.width);
  const [y0, y1, height] = side(part[1], part[3], frame.height);
  return { part: [x0, y0, x1, y1] as const, width, height, scale };
}

function cut(found: readonly Detection[], frame: Raster): Detection[] {
  return found
    .map((one) => ({ ...one, box: clip(one.box, frameOf(frame)) }))
    .filter((one) => area(one.box) >= 4);
}
