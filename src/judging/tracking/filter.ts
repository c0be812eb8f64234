import type { Point } from '../../sites/site-schema.js';

/**
 * A constant-velocity Kalman filter of a vehicle on the road plane with its length as a fifth unknown:
 * a camera sees the nearer end of a vehicle, so what it measures is the middle less half the length along the line of sight.
 * State [x, y, vx, vy, length] in metres and metres a second; covariance row by row.
 */
export interface Motion {
  readonly at: number;
  readonly s: readonly number[];
  readonly p: readonly number[];
}

/** The nearer end of a vehicle on the road, the unit vector from there over its length, and the deviations along and across. */
export interface Measured {
  readonly near: Point;
  readonly axis: Point;
  readonly sigmaAlong: number;
  readonly sigmaAcross: number;
}

const N = 5;
/** Deviation of the acceleration that is not foreseen, metres a second². */
const ACCELERATION = 2.5;

export function begin(
  at: number,
  measured: Measured,
  velocity: Point,
  spread: { along: number; across: number },
  length: { mean: number; sigma: number },
): Motion {
  const [ax, ay] = measured.axis;
  const half = length.mean / 2;
  const p = new Array<number>(N * N).fill(0);
  const along = measured.sigmaAlong ** 2 + length.sigma ** 2 / 4;
  const across = measured.sigmaAcross ** 2;
  spreadInto(p, 0, measured.axis, along, across);
  spreadInto(p, 2, measured.axis, spread.along ** 2, spread.across ** 2);
  p[24] = length.sigma ** 2;
  p[4] = p[20] = (ax * length.sigma ** 2) / 2;
  p[9] = p[21] = (ay * length.sigma ** 2) / 2;
  return tidy({
    at,
    s: [measured.near[0] + ax * half, measured.near[1] + ay * half, velocity[0], velocity[1], length.mean],
    p,
  });
}

function spreadInto(p: number[], i: number, axis: Point, along: number, across: number): void {
  const [ax, ay] = axis;
  p[i * N + i] = along * ax * ax + across * ay * ay;
  p[i * N + i + 1] = p[(i + 1) * N + i] = (along - across) * ax * ay;
  p[(i + 1) * N + i + 1] = along * ay * ay + across * ax * ax;
}

export function predict(motion: Motion, at: number): Motion {
  const dt = (at - motion.at) / 1000;
  if (dt === 0) return motion;
  const s = motion.s.slice();
  s[0]! += s[2]! * dt;
  s[1]! += s[3]! * dt;
  const p = motion.p.slice();
  // P := F P Fᵀ, where F only adds dt times rows 2, 3 to rows 0, 1.
  for (let c = 0; c < N; c++) {
    p[c]! += dt * p[2 * N + c]!;
    p[N + c]! += dt * p[3 * N + c]!;
  }
  for (let r = 0; r < N; r++) {
    p[r * N]! += dt * p[r * N + 2]!;
    p[r * N + 1]! += dt * p[r * N + 3]!;
  }
  const q = ACCELERATION ** 2;
  for (const i of [0, 1]) {
    p[i * N + i]! += (q * dt ** 4) / 4;
    p[i * N + i + 2]! += (q * dt ** 3) / 2;
    p[(i + 2) * N + i]! += (q * dt ** 3) / 2;
    p[(i + 2) * N + i + 2]! += q * dt ** 2;
  }
  return { at, s, p };
}

/** How far a measurement is from what was foreseen, in metres along and across and in squared deviations. */
export function surprise(motion: Motion, measured: Measured): { along: number; across: number; d2: number } {
  const [along, across] = rows(measured);
  const a = innovation(motion, along, measured.near, measured.sigmaAlong);
  const c = innovation(motion, across, measured.near, measured.sigmaAcross);
  return {
    along: a.residual,
    across: c.residual,
    d2: a.residual ** 2 / a.variance + c.residual ** 2 / c.variance,
  };
}

/** Squared deviations up to which a measurement is believed as it says; beyond, it counts for less. */
const BELIEVED = 9;

export function observe(motion: Motion, measured: Measured): Motion {
  const [along, across] = rows(measured);
  const doubt = Math.sqrt(Math.max(1, surprise(motion, measured).d2 / BELIEVED));
  const once = update(motion, along, measured.near, measured.sigmaAlong * doubt);
  return tidy(update(once, across, measured.near, measured.sigmaAcross * doubt));
}

type Row = readonly [number, number, number];
// Coefficients of x, y and length; velocity is not measured.
const rows = ({ axis: [x, y] }: Measured): [Row, Row] => [
  [x, y, -0.5],
  [y, -x, 0],
];

function innovation(motion: Motion, row: Row, near: Point, sigma: number) {
  const { s, p } = motion;
  const gain = Array.from(
    { length: N },
    (_, r) => p[r * N]! * row[0] + p[r * N + 1]! * row[1] + p[r * N + 4]! * row[2],
  );
  const variance = gain[0]! * row[0] + gain[1]! * row[1] + gain[4]! * row[2] + sigma ** 2;
  const expected = s[0]! * row[0] + s[1]! * row[1] + s[4]! * row[2];
  return { gain, variance, residual: near[0] * row[0] + near[1] * row[1] - expected };
}

function update(motion: Motion, row: Row, near: Point, sigma: number): Motion {
  const { gain, variance, residual } = innovation(motion, row, near, sigma);
  const k = gain.map((g) => g / variance);
  const s = motion.s.map((value, i) => value + k[i]! * residual);
  const p = motion.p.map((value, i) => value - k[Math.floor(i / N)]! * gain[i % N]!);
  // A length can be learnt wrong from a box that hides behind another; it never leaves the range of real vehicles.
  s[4] = Math.min(19, Math.max(1.4, s[4]!));
  return { at: motion.at, s, p };
}

/** One standard deviation of the leading (`end` = 1) or trailing (-1) edge along a unit vector. */
export function sigmaOfEnd(motion: Motion, heading: Point, end: 1 | -1): number {
  const { p } = motion;
  const [x, y] = heading;
  const centre = p[0]! * x * x + 2 * p[1]! * x * y + p[N + 1]! * y * y;
  return Math.sqrt(Math.max(0, centre + p[24]! / 4 + end * (p[4]! * x + p[9]! * y)));
}

// Rounded after every frame, so that a state that went through JSON goes on exactly like one that did not.
const tidy = ({ at, s, p }: Motion): Motion => ({
  at,
  s: s.map((v) => round(v, 1e4)),
  p: p.map((v) => round(v, 1e5)),
});
export const round = (value: number, by: number): number => Math.round(value * by) / by || 0;
