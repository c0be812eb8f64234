import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { idOf } from '../../core/ids.js';
import { claimsOf, type SeenFrame } from '../../judging/frame.js';
import { cameraOf } from '../../sites/index.js';
import type { FrameReading } from '../../vision/observation.js';
import type { ClipFrame, ClipTruth, FrameTruth } from '../truth.js';
import { Random, seedOf } from '../scene/random.js';
import { pretendedRead } from './observe.js';

/** A rendered clip as it lies in its folder. */
export interface Clip {
  readonly folder: string;
  readonly truth: ClipTruth;
  readonly frames: readonly (ClipFrame & { readonly seen: FrameTruth })[];
}

const LEAST_VISIBLE = 0.35;

/** Reads clip.json, frames.jsonl and truth.jsonl. @throws {RangeError} where it is no clip, and what `fs` and JSON throw */
export function openClip(folder: string): Clip {
  const lines = <T>(file: string): T[] =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as T);
  const truth = JSON.parse(readFileSync(join(folder, 'clip.json'), 'utf8')) as ClipTruth;
  if ((truth as Partial<ClipTruth>).schema !== 'phat-nguoi/clip/1')
    throw new RangeError(`${join(folder, 'clip.json')} is not of the schema phat-nguoi/clip/1`);
  const seen = new Map(
    lines<FrameTruth>('truth.jsonl').map((frame) => [`${frame.camera} ${frame.file}`, frame]),
  );
  const frames = lines<ClipFrame>('frames.jsonl').map((frame) => ({
    ...frame,
    seen: seen.get(`${frame.camera} ${frame.file}`)!,
  }));
  return { folder, truth, frames };
}

/** A frame of a clip for judging: as vision read it, or, without a reading, with the clip's true boxes. */
export function clipFrame(clip: Clip, index: number, reading?: FrameReading): SeenFrame {
  const frame = clip.frames[index]!;
  return {
    id: clipFrameId(clip, index),
    cameraId: frame.camera,
    at: Date.parse(clip.truth.startsAt) + frame.at,
    sequence: index,
    clockOffsetMs: 0,
    size: { width: clip.truth.width, height: clip.truth.height },
    observations:
      reading === undefined
        ? trueVehicles(clip, frame.seen)
        : reading.observations.map((one, idx) => ({ ...one, idx })),
    lamps: reading?.lamps ?? trueLamps(clip, frame),
    claims: claimsOf(frame.claims),
  };
}

export const clipFrameId = (clip: Clip, index: number): string =>
  idOf('clip', clip.truth.name, clip.truth.startsAt, clip.frames[index]!.camera, clip.frames[index]!.file);

/** Of the signals that this camera watches: a lamp's back shows no colour, whatever the scene knows of it. */
function trueLamps(clip: Clip, { camera, seen }: Clip['frames'][number]): SeenFrame['lamps'] {
  return (cameraOf(clip.truth.site, camera)?.lamps ?? []).flatMap(({ signal }) => {
    const lamp = seen.lamps[signal];
    return lamp === undefined ? [] : [{ signal, state: lamp.state, score: 0.95 }];
  });
}

function trueVehicles(clip: Clip, seen: FrameTruth): SeenFrame['observations'] {
  const random = new Random(seedOf(clip.truth.seed, `clip ${seen.camera} ${seen.frame}`));
  return seen.vehicles
    .filter((one) => one.visible >= LEAST_VISIBLE)
    .map((one, idx) => ({
      idx,
      kind: one.kind === 'bicycle' ? ('motorcycle' as const) : one.kind,
      box: one.box,
      score: 0.9,
      bodyColour: one.bodyColour,
      plate:
        one.plate === null || one.plate.visiblePx === 0 || one.plate.state === 'covered'
          ? null
          : pretendedRead({ ...one.plate, misread: false }, random),
    }));
}
