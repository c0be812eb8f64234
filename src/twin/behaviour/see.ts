import type { Optics, Scene, ScenePose, SceneVehicle, SeenTruth } from './types.js';
import { lensOf, type Lens } from './optics.js';
import type { PlateShape } from '../picture-spec.js';

type Box = [number, number, number, number];

const PLATE: Readonly<Record<PlateShape, { width: number; height: number }>> = {
  long: { width: 0.52, height: 0.11 },
  short: { width: 0.33, height: 0.165 },
  motorcycle: { width: 0.19, height: 0.14 },
};
/** Height of a plate's middle over the road, metres. */
const PLATE_AT = { car: 0.6, motorcycle: 0.62, bus: 0.7, truck: 0.75, bicycle: 0.6 };
const SMALLEST_PX = 8;

const lenses = new WeakMap<Optics, Lens>();
export function lensFor(optics: Optics): Lens {
  let lens = lenses.get(optics);
  if (lens === undefined) lenses.set(optics, (lens = lensOf(optics)));
  return lens;
}

/** A vehicle's pose in a frame, or null while it is not on the road. */
export const poseIn = (vehicle: SceneVehicle, frame: number): ScenePose | null =>
  vehicle.poses[frame - vehicle.enters] ?? null;

/** What a camera sees of a frame, by geometry: cuboids for bodies, nearer boxes hide farther ones. Nearest first. */
export function seenIn(
  scene: Pick<Scene, 'site' | 'vehicles'>,
  cameraId: string,
  frame: number,
): SeenTruth[] {
  const optics = scene.site.optics[cameraId];
  if (optics === undefined) throw new RangeError(`site ${scene.site.site.siteId} has no camera ${cameraId}`);
  const there = scene.vehicles.flatMap((vehicle) => {
    const pose = poseIn(vehicle, frame);
    const box = pose === null ? null : boxOf(optics, vehicle, pose);
    return pose === null || box === null ? [] : [{ vehicle, pose, ...box }];
  });
  there.sort((a, b) => b.whole[3] - a.whole[3]);
  return there.map(({ vehicle, pose, clipped, whole }, i) => {
    const hidden = there.slice(0, i).reduce((sum, nearer) => sum + shared(nearer.clipped, clipped), 0);
    const visible = Math.max(0, area(clipped) / area(whole) - Math.min(1, hidden / area(clipped)));
    const side = sideOf(optics, pose);
    const plate = plateIn(optics, vehicle, pose, side);
    const covered =
      plate !== null &&
      there.slice(0, i).some((nearer) => shared(nearer.clipped, plate.box) > 0.1 * area(plate.box));
    return { id: vehicle.id, kind: vehicle.kind, box: clipped, visible, side, plate: covered ? null : plate };
  });
}

/** The box of one vehicle in a camera, whole and clipped to the picture; null where it is not in it. */
export function boxOf(
  optics: Optics,
  vehicle: SceneVehicle,
  pose: ScenePose,
): { whole: Box; clipped: Box } | null {
  const lens = lensFor(optics);
  const { length, width, height } = vehicle.size;
  const whole: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const l of [-0.5, 0.5]) {
    for (const w of [-0.5, 0.5]) {
      const x = pose.at[0] + pose.heading[0] * length * l + pose.heading[1] * width * w;
      const y = pose.at[1] + pose.heading[1] * length * l - pose.heading[0] * width * w;
      for (const z of [0, height]) {
        const seen = lens.project(x, y, z);
        if (seen === null || seen[2] < 2) return null;
        whole[0] = Math.min(whole[0], seen[0]);
        whole[1] = Math.min(whole[1], seen[1]);
        whole[2] = Math.max(whole[2], seen[0]);
        whole[3] = Math.max(whole[3], seen[1]);
      }
    }
  }
  const clipped: Box = [
    Math.max(0, whole[0]),
    Math.max(0, whole[1]),
    Math.min(optics.width, whole[2]),
    Math.min(optics.height, whole[3]),
  ];
  return clipped[2] - clipped[0] < SMALLEST_PX || clipped[3] - clipped[1] < SMALLEST_PX
    ? null
    : { whole, clipped };
}

function sideOf(optics: Optics, pose: ScenePose): SeenTruth['side'] {
  const x = pose.at[0] - optics.position[0];
  const y = pose.at[1] - optics.position[1];
  const facing = (x * pose.heading[0] + y * pose.heading[1]) / Math.hypot(x, y);
  return facing < -0.35 ? 'front' : facing > 0.35 ? 'rear' : 'flank';
}

function plateIn(
  optics: Optics,
  vehicle: SceneVehicle,
  pose: ScenePose,
  side: SeenTruth['side'],
): SeenTruth['plate'] {
  const spec = side === 'front' ? vehicle.front : side === 'rear' ? vehicle.rear : null;
  if (spec === null || spec.state === 'covered' || spec.state === 'missing') return null;
  const lens = lensFor(optics);
  const { width, height } = PLATE[spec.shape];
  const end = ((side === 'front' ? 1 : -1) * vehicle.size.length) / 2;
  const z = PLATE_AT[vehicle.kind];
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const w of [-0.5, 0.5]) {
    for (const h of [-0.5, 0.5]) {
      const x = pose.at[0] + pose.heading[0] * end + pose.heading[1] * width * w;
      const y = pose.at[1] + pose.heading[1] * end - pose.heading[0] * width * w;
      const seen = lens.project(x, y, z + height * h);
      if (seen === null || seen[0] < 0 || seen[1] < 0 || seen[0] > optics.width || seen[1] > optics.height)
        return null;
      box[0] = Math.min(box[0], seen[0]);
      box[1] = Math.min(box[1], seen[1]);
      box[2] = Math.max(box[2], seen[0]);
      box[3] = Math.max(box[3], seen[1]);
    }
  }
  return { text: spec.text, box, heightPx: box[3] - box[1] };
}

const area = (box: readonly number[]): number =>
  Math.max(0, box[2]! - box[0]!) * Math.max(0, box[3]! - box[1]!);
function shared(a: readonly number[], b: readonly number[]): number {
  const w = Math.min(a[2]!, b[2]!) - Math.max(a[0]!, b[0]!);
  const h = Math.min(a[3]!, b[3]!) - Math.max(a[1]!, b[1]!);
  return w <= 0 || h <= 0 ? 0 : w * h;
}
