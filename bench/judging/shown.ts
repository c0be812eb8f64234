import type { FrameClaims, SeenFrame } from '../../src/judging/frame.js';
import {
  claimsIn,
  observedFrame,
  seenIn,
  TRUE_EYES,
  type Scene,
  type SeenTruth,
} from '../../src/twin/behaviour/index.js';

/** Every so many frames of a story are filmed. */
export const EVERY = 2;

export interface Shown {
  readonly frame: number;
  readonly seen: readonly SeenTruth[];
  readonly as: SeenFrame;
}

/** The cameras' frames of a story as a clip of it has them, with what is truly there. */
export function framesOf(scene: Scene, cameras: readonly string[]): Shown[] {
  return Array.from({ length: Math.floor(scene.frames / EVERY) }, (_, k) => k * EVERY).flatMap((frame) =>
    cameras.map((cameraId) => shownIn(scene, cameraId, frame)),
  );
}

function shownIn(scene: Scene, cameraId: string, frame: number): Shown {
  const seen = seenIn(scene, cameraId, frame);
  const as = observedFrame(scene, cameraId, frame, TRUE_EYES, seen);
  // Frames that are not filmed leave their claims to the one before.
  const claims = Array.from({ length: EVERY }, (__, n) => claimsIn(scene, cameraId, frame + n, seen));
  return { frame, seen, as: { ...as, claims: merged(claims) } };
}

function merged(all: readonly FrameClaims[]): FrameClaims {
  const [speeds, distances, codes] = [
    all.flatMap((one) => one.speeds ?? []),
    all.flatMap((one) => one.distances ?? []),
    all.flatMap((one) => one.codes ?? []),
  ];
  return {
    ...(speeds.length > 0 ? { speeds } : {}),
    ...(distances.length > 0 ? { distances } : {}),
    ...(codes.length > 0 ? { codes } : {}),
  };
}
