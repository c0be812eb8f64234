import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { SiteError } from './errors.js';
import type { Point } from './site-schema.js';

/** Nine numbers, row by row. */
export type Homography = readonly number[];

export interface Calibration {
  readonly toRoad: Homography;
  readonly toImage: Homography;
  /** Distance on the road between each known point and where its pixel falls, metres. */
  readonly errorMetres: { readonly rms: number; readonly max: number };
}

/**
 * The plane-to-plane mapping of four or more known points, by least squares (normalised DLT, Hartley & Zisserman 4.1).
 * @throws {SiteError} `CALIBRATION_DEGENERATE` where three of four points lie on a line or points coincide.
 */
export function calibrate(points: readonly { image: Point; road: Point }[]): Calibration {
  const toRoad = solve(
    points.map((p) => p.image),
    points.map((p) => p.road),
  );
  const toImage = inverse(toRoad);
  const errors = points.map((p) => {
    const at = apply(toRoad, p.image[0], p.image[1]);
    return Math.hypot(at[0] - p.road[0], at[1] - p.road[1]);
  });
  const rms = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
  if (!Number.isFinite(rms))
    throw new SiteError('CALIBRATION_DEGENERATE', 'the known points do not fix a plane');
  return { toRoad, toImage, errorMetres: { rms, max: Math.max(...errors) } };
}

export function apply(h: Homography, x: number, y: number): Point {
  const w = h[6]! * x + h[7]! * y + h[8]!;
  return [(h[0]! * x + h[1]! * y + h[2]!) / w, (h[3]! * x + h[4]! * y + h[5]!) / w];
}

/** Above 0 where the mapping keeps a turn to the right one to the right at a place, below 0 where it mirrors it. */
export function turning(h: Homography, x: number, y: number): number {
  const w = h[6]! * x + h[7]! * y + h[8]!;
  return determinant(h) / w ** 3;
}

function solve(from: readonly Point[], to: readonly Point[]): Homography {
  const a = normaliser(from);
  const b = normaliser(to);
  const rows = from.flatMap((p, i) => {
    const [x, y] = apply(a, p[0], p[1]);
    const [u, v] = apply(b, to[i]![0], to[i]![1]);
    return [
      [-x, -y, -1, 0, 0, 0, u * x, u * y, u],
      [0, 0, 0, -x, -y, -1, v * x, v * y, v],
    ];
  });
  // Nine rows at least, so that the decomposition has the null vector among its columns.
  while (rows.length < 9) rows.push(new Array<number>(9).fill(0));
  const svd = new SingularValueDecomposition(new Matrix(rows), { computeLeftSingularVectors: false });
  const values = svd.diagonal;
  if (values[7]! < 1e-7 * values[0]!) {
    throw new SiteError('CALIBRATION_DEGENERATE', 'too many known points lie on one line');
  }
  const last = svd.rightSingularVectors.getColumn(8);
  return scaled(multiply(inverse(b), multiply(last, a)));
}

/** Moves points around the origin at a mean distance of √2, without which the equations are badly conditioned. */
function normaliser(points: readonly Point[]): Homography {
  const cx = points.reduce((sum, p) => sum + p[0], 0) / points.length;
  const cy = points.reduce((sum, p) => sum + p[1], 0) / points.length;
  const spread = points.reduce((sum, p) => sum + Math.hypot(p[0] - cx, p[1] - cy), 0) / points.length;
  if (spread === 0) throw new SiteError('CALIBRATION_DEGENERATE', 'the known points coincide');
  const s = Math.SQRT2 / spread;
  return [s, 0, -s * cx, 0, s, -s * cy, 0, 0, 1];
}

export function multiply(a: Homography, b: Homography): Homography {
  return Array.from({ length: 9 }, (_, i) => {
    const [r, c] = [Math.floor(i / 3) * 3, i % 3];
    return a[r]! * b[c]! + a[r + 1]! * b[c + 3]! + a[r + 2]! * b[c + 6]!;
  });
}

// prettier-ignore
type Nine = [number, number, number, number, number, number, number, number, number];

export function inverse(h: Homography): Homography {
  const [a, b, c, d, e, f, g, i, j] = h as Nine;
  const det = determinant(h);
  return scaled([
    (e * j - f * i) / det,
    (c * i - b * j) / det,
    (b * f - c * e) / det,
    (f * g - d * j) / det,
    (a * j - c * g) / det,
    (c * d - a * f) / det,
    (d * i - e * g) / det,
    (b * g - a * i) / det,
    (a * e - b * d) / det,
  ]);
}

function determinant(h: Homography): number {
  const [a, b, c, d, e, f, g, i, j] = h as Nine;
  return a * (e * j - f * i) - b * (d * j - f * g) + c * (d * i - e * g);
}

const scaled = (h: Homography): Homography => (h[8] === 0 ? h : h.map((value) => value / h[8]!));
