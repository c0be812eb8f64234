import { tileSize, type Look } from './atlas.js';
import { area, clip, covered, overlap, widen } from './boxes.js';
import type { FirstLook } from './detect.js';
import type { Box } from './observation.js';
import type { Detection } from './peaks.js';
import { frameOf, type Raster } from './raster.js';
import { insideArea, nearArea, type Outline } from './reading-area.js';

/** A plate lower than this in the first look has a box too coarse to cut a crop by. */
const SMALL_PLATE_PX = 20;
/** Vehicles narrower than this in the frame carry no plate that could be read. */
const LEAST_VEHICLE_PX = { motorcycle: 56, car: 90, bus: 90, truck: 90 } as const;
/** Longest side of a second look. */
const LONGEST_LOOK_PX = 320;
/** Pixels that the tiles of all second looks of a frame may have together: four fifths of a full-HD first look. */
const LOOK_BUDGET_PX = 240_000;
/** From here on the first look saw a small picture so much enlarged that near plates outgrew what the net knows as plates. */
const ENLARGED = 1.25;
/** A vehicle with a plate this sure needs no other; with a doubtful one it may have its true plate elsewhere. */
const SURE_PLATE = 0.5;

/** What makes a second look worth its price. */
export interface LookWishes {
  /** Sides of a look's tile are multiples of this many pixels. */
  readonly step: number;
  readonly readingArea?: Outline | undefined;
}

/**
 * Chooses the second looks: plates that are small, then vehicles without a sure plate, largest first while the budget
 * lasts; nothing outside the reading area, and no vehicle whose plate would be too small to read. None where the first
 * look saw the frame at nearly its own resolution, and all of it once more as it is where it was enlarged. `claimed` are plates whose boxes are fine already.
 */
export function chooseLooks(
  frame: Raster,
  { vehicles, plates, scale }: Pick<FirstLook, 'vehicles' | 'plates' | 'scale'>,
  claimed: readonly Detection[],
  { step, readingArea }: LookWishes,
): Look[] {
  if (scale >= ENLARGED) return [{ part: frameOf(frame), scale: 1 }];
  if (scale > 0.75) return [];
  const small = plates
    .filter((plate) => (plate.box[3] - plate.box[1]) * scale < SMALL_PLATE_PX)
    .filter((plate) => insideArea(plate.box, readingArea))
    .filter((plate) => claimed.every((one) => overlap(one.box, plate.box) < 0.3));
  const settled = [...plates.filter((plate) => plate.score >= SURE_PLATE), ...claimed];
  const around = small.map((plate) => look(frame, aroundPlate(plate.box)));
  const inside = vehicles
    .filter((one) => one.kind !== 'plate' && one.box[2] - one.box[0] >= LEAST_VEHICLE_PX[one.kind])
    .filter((one) => !settled.some((plate) => covered(plate.box, one.box) > 0.7))
    .filter((one) => nearArea(one.box, readingArea))
    .sort((a, b) => area(b.box) - area(a.box))
    .map((one) => look(frame, plateZone(one)));
  return withinBudget([...around, ...inside], step);
}

/** Enough of the surroundings for the net to know what it sees. */
function aroundPlate(box: Box): Box {
  const x = (box[0] + box[2]) / 2;
  const y = (box[1] + box[3]) / 2;
  const width = Math.max(128, (box[2] - box[0]) * 2);
  const height = Math.max(96, (box[3] - box[1]) * 2);
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

/** No vehicle carries its plate in its top quarter. */
function plateZone(vehicle: Detection): Box {
  const [x0, y0, x1, y1] = widen(vehicle.box, 0.04);
  return [x0, y0 + (y1 - y0) * 0.25, x1, y1];
}

function look(frame: Raster, part: Box): Look {
  const kept = clip(part, frameOf(frame));
  const longest = Math.max(kept[2] - kept[0], kept[3] - kept[1]);
  return { part: kept, scale: Math.min(1, LONGEST_LOOK_PX / longest) };
}

/** Counts whole tiles, since that is what the net sees. */
function withinBudget(looks: readonly Look[], step: number): Look[] {
  let left = LOOK_BUDGET_PX;
  return looks.filter((one) => {
    const { width, height } = tileSize(one, step);
    if (width * height > left) return false;
    left -= width * height;
    return true;
  });
}

/**
 * One list of plates out of both looks: where they saw the same plate the second's box holds, being finer, with the
 * better of the two scores.
 */
export function mergePlates(
  first: readonly Detection[],
  second: readonly Detection[],
  limit: number,
): Detection[] {
  const merged: Detection[] = [];
  for (const one of [...second].sort((a, b) => b.score - a.score).concat(first)) {
    const same = merged.findIndex(
      (kept) => overlap(kept.box, one.box) > limit || covered(kept.box, one.box) > 0.7,
    );
    if (same < 0) merged.push(one);
    else merged[same] = { ...merged[same]!, score: Math.max(merged[same]!.score, one.score) };
  }
  return merged.sort((a, b) => b.score - a.score);
}
