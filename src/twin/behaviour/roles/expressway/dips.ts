import { past, script, type Happened } from '../../cast.js';
import type { Driver } from '../../drive.js';
import { at } from './road.js';

/** In the slow lane, over into the emergency lane between two places, back again. */
export const dips = (from: number, to: number, speed: number, offset: number): Driver =>
  script(
    { wish: { speed }, until: past(at(from)) },
    { wish: { speed, offset, indicator: 'right' }, until: past(at(to)) },
    { wish: { speed, offset: 0, indicator: 'left' } },
  );

/** Whether it went so many metres in the emergency lane in one camera's view. */
export const inEmergency =
  (least: number, most: number) =>
  ({ vehicle }: Happened): boolean => {
    const inside = vehicle.poses.filter(
      (pose) => pose.at[0] < -2.6 && Math.abs(pose.at[1]) < 95 && Math.abs(pose.at[1]) > 19,
    );
    const metres = Math.max(
      reach(inside.filter((pose) => pose.at[1] > 0)),
      reach(inside.filter((pose) => pose.at[1] < 0)),
    );
    return metres >= least && metres <= most;
  };
/** Metres of road between the ends of a way. */
export const reach = (poses: readonly { at: readonly [number, number] }[]): number =>
  poses.length < 2 ? 0 : Math.max(...poses.map((p) => p.at[1])) - Math.min(...poses.map((p) => p.at[1]));

/** Nobody made it crawl. */
export const flows = ({ vehicle }: Happened): boolean => vehicle.poses.every((pose) => pose.speed > 4);
