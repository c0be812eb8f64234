import { readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { LETTERS } from '../../src/vision/letters.js';
import { area, intersection, overlap } from '../../src/judging/tracking/associate.js';
import { openClip, type Clip } from '../../src/twin/behaviour/index.js';
import type { FrameReading, Observation, PlateRead } from '../../src/vision/observation.js';
import { clipsUnder } from '../clips.js';

/** A box relative to another: its four edges' distances from that one's, in shares of that one's width and height. */
export type RelativeBox = readonly [number, number, number, number];
export type Sighting = readonly [kind: string, score: number, ...box: RelativeBox];

/** What the eyes made of one plate: what they thought of it, and the probability of each true character. */
export interface PlateLook {
  readonly accepted: boolean;
  readonly confidence: number;
  readonly abstentions: PlateRead['abstentions'];
  readonly probs: readonly number[];
}

/** One frame of one vehicle: how it stood in the picture, and all that the eyes saw of it; the first sighting is the vehicle. */
export interface Look {
  readonly height: number;
  readonly visible: number;
  /** Which rims of the picture cut it: top 1, bottom 2, side 4. */
  readonly rims: number;
  readonly seen: Sighting | null;
  /** Further boxes on the same vehicle: a coach's nose, a lorry's cab. */
  readonly parts: readonly Sighting[];
  readonly plate: PlateLook | null;
}

/** One vehicle's way through one camera's picture. */
export interface Donor {
  readonly kind: string;
  readonly camera: string;
  readonly dark: boolean;
  readonly wet: boolean;
  readonly looks: readonly Look[];
}

/** How the eyes err, as measured on rendered clips. */
export interface MeasuredEyes {
  readonly models: Readonly<Record<string, string>>;
  readonly clips: number;
  readonly frames: number;
  readonly donors: readonly Donor[];
  /** By camera, for each clip its frames' boxes that belong to no vehicle: [kind, score, box]. */
  readonly strays: Readonly<Record<string, readonly (readonly Sighting[])[][]>>;
}

const LEAST_VISIBLE = 0.2;
const SAME = 0.4;
const PART = 0.6;
/** Pixels from the picture's rim at which a true box is cut by it. */
const RIM = 2;

/** The eyes' errors in the rendered clips whose readings are kept (`--eyes --readings`), vehicle by vehicle. */
export function measureEyes(folders: readonly string[], readings: readonly string[]): MeasuredEyes {
  const donors: Donor[] = [];
  const strays: Record<string, Sighting[][][]> = {};
  let models: Readonly<Record<string, string>> = {};
  let clips = 0;
  let frames = 0;
  for (const folder of folders.flatMap(clipsUnder)) {
    const clip = openClip(folder);
    const file = readings.map((kept) => join(kept, `${clip.truth.name}.json`)).find(existsSync);
    if (file === undefined) continue;
    const read = JSON.parse(readFileSync(file, 'utf8')) as FrameReading[];
    models = read[0]!.models;
    clips += 1;
    frames += read.length;
    const of = measureClip(clip, read);
    donors.push(...of.donors);
    for (const [camera, sequence] of Object.entries(of.strays)) (strays[camera] ??= []).push(sequence);
  }
  return { models, clips, frames, donors, strays };
}

function measureClip(
  clip: Clip,
  readings: readonly FrameReading[],
): { donors: Donor[]; strays: Record<string, Sighting[][]> } {
  const { light, weather, width, height } = clip.truth;
  const looks = new Map<string, { kind: string; camera: string; looks: Look[] }>();
  const strays: Record<string, Sighting[][]> = {};
  readings.forEach((reading, i) => {
    const { camera, seen } = clip.frames[i]!;
    const free = new Set<Observation>(reading.observations);
    const there = seen.vehicles.filter((one) => one.visible >= LEAST_VISIBLE);
    const matches = there
      .flatMap((one) => reading.observations.map((box) => ({ one, box, fit: overlap(one.box, box.box) })))
      .filter(({ fit }) => fit >= SAME)
      .sort((a, b) => b.fit - a.fit);
    const seenAs = new Map<string, Observation>();
    for (const { one, box } of matches) {
      if (seenAs.has(one.id) || !free.has(box)) continue;
      seenAs.set(one.id, box);
      free.delete(box);
    }
    for (const one of there) {
      const parts = [...free].filter((box) => intersection(one.box, box.box) > PART * area(box.box));
      parts.forEach((box) => free.delete(box));
      const match = seenAs.get(one.id);
      const key = `${camera} ${one.id}`;
      const kind = one.kind === 'bicycle' ? 'motorcycle' : one.kind;
      if (!looks.has(key)) looks.set(key, { kind, camera, looks: [] });
      looks.get(key)!.looks.push({
        height: round(one.box[3] - one.box[1], 10),
        visible: round(one.visible, 100),
        rims: rimsOf(one.box, width, height),
        seen: match === undefined ? null : sighting(match, one.box),
        parts: parts.map((box) => sighting(box, one.box)),
        plate: plateLook(one.plate, match?.plate ?? null),
      });
    }
    (strays[camera] ??= []).push([...free].map((box) => [box.kind, round(box.score, 100), ...box.box]));
  });
  const [dark, wet] = [light === 'night', weather === 'rain'];
  return { donors: [...looks.values()].map((one) => ({ ...one, dark, wet })), strays };
}

export function rimsOf([x0, y0, x1, y1]: readonly number[], width: number, height: number): number {
  return (y0! <= RIM ? 1 : 0) + (y1! >= height - RIM ? 2 : 0) + (x0! <= RIM || x1! >= width - RIM ? 4 : 0);
}

function sighting(
  { kind, score, box }: Observation,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
): Sighting {
  const [w, h] = [x1 - x0, y1 - y0];
  const share = (value: number): number => round(value, 1000);
  return [
    kind,
    round(score, 100),
    share((box[0] - x0) / w),
    share((box[1] - y0) / h),
    share((box[2] - x1) / w),
    share((box[3] - y1) / h),
  ];
}

function plateLook(truth: { readonly text: string } | null, read: PlateRead | null): PlateLook | null {
  if (truth === null || read === null) return null;
  return {
    accepted: read.accepted,
    confidence: read.confidence,
    abstentions: read.abstentions,
    probs: [...truth.text].map((c, slot) => round(read.probs[slot]?.[LETTERS.indexOf(c)] ?? 0, 1000)),
  };
}

const round = (value: number, by: number): number => Math.round(value * by) / by || 0;
