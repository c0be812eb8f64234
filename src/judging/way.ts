import { distance, dot, minus } from '../sites/geometry.js';
import type { Lane, Point, SiteVersion } from '../sites/site-schema.js';
import { cameraOf } from '../sites/lookup.js';
import { viewOf } from '../sites/view.js';
import { cutBy, NEAR_RIM } from './tracking/footprint.js';
import type { AttributedClaim, Neighbour, NeighbourStep, Passage, TrackPoint } from './passage.js';

/** A car that goes backwards slower than this reverses; one that is faster drives the wrong way. */
export const REVERSING_KMH = 20;

/** Words about a passage's way that several rules use. */
export const kmh = (point: TrackPoint): number => Math.hypot(point.velocity[0], point.velocity[1]) * 3.6;

export const laneOf = (site: SiteVersion, id: string | null): Lane | null =>
  id === null ? null : (site.lanes.find((lane) => lane.id === id) ?? null);

/** The longest unbroken run of points that fit, by the length of its way. */
export function longestRun(
  points: readonly TrackPoint[],
  fits: (point: TrackPoint) => boolean,
): TrackPoint[] {
  let best: TrackPoint[] = [];
  for (const run of runs(points, fits)) if (best.length === 0 || wayLength(run) > wayLength(best)) best = run;
  return best;
}

/** Unbroken runs of points that fit. */
export function runs(points: readonly TrackPoint[], fits: (point: TrackPoint) => boolean): TrackPoint[][] {
  const all: TrackPoint[][] = [];
  let run: TrackPoint[] = [];
  for (const point of points) {
    if (fits(point)) run.push(point);
    else if (run.length > 0) {
      all.push(run);
      run = [];
    }
  }
  return run.length > 0 ? [...all, run] : all;
}

/** Metres from the first point to the last, as the crow flies. */
export const wayLength = (run: readonly TrackPoint[]): number =>
  run.length < 2 ? 0 : distance(run[0]!.centre, run.at(-1)!.centre);
export const seconds = (run: readonly TrackPoint[]): number =>
  run.length < 2 ? 0 : (run.at(-1)!.at - run[0]!.at) / 1000;

/** Net metres along a direction from the first point to the last. */
export const progress = (run: readonly TrackPoint[], direction: Point): number =>
  run.length < 2 ? 0 : dot(minus(run.at(-1)!.centre, run[0]!.centre), direction);

/** Looks further apart than this do not show what lay between. */
const TOGETHER_MS = 1000;
/** Net metres along a direction that it was seen to go: what it went between looks far apart is left out. */
export function seenProgress(run: readonly TrackPoint[], direction: Point): number {
  return run.slice(1).reduce((sum, point, i) => {
    const before = run[i]!;
    return point.at - before.at > TOGETHER_MS
      ? sum
      : sum + dot(minus(point.centre, before.centre), direction);
  }, 0);
}

/** Whether a side of the picture cuts it in this look, so that where its middle is, and whether it turned, is not seen. */
export function cutAside(site: SiteVersion, { cameraId, box }: TrackPoint): boolean {
  const camera = cameraOf(site, cameraId);
  return camera !== null && cutBy(viewOf(camera), box).aside;
}

/** Whether the picture's rim may cut the vehicle: it seems to slow down there, since less and less of it is seen. */
export function atRim(site: SiteVersion, point: TrackPoint): boolean {
  const camera = cameraOf(site, point.cameraId);
  return camera !== null && (cutAside(site, point) || point.box[3] > camera.image.height * (1 - NEAR_RIM));
}

/** What a device said it saw of this vehicle, sure enough to be heard in the driver's favour. */
export const sightings = (passage: Pick<Passage, 'claims'>, code: string, least = 0.5): AttributedClaim[] =>
  passage.claims.filter(
    (claim) => claim.kind === 'sighting' && claim.code === code && (claim.confidence ?? 1) >= least,
  );

/** A vehicle with blue lights on duty, or one that an officer waves on, does as it must. */
export const excused = (passage: Pick<Passage, 'claims'>): AttributedClaim | undefined =>
  [...sightings(passage, 'on-duty'), ...sightings(passage, 'directed-by-police')][0];

/** How far from where it should be a vehicle that was lost from sight may come into it again: metres, and share of its way. */
const FOUND_AGAIN = { metres: 8, share: 0.3 };
/** Whether a neighbour that was lost from sight before this passage began may be the same vehicle, for it should have been there. */
export function mayGoOnAs(passage: Passage, { kind, path }: Neighbour): boolean {
  const [first, last] = [passage.points[0]!, path.at(-1)];
  if (last === undefined || last.at >= first.at) return false;
  if ((kind === 'motorcycle') !== (passage.kind === 'motorcycle')) return false;
  // At the far end of a street one leaves where another comes in; they drive in opposite directions.
  if (dot(minus(passage.points.at(-1)!.centre, first.centre), last.velocity) < 0) return false;
  const gap = (first.at - last.at) / 1000;
  const there: Point = [last.centre[0] + last.velocity[0] * gap, last.centre[1] + last.velocity[1] * gap];
  return distance(there, first.centre) <= FOUND_AGAIN.metres + FOUND_AGAIN.share * last.speed * gap;
}

/** Where a neighbour was at an instant, moved on from the nearest place at which it was seen, within two seconds of it. */
export function stepAt(neighbour: Neighbour, at: number): NeighbourStep | null {
  let best: NeighbourStep | null = null;
  for (const step of neighbour.path)
    if (best === null || Math.abs(step.at - at) < Math.abs(best.at - at)) best = step;
  if (best === null || Math.abs(best.at - at) > 2000) return null;
  const dt = (at - best.at) / 1000;
  return {
    ...best,
    centre: [best.centre[0] + best.velocity[0] * dt, best.centre[1] + best.velocity[1] * dt],
  };
}

export interface Ahead {
  readonly neighbour: Neighbour;
  readonly step: NeighbourStep;
  /** Metres between the middles, along the direction. */
  readonly metres: number;
}

/** Vehicles ahead of a point along a direction, nearest first; `inLane` keeps those whose lane it accepts. */
export function ahead(
  passage: Passage,
  point: TrackPoint,
  direction: Point,
  reach: number,
  inLane: (lane: string | null) => boolean,
): Ahead[] {
  return passage.around
    .flatMap((neighbour) => {
      const step = stepAt(neighbour, point.at);
      if (step === null || !inLane(step.lane)) return [];
      const metres = dot(minus(step.centre, point.centre), direction);
      return metres > 1 && metres <= reach ? [{ neighbour, step, metres }] : [];
    })
    .sort((a, b) => a.metres - b.metres);
}

/** Something that stands (or crawls) in the lanes of this direction ahead or beside, so that others have to go round it. */
export function obstacle(
  passage: Passage,
  site: SiteVersion,
  run: readonly TrackPoint[],
  direction: Point,
): Ahead | string | null {
  const blocked = sightings(passage, 'lane-blocked')[0];
  if (blocked !== undefined) return blocked.frameId;
  const open = new Set(
    site.lanes
      .filter((lane) => lane.kind === 'traffic' && dot(lane.direction, direction) > 0.7)
      .map((lane) => lane.id),
  );
  for (const point of run) {
    const before = {
      ...point,
      centre: [point.centre[0] - direction[0] * 12, point.centre[1] - direction[1] * 12] as Point,
    };
    const stands = ahead(passage, before, direction, 90, (lane) => lane !== null && open.has(lane)).find(
      (one) => one.step.speed < 2,
    );
    if (stands !== undefined) return stands;
  }
  return null;
}
