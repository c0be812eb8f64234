import { munkres } from 'munkres';
import type { CameraView } from '../../sites/view.js';
import type { Box } from '../../vision/observation.js';
import type { SeenVehicle } from '../frame.js';
import { surprise, type Measured, type Motion } from './filter.js';
import { likeliest } from '../vehicle-class.js';
import type { Track } from './state.js';

/** A vehicle in one frame, placed on the road where its box allows it. */
export interface Detection {
  readonly vehicle: SeenVehicle;
  readonly measured: Measured | null;
  /** The picture's lower rim cuts it, so that it has no place on the road. */
  readonly cut: boolean;
}
export interface Foreseen {
  readonly track: Track;
  readonly motion: Motion;
}

/** Squared deviations beyond which two are not the same vehicle, and limits in metres that hold however unsure the filter is. */
const GATE = 16;
const AROUND = { along: 14, across: 3 };
/** After a gap the limit along the road grows by this many metres a second. */
const GROWTH = 8;
/** A detector may take a motorcycle for a car in a frame or two; what comes out of hiding as another kind is another vehicle. */
const BRIEF_MS = 350;
/** Nobody brakes harder than this, metres a second²; slower than this there is nothing to brake, metres a second. */
const HARDEST = 8;
const CREEPING = 2;
/** How far a box may put a vehicle from where it is besides its own deviation, metres. */
const MISPLACED = 1.5;
/** Who must have driven out of a picture so long ago is not who comes into it now. */
const LEFT_MS = 600;
/** Who was not seen for so long while he should have been is not who comes into the next camera's picture. */
const MISSED_MS = 1000;
const FORBIDDEN = 1e6;
export const SAME_IN_PICTURE = 0.45;

/** Pairs of indices [foreseen, detection] of least total cost (Hungarian method); who fits nobody stays alone. */
export function associate(
  view: CameraView,
  foreseen: readonly Foreseen[],
  detections: readonly Detection[],
): [number, number][] {
  if (foreseen.length === 0 || detections.length === 0) return [];
  const costs = foreseen.map((one) =>
    detections.map((detection) => costOf(view, one, detection) ?? FORBIDDEN),
  );
  // The solver is cubic and most vehicles have one candidate and no rival: those are settled first, with the same result.
  const pairs: [number, number][] = [];
  const rows: number[] = [];
  const columns = new Set<number>();
  const rivals = detections.map((_, c) => costs.reduce((n, row) => n + (row[c]! < FORBIDDEN ? 1 : 0), 0));
  costs.forEach((row, r) => {
    const candidates = row.flatMap((cost, c) => (cost < FORBIDDEN ? [c] : []));
    if (candidates.length === 0) return;
    if (candidates.length === 1 && rivals[candidates[0]!] === 1) return void pairs.push([r, candidates[0]!]);
    rows.push(r);
    candidates.forEach((c) => columns.add(c));
  });
  if (rows.length > 0) {
    const cols = [...columns].sort((a, b) => a - b);
    for (const [r, c] of munkres(rows.map((row) => cols.map((column) => costs[row]![column]!)))) {
      if (costs[rows[r]!]![cols[c]!]! < FORBIDDEN) pairs.push([rows[r]!, cols[c]!]);
    }
  }
  return pairs.sort((a, b) => a[0] - b[0]);
}

function costOf(
  view: CameraView,
  { track, motion }: Foreseen,
  { vehicle, measured, cut }: Detection,
): number | null {
  const unseenMs = motion.at - track.lastAt;
  if (unseenMs > BRIEF_MS && (likeliest(track.kinds) === 'motorcycle') !== (vehicle.kind === 'motorcycle'))
    return null;
  if (cut || measured === null) {
    const shared = overlap(foreseenBox(view, track, motion), vehicle.box);
    return shared >= 0.3 ? 10 * (1 - shared) + strangeness(track, vehicle) : null;
  }
  const [x, y] = [motion.s[0]! - measured.near[0], motion.s[1]! - measured.near[1]];
  const reach = AROUND.along + GROWTH * Math.max(0, unseenMs / 1000 - 0.5);
  if (x * x + y * y > (reach + 6) ** 2) return null;
  if (unseenMs > LEFT_MS && hasLeft(view, track, motion)) return null;
  if (vanished(view, track)) return null;
  if (
    unseenMs > BRIEF_MS &&
    (standsBehind(view, track, measured, unseenMs) || otherPlate(view, track, vehicle))
  )
    return null;
  const { along, across, d2 } = surprise(motion, measured);
  const shared = overlap(foreseenBox(view, track, motion), vehicle.box);
  if (d2 <= GATE && Math.abs(along) <= reach && Math.abs(across) <= AROUND.across)
    return 4 + d2 - 4 * shared + strangeness(track, vehicle);
  // A box with a wrong lower edge lands elsewhere on the road and is still plainly the same vehicle in the picture.
  return shared >= SAME_IN_PICTURE ? 4 + GATE + 8 * (1 - shared) + strangeness(track, vehicle) : null;
}

