import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDetector } from '../../src/vision/detect.js';
import type { DetectorEntry } from '../../src/vision/manifest.js';
import type { Box, VehicleKind } from '../../src/vision/observation.js';
import type { Detection } from '../../src/vision/peaks.js';
import { rasterOfFile } from '../pictures/raster.js';
import { averagePrecision, type Guess, type Truth, type Unlabelled } from './average-precision.js';
import { median } from './read-crops.js';
import { openYolox } from './yolox.js';

interface Scene {
  readonly file: string;
  readonly w: number;
  readonly h: number;
  readonly split: string;
  readonly boxes: readonly { readonly cls: string; readonly xyxy: Box }[];
  readonly ignore: readonly { readonly xyxy: Box }[];
  readonly exhaustive_classes: readonly string[];
  readonly motorcycle_rider_boxes?: readonly Box[];
}

const KINDS: readonly VehicleKind[] = ['car', 'motorcycle', 'bus', 'truck'];

export interface VehicleScore {
  readonly detector: string;
  readonly ap50: Readonly<Record<VehicleKind | 'any', number>>;
  readonly ms: number;
}

/** Ours and YOLOX-nano on the frames of a split; a class counts only in frames where it is completely labelled. */
export async function scoreVehicles(data: string, split: string, entry: DetectorEntry, yoloxFile: string) {
  const lines = (await readFile(join(data, 'vehicles/scenes.jsonl'), 'utf8')).trim().split('\n');
  const scenes = lines
    .map((line) => JSON.parse(line) as Scene)
    .filter(
      (scene) => scene.split === split && KINDS.some((kind) => scene.exhaustive_classes.includes(kind)),
    );
  const ours = await openDetector({ ...entry, thresholds: { ...entry.thresholds, vehicle: 0.02 } });
  const theirs = await openYolox(yoloxFile);
  const found: Record<string, Detection[][]> = { ours: [], 'yolox-nano': [] };
  const ms: Record<string, number[]> = { ours: [], 'yolox-nano': [] };
  for (const scene of scenes) {
    const frame = await rasterOfFile(join(data, 'vehicles', scene.file));
    const start = performance.now();
    found.ours!.push([...(await ours.firstLook(frame)).vehicles]);
    ms.ours!.push(performance.now() - start);
    const other = await theirs(frame);
    found['yolox-nano']!.push(other.found);
    ms['yolox-nano']!.push(other.ms);
  }
  const scores = Object.entries(found).map(([detector, perFrame]): VehicleScore => ({
    detector,
    ap50: {
      car: apOf(scenes, perFrame, 'car'),
      motorcycle: apOf(scenes, perFrame, 'motorcycle'),
      bus: apOf(scenes, perFrame, 'bus'),
      truck: apOf(scenes, perFrame, 'truck'),
      any: apOf(scenes, perFrame, 'any'),
    },
    ms: median(ms[detector]!),
  }));
  return { frames: scenes.length, scores };
}

function apOf(
  scenes: readonly Scene[],
  found: readonly (readonly Detection[])[],
  kind: VehicleKind | 'any',
): number {
  const truths: Truth[] = [];
  const guesses: Guess[] = [];
  const unlabelled: Unlabelled[] = [];
  scenes.forEach((scene, frame) => {
    const complete =
      kind === 'any'
        ? KINDS.every((one) => scene.exhaustive_classes.includes(one))
        : scene.exhaustive_classes.includes(kind);
    if (!complete) return;
    const wanted = (cls: string): boolean =>
      kind === 'any' ? KINDS.includes(cls as VehicleKind) : cls === kind;
    let rider = 0;
    for (const { cls, xyxy } of scene.boxes) {
      const withRider = cls === 'motorcycle' ? scene.motorcycle_rider_boxes?.[rider++] : undefined;
      if (wanted(cls)) truths.push({ frame, boxes: withRider ? [xyxy, withRider] : [xyxy] });
    }
    unlabelled.push(...scene.ignore.map(({ xyxy }) => ({ frame, box: xyxy })));
    guesses.push(
      ...found[frame]!.filter((one) => wanted(one.kind)).map(({ box, score }) => ({ frame, box, score })),
    );
  });
  return averagePrecision(guesses, truths, unlabelled);
}
