import type { LampState } from '../../../picture-spec.js';
import { STOP_Y } from '../../../sites/junction.js';
import type { Happened } from '../../cast.js';
import { FPS } from '../../simulate.js';
import { SIGNAL } from './signal.js';

/** When the bow passes the line, seconds, and the lamp then; null if it never does. */
export function bowPasses({
  vehicle,
  lamps,
}: Happened): { frame: number; state: LampState; redFor: number; tailRed: boolean } | null {
  const bow = (i: number): number =>
    vehicle.poses[i]!.at[1] + vehicle.poses[i]!.heading[1] * (vehicle.size.length / 2);
  const i = vehicle.poses.findIndex((_, k) => bow(k) >= STOP_Y);
  if (i < 0) return null;
  const frame = vehicle.enters + i;
  const states = lamps[SIGNAL]!;
  let redFor = 0;
  while (frame - redFor >= 0 && states[frame - redFor] === 'red') redFor++;
  const tail = vehicle.poses.findIndex(
    (pose) => pose.at[1] - pose.heading[1] * (vehicle.size.length / 2) >= STOP_Y,
  );
  return {
    frame,
    state: states[frame]!,
    redFor: redFor / FPS,
    tailRed: tail >= 0 && states[vehicle.enters + tail] === 'red',
  };
}
/** Red for a while when the bow passed, and still red when the tail did. */
export const ranRed = (happened: Happened): boolean => {
  const passed = bowPasses(happened);
  return passed !== null && passed.state === 'red' && passed.redFor >= 0.6 && passed.tailRed;
};