/**
 * Whether it is another camera that saw it last, and did not for long although it should have: a second box on a vehicle, or a
 * reflection. It would take the way, or the plate, of somebody who was followed to the end of that picture.
 */
const vanished = (view: CameraView, track: Track): boolean =>
  lastCamera(track) !== view.camera.id && (track.missedAt ?? 0) - track.lastAt > MISSED_MS;

/** Whether this camera saw it last and cannot see the place where it must be by now. */
const hasLeft = (view: CameraView, track: Track, { s }: Motion): boolean =>
  lastCamera(track) === view.camera.id && !view.sees(s[0]!, s[1]!);

/** Whether it would have to have stopped shorter than any brakes allow, or to have gone backwards, while it was not seen. */
function standsBehind(view: CameraView, track: Track, measured: Measured, unseenMs: number): boolean {
  const [x, y, vx, vy, length] = track.motion.s as [number, number, number, number, number];
  const speed = Math.hypot(vx, vy);
  if (speed < CREEPING) return false;
  const { near, axis, sigmaAlong } = measured;
  const went =
    ((near[0] + (axis[0] * length) / 2 - x) * vx + (near[1] + (axis[1] * length) / 2 - y) * vy) / speed;
  const braking = Math.min(unseenMs / 1000, speed / HARDEST);
  const least = speed * braking - (HARDEST * braking ** 2) / 2;
  // From the other side another end of it is seen, and its length is not known that well.
  const lengthSigma = lastCamera(track) === view.camera.id ? 0 : Math.sqrt(track.motion.p[24]!);
  return went < least - MISPLACED - 2 * sigmaAlong - lengthSigma;
}

/** A sure plate after a gap that is none of those it was sure of before; a trailer's, seen from behind, is not its tractor's. */
function otherPlate(view: CameraView, track: Track, { plate }: SeenVehicle): boolean {
  if (plate?.accepted !== true || track.plate === null || lastCamera(track) !== view.camera.id) return false;
  const known = Object.keys(track.plate.accepted);
  return known.length > 0 && !known.includes(plate.text);
}

export const lastCamera = (track: Track): string | undefined => track.points.at(-1)?.cameraId;

/** A motorcycle does not become a lorry, nor one plate another. */
function strangeness(track: Track, vehicle: SeenVehicle): number {
  const kind = likeliest(track.kinds);
  const otherKind =
    kind === vehicle.kind ? 0 : kind === 'motorcycle' || vehicle.kind === 'motorcycle' ? 8 : 0.5;
  if (vehicle.plate === null || !vehicle.plate.accepted || track.plate === null) return otherKind;
  const known = Object.keys(track.plate.accepted);
  if (known.length === 0) return otherKind;
  return otherKind + (known.includes(vehicle.plate.text) ? 0 : 6);
}

/** Its last box in this camera, moved to where it should be now. */
export function foreseenBox(view: CameraView, track: Track, motion: Motion): Box | null {
  const last = track.seen[view.camera.id];
  if (last === undefined) return null;
  const dt = (motion.at - last.at) / 1000;
  const near = [last.near[0] + motion.s[2]! * dt, last.near[1] + motion.s[3]! * dt] as const;
  const [u, v] = view.toImage(near[0], near[1]);
  if (!Number.isFinite(u) || !Number.isFinite(v)) return null;
  const before = view.toImage(last.near[0], last.near[1]);
  const scale = view.metresPerPixel(before[0], before[1]).across / view.metresPerPixel(u, v).across;
  if (!(scale > 0.2 && scale < 5)) return null;
  const [w, h] = [((last.box[2] - last.box[0]) * scale) / 2, (last.box[3] - last.box[1]) * scale];
  const aside = ((last.box[0] + last.box[2]) / 2 - before[0]) * scale;
  const { width, height } = view.camera.image;
  return [
    Math.max(0, u + aside - w),
    Math.max(0, v - h),
    Math.min(width, u + aside + w),
    Math.min(height, v),
  ];
}

/** Intersection over union. */
export function overlap(a: Box | null, b: Box): number {
  if (a === null) return 0;
  const shared = intersection(a, b);
  if (shared === 0) return 0;
  return shared / (area(a) + area(b) - shared);
}
export function intersection(a: Box, b: Box): number {
  const w = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const h = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return w <= 0 || h <= 0 ? 0 : w * h;
}
/** Whether the middle of a part of the picture lies in a box. */
export function holdsMiddle([left, upper, right, lower]: Box, [x0, y0, x1, y1]: Box): boolean {
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return x >= left && x <= right && y >= upper && y <= lower;
}

export const area = (box: Box): number => Math.max(0, box[2] - box[0]) * Math.max(0, box[3] - box[1]);
