import { dot, laneAt, minus, rightOf, unitOf } from '../../sites/geometry.js';
import type { Point, SiteVersion } from '../../sites/site-schema.js';
import type { CameraView } from '../../sites/view.js';
import type { Box, VehicleKind } from '../../vision/observation.js';
import type { Measured } from './filter.js';

/** What vehicles of a class measure, metres: a start for the filter, which then learns the length. */
export const SHAPE: Readonly<Record<VehicleKind, { length: number; lengthSigma: number; width: number }>> = {
  car: { length: 4.5, lengthSigma: 0.35, width: 1.8 },
  motorcycle: { length: 1.95, lengthSigma: 0.15, width: 0.75 },
  bus: { length: 10.5, lengthSigma: 1.6, width: 2.5 },
  truck: { length: 8.5, lengthSigma: 3.5, width: 2.35 },
};

/**
 * Deviation of a box's edges in pixels and as a share of its height, and of the cuboid that stands for a vehicle in metres.
 * The detector's lower edges scatter by 3.5 % of the height (whole, sure boxes on rendered clips), and a look errs much as the one
 * before it (correlation .6), so that each says less than it would alone.
 */
const PIXELS = 2;
const SHARE = 0.05;
const MODEL = { along: 0.2, across: 0.12 };
const EDGE = 3;
/** Share of the picture's height from which on a lower edge so near to the rim may be the rim's: boxes of cut vehicles end a little above it. */
export const NEAR_RIM = 0.015;
/** How far that may put its nearer end, metres. */
const MAYBE_CUT = { along: 1.2, across: 0.6 };

/**
 * Whether the picture's rim cuts the box. Without its lower edge its place on the road is unknown, without a side its middle;
 * a roof beyond the upper rim does not matter for that, but its class may show there.
 */
export function cutBy(view: CameraView, box: Box): { above: boolean; below: boolean; aside: boolean } {
  const { width, height } = view.camera.image;
  return {
    above: box[1] <= EDGE,
    below: box[3] >= height - EDGE,
    aside: box[0] <= EDGE || box[2] >= width - EDGE,
  };
}

/**
 * Where the nearer end of a vehicle stands, from the lower edge of its box. The box of a vehicle beside the line of sight also
 * covers its flank, so its middle lies towards the lens; with the class's length and width that is taken out again.
 */
export function measure(view: CameraView, site: SiteVersion, kind: VehicleKind, box: Box): Measured | null {
  const u = (box[0] + box[2]) / 2;
  const v = box[3];
  const middle = view.toRoad(u, v);
  const lens: Point = view.lens === null ? [0, 0] : [view.lens[0], view.lens[1]];
  const sight =
    view.lens === null ? unitOf(minus(view.toRoad(u, v - 1), middle)) : unitOf(minus(middle, lens));
  const lane = laneAt(site, middle);
  const away =
    lane === null
      ? sight
      : dot(lane.direction, sight) >= 0
        ? lane.direction
        : ([-lane.direction[0], -lane.direction[1]] as Point);
  const axis = dot(away, sight) > 0.6 ? away : sight;
  const near = view.lens === null ? middle : unskewed(middle, lens, axis, SHAPE[kind]);
  if (!near.every(Number.isFinite)) return null;
  const scale = view.metresPerPixel(u, v);
  const pixels = PIXELS + SHARE * (box[3] - box[1]);
  const rim = box[3] > view.camera.image.height * (1 - NEAR_RIM) ? MAYBE_CUT : { along: 0, across: 0 };
  return {
    near,
    axis,
    sigmaAlong: Math.hypot(MODEL.along, pixels * scale.along, rim.along),
    sigmaAcross: Math.hypot(MODEL.across, pixels * scale.across, rim.across),
  };
}

function unskewed(middle: Point, lens: Point, axis: Point, shape: { length: number; width: number }): Point {
  const from = minus(middle, lens);
  const ahead = dot(from, axis);
  if (ahead <= 1) return middle;
  const side = rightOf(axis);
  const aside = dot(from, side);
  const k = ahead / (ahead + shape.length);
  const half = shape.width / 2;
  const moved = (2 * Math.abs(aside) - half * (1 - k)) / (1 + k);
  // Straight ahead both edges of the box belong to the nearer end.
  const offset = moved > half ? Math.sign(aside) * moved : aside;
  return [lens[0] + axis[0] * ahead + side[0] * offset, lens[1] + axis[1] * ahead + side[1] * offset];
}
