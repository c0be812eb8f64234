import type { SeenFrame } from '../../src/judging/frame.js';
import type { Judged } from '../../src/judging/judge.js';
import type { Clip } from '../../src/twin/behaviour/index.js';
import { ownerOf } from './eyes-score.js';

/** So many pictures of each camera, and so much of it, show a vehicle well enough to be known again. */
const SHOWN = 6;
const VISIBLE = 0.5;

/** Vehicles that every camera of a clip shows, and for how many of them one passage goes through all. */
export interface Handovers {
  shown: number;
  joined: number;
  joinedWithTrueBoxes: number;
}

export function countHandovers(
  clip: Clip,
  frames: readonly SeenFrame[],
  judged: readonly Judged[],
  withTrueBoxes: readonly Judged[],
  into: Handovers,
): void {
  const { cameras, cast } = clip.truth;
  if (cameras.length < 2) return;
  const shows = (camera: string, id: string): boolean =>
    clip.frames.filter(
      (frame) =>
        frame.camera === camera && frame.seen.vehicles.some((one) => one.id === id && one.visible >= VISIBLE),
    ).length >= SHOWN;
  const joined = (all: readonly Judged[], id: string): boolean =>
    all.some(
      (one) =>
        cameras.every((camera) => one.passage.points.some(({ cameraId }) => cameraId === camera)) &&
        ownerOf(clip, frames, one) === id,
    );
  for (const { id } of cast.filter((vehicle) => cameras.every((camera) => shows(camera, vehicle.id)))) {
    into.shown += 1;
    if (joined(judged, id)) into.joined += 1;
    if (joined(withTrueBoxes, id)) into.joinedWithTrueBoxes += 1;
  }
}
