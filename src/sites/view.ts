import { apply, calibrate, type Calibration } from './homography.js';
import type { Point, SiteCamera } from './site-schema.js';

/** A camera as judging uses it: pixels to road metres and back, and where the lens is. */
export interface CameraView {
  readonly camera: SiteCamera;
  readonly calibration: Calibration;
  /** Road metres and height of the lens, found from the calibration alone; null where it cannot be. */
  readonly lens: readonly [x: number, y: number, z: number] | null;
  toRoad(u: number, v: number): Point;
  toImage(x: number, y: number): Point;
  /** Metres on the road of one pixel, along and across the line of sight. */
  metresPerPixel(u: number, v: number): { readonly along: number; readonly across: number };
  /** Above 0 in front of the lens, 1 at the first known point, falling with nearness; a straight function of the place. */
  depth(x: number, y: number): number;
  /** Whether a place on the road is in the picture and near enough to be placed well. */
  sees(x: number, y: number): boolean;
}

/** Beyond this one pixel is too much road for a place to mean anything. */
const COARSEST_METRES_PER_PIXEL = 0.6;
const views = new WeakMap<SiteCamera, CameraView>();

/** @throws {SiteError} `CALIBRATION_DEGENERATE` */
export function viewOf(camera: SiteCamera): CameraView {
  const known = views.get(camera);
  if (known !== undefined) return known;
  const calibration = calibrate(camera.calibration);
  const { width, height } = camera.image;
  const toRoad = (u: number, v: number): Point => apply(calibration.toRoad, u, v);
  // A road point beyond the horizon maps into the picture upside down; the sign of this weight tells.
  const unit = weight(calibration.toImage, ...toRoad(...camera.calibration[0]!.image));
  const metresPerPixel = (u: number, v: number) => {
    const at = toRoad(u, v);
    const up = toRoad(u, v - 1);
    const side = toRoad(u + 1, v);
    return {
      along: Math.hypot(up[0] - at[0], up[1] - at[1]),
      across: Math.hypot(side[0] - at[0], side[1] - at[1]),
    };
  };
  const view: CameraView = {
    camera,
    calibration,
    lens: lensOf(calibration, width, height),
    toRoad,
    toImage: (x, y) => apply(calibration.toImage, x, y),
    metresPerPixel,
    depth: (x, y) => weight(calibration.toImage, x, y) / unit,
    sees(x, y) {
      if (weight(calibration.toImage, x, y) / unit <= 0) return false;
      const [u, v] = apply(calibration.toImage, x, y);
      return (
        u >= 0 &&
        u <= width &&
        v >= 0 &&
        v <= height &&
        metresPerPixel(u, v).along <= COARSEST_METRES_PER_PIXEL
      );
    },
  };
  views.set(camera, view);
  return view;
}

const weight = (h: readonly number[], x: number, y: number): number => h[6]! * x + h[7]! * y + h[8]!;

/**
 * Where the lens is, from the homography of a pinhole with square pixels and its axis in the middle of the picture:
 * the road's two axes are perpendicular and of equal length, which gives the focal length, and that the pose.
 */
function lensOf(calibration: Calibration, width: number, height: number): CameraView['lens'] {
  const h = calibration.toImage;
  const column = (i: number): [number, number, number] => [
    h[i]! - (width / 2) * h[i + 6]!,
    h[i + 3]! - (height / 2) * h[i + 6]!,
    h[i + 6]!,
  ];
  const [a, b, t] = [column(0), column(1), column(2)];
  // Both conditions are linear in 1/f²: p·q = r.
  const p = [a[0] * b[0] + a[1] * b[1], (a[0] ** 2 + a[1] ** 2 - b[0] ** 2 - b[1] ** 2) / 2];
  const r = [-a[2] * b[2], (b[2] ** 2 - a[2] ** 2) / 2];
  const q = (p[0]! * r[0]! + p[1]! * r[1]!) / (p[0]! ** 2 + p[1]! ** 2);
  if (!(q > 0)) return null;
  const straight = (v: [number, number, number]): [number, number, number] => [
    v[0] * Math.sqrt(q),
    v[1] * Math.sqrt(q),
    v[2],
  ];
  const [ra, rb, rt] = [straight(a), straight(b), straight(t)];
  const scale = Math.sqrt(Math.hypot(...ra) * Math.hypot(...rb));
  const dot = (u: readonly number[], v: readonly number[]) => u[0]! * v[0]! + u[1]! * v[1]! + u[2]! * v[2]!;
  const up = [ra[1] * rb[2] - ra[2] * rb[1], ra[2] * rb[0] - ra[0] * rb[2], ra[0] * rb[1] - ra[1] * rb[0]];
  const lens = [-dot(ra, rt) / scale ** 2, -dot(rb, rt) / scale ** 2, -dot(up, rt) / scale ** 3] as const;
  return lens.every(Number.isFinite) ? [lens[0], lens[1], Math.abs(lens[2])] : null;
}
