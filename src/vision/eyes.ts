import { associate } from './associate.js';
import { bodyColourOf } from './body-colour.js';
import { clip, area, rounded } from './boxes.js';
import { decode } from './decode.js';
import { openDetector, type FirstLook } from './detect.js';
import { readLamps, type LampRegion } from './lamps.js';
import { chooseLooks, mergePlates } from './looks.js';
import { worthReading } from './candidates.js';
import { loadModels } from './manifest.js';
import type { Box, FrameReading, Observation, PlateRead, VehicleKind } from './observation.js';
import type { Detection } from './peaks.js';
import { frameOf, type Raster } from './raster.js';
import { openReader } from './reader.js';
import type { Outline } from './reading-area.js';
import { readCrop, readPlate } from './read-plate.js';

/** What else is known of a frame. All boxes and points are pixels of the frame. */
export interface FrameHints {
  /** Signal heads to read, from the site's camera. */
  readonly lamps?: readonly LampRegion[];
  /** The box in which the camera itself saw a plate. */
  readonly plateBox?: Box;
  /** Plates whose centre lies outside this outline are not read. */
  readonly readingArea?: Outline;
}

export interface Eyes {
  /** Name to SHA-256 of the weights in use. */
  readonly models: Readonly<Record<string, string>>;
  /** Everything that is to be seen in a frame. @throws VisionError EMPTY_IMAGE … IMAGE_TOO_LARGE, VISION_FAILED */
  readFrame(frame: Uint8Array | Raster, hints?: FrameHints): Promise<FrameReading>;
  /** A picture that is one plate already cropped. Throws as `readFrame`. */
  readCrop(crop: Uint8Array | Raster): Promise<{ width: number; height: number; plate: PlateRead }>;
}

/**
 * Opens the models of a manifest, once a process. Inference blocks the event loop: servers use `createVisionPool`.
 * @throws VisionError MANIFEST_UNREADABLE, MANIFEST_INVALID, MODEL_MISSING, MODEL_HASH_MISMATCH, MODEL_UNUSABLE
 */
export async function openEyes(manifestPath: string): Promise<Eyes> {
  const entries = await loadModels(manifestPath);
  const [detector, reader] = await Promise.all([openDetector(entries.detector), openReader(entries.reader)]);
  const { minRowPx } = entries.reader.thresholds;
  const { secondLook } = entries.reader;
  const models = {
    detector: entries.detector.sha256,
    reader: entries.reader.sha256,
    ...(secondLook && { readerSecondLook: secondLook.sha256 }),
  };

  async function readFrame(picture: Uint8Array | Raster, hints: FrameHints = {}): Promise<FrameReading> {
    const watch = stopwatch();
    const frame = await rasterOf(picture);
    watch.lap('decode');
    const first = await detector.firstLook(frame);
    watch.lap('firstLook');
    const claimed = hints.plateBox ? [claim(frame, hints.plateBox)].filter((one) => area(one.box) >= 16) : [];
    const { readingArea } = hints;
    const looks = chooseLooks(frame, first, claimed, { step: detector.step, readingArea });
    const second = await detector.secondLook(frame, looks);
    const plates = mergePlates(first.plates, [...second, ...claimed], entries.detector.thresholds.nmsPlate);
    watch.lap('secondLooks');
    const reads: PlateRead[] = [];
    for (const plate of worthReading(plates, first.vehicles, minRowPx, readingArea)) {
      const read = await readPlate(reader, entries.reader, frame, plate);
      if (read) reads.push(read);
    }
    watch.lap('read');
    const seen = together(frame, first, reads);
    const lamps = readLamps(frame, hints.lamps ?? []);
    watch.lap('colours');
    return { width: frame.width, height: frame.height, ...seen, lamps, models, ms: watch.laps() };
  }

  return {
    models,
    readFrame,
    async readCrop(picture) {
      const crop = await rasterOf(picture);
      return { width: crop.width, height: crop.height, plate: await readCrop(reader, entries.reader, crop) };
    },
  };
}

async function rasterOf(picture: Uint8Array | Raster): Promise<Raster> {
  return picture instanceof Uint8Array ? decode(picture) : picture;
}

/** The camera saw a plate there: it is read like any other, and the veto still applies. */
function claim(frame: Raster, box: Box): Detection {
  return { kind: 'plate', box: clip(box, frameOf(frame)), score: 0.5 };
}

/** Gives plates to vehicles. A doubtful vehicle is kept only with a plate that reads. */
function together(frame: Raster, { vehicles, doubtful }: FirstLook, plates: readonly PlateRead[]) {
  const plateOf = associate(
    vehicles.map((one) => one.box),
    plates.map((one) => one.box),
  );
  const observations: Observation[] = vehicles.flatMap(({ kind, box, score }, i) => {
    const plate = plates[plateOf[i]!] ?? null;
    if (i >= doubtful && plate === null) return [];
    const bodyColour = bodyColourOf(frame, kind as VehicleKind, box);
    return [{ kind: kind as VehicleKind, box: rounded(box), score: rounded4(score), bodyColour, plate }];
  });
  return { observations, strayPlates: plates.filter((_, p) => !plateOf.includes(p)) };
}

function rounded4(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

function stopwatch() {
  const laps: Record<string, number> = {};
  const start = performance.now();
  let last = start;
  const round = (ms: number): number => Math.round(ms * 100) / 100;
  return {
    lap(name: string): void {
      const now = performance.now();
      laps[name] = round(now - last);
      last = now;
    },
    laps: () => ({ ...laps, total: round(performance.now() - start) }),
  };
}
