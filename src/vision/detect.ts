import { layOut, type Look, type Tile } from './atlas.js';
import { area, clip, suppress } from './boxes.js';
import type { Box } from './observation.js';
import type { DetectorEntry } from './manifest.js';
import { peaksOf, type Detection } from './peaks.js';
import { frameOf, type Raster } from './raster.js';
import { openSession, type Session } from './session.js';
import { tryOut } from './trial.js';

/** Small pictures are enlarged for the first look, but not beyond this: nothing is gained and boxes blur. */
const MOST_ENLARGED = 2;
/** Vehicles down to this share of their threshold are looked into again: a plate that reads vouches for its vehicle. */
const DOUBTFUL = 0.6;

export interface FirstLook {
  /** Best first; from `doubtful` on they are below the manifest's threshold. */
  readonly vehicles: readonly Detection[];
  readonly doubtful: number;
  readonly plates: readonly Detection[];
  /** Pixels of the look for one of the frame. */
  readonly scale: number;
}

export interface Detector {
  /** Sides of what the net looks at are multiples of this many pixels. */
  readonly step: number;
  /** The whole frame, its long side at the manifest's width: vehicles and large plates. */
  firstLook(frame: Raster): Promise<FirstLook>;
  /** Plates in parts of the frame, all parts in one run. */
  secondLook(frame: Raster, looks: readonly Look[]): Promise<Detection[]>;
}

/** @throws VisionError MODEL_UNUSABLE */
export async function openDetector(entry: DetectorEntry): Promise<Detector> {
  const names = entry.levels.flatMap((level) => [level.heat, level.box]);
  const session = await openSession(entry.file, entry.input.name, names);
  await tryDetector(session, entry);
  const { thresholds } = entry;
  return {
    step: entry.input.multipleOf,
    async firstLook(frame) {
      const scale = Math.min(MOST_ENLARGED, entry.input.firstLookWidth / Math.max(frame.width, frame.height));
      const least = (kind: Detection['kind']): number =>
        kind === 'plate' ? thresholds.plate : thresholds.vehicle * DOUBTFUL;
      const found = await see(session, entry, frame, [{ part: frameOf(frame), scale }], least);
      const vehicles = suppress(
        found.filter((one) => one.kind !== 'plate'),
        thresholds.nmsVehicle,
      );
      const plates = suppress(
        found.filter((one) => one.kind === 'plate'),
        thresholds.nmsPlate,
      );
      const doubtful = vehicles.filter((one) => one.score >= thresholds.vehicle).length;
      return { vehicles, doubtful, plates, scale };
    },
    async secondLook(frame, looks) {
      if (looks.length === 0) return [];
      const least = (kind: Detection['kind']): number =>
        kind === 'plate' ? thresholds.plateSecondLook : Infinity;
      return suppress(await see(session, entry, frame, looks, least), thresholds.nmsPlate);
    },
  };
}

/** Sides of one step and of three, since twice a step that is too small may happen to fit. */
async function tryDetector(session: Session, { file, input, classes, levels }: DetectorEntry): Promise<void> {
  const [height, width] = [input.multipleOf, 3 * input.multipleOf];
  const expected = levels.flatMap(({ stride, heat, box }) => [
    [heat, [1, classes.length, height / stride, width / stride]] as const,
    [box, [1, 8, height / stride, width / stride]] as const,
  ]);
  await tryOut(session, file, [height, width], expected);
}

/** What the net sees in these parts, in pixels of the frame, best first. */
async function see(
  session: Session,
  entry: DetectorEntry,
  frame: Raster,
  looks: readonly Look[],
  least: (kind: Detection['kind']) => number,
): Promise<Detection[]> {
  const { bytes, width, height, tiles } = layOut(frame, looks, entry.input.multipleOf);
  const outputs = await session.run(bytes, [1, height, width, 3]);
  return peaksOf(outputs, entry, least).flatMap((peak) => {
    const tile = tiles.find((one) => holds(one, peak.box));
    if (!tile) return [];
    const box = clip(inFrame(peak.box, tile), frameOf(frame));
    return area(box) >= 4 ? [{ ...peak, box }] : [];
  });
}

function holds(tile: Tile, box: Box): boolean {
  const x = (box[0] + box[2]) / 2;
  const y = (box[1] + box[3]) / 2;
  return x >= tile.left && x < tile.left + tile.width && y >= tile.top && y < tile.top + tile.height;
}

/** A tile shows no more than its part of the frame: what reaches into the neighbouring tile is cut. */
function inFrame(box: Box, { left, top, width, height, scale, part }: Tile): Box {
  const [x0, y0, x1, y1] = clip(box, [left, top, left + width, top + height]);
  const x = (value: number): number => (value - left) / scale + part[0];
  const y = (value: number): number => (value - top) / scale + part[1];
  return [x(x0), y(y0), x(x1), y(y1)];
}
