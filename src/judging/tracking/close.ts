import { idOf } from '../../core/ids.js';
import { viewOf } from '../../sites/view.js';
import type { SiteVersion } from '../../sites/site-schema.js';
import type { Neighbour, NeighbourStep, Passage } from '../passage.js';
import { fuse } from '../plate.js';
import { likeliest, possibleClasses } from '../vehicle-class.js';
import { excused } from '../way.js';
import { predict } from './filter.js';
import type { SiteState, Track } from './state.js';

/** Frames that make a passage, and those of them in which the detector must be sure; fewer are a flicker of it. */
const LEAST_HITS = 3;
const LEAST_SURE = 2;
/** How long a vehicle may be hidden where it should be seen, ms: a gap of two seconds is bridged. */
const HIDDEN_MS = 2500;
/** Out of every camera's sight for good. */
const GONE_MS = 600;
/** Longest way between two cameras of a site. */
const BETWEEN_CAMERAS_MS = 12_000;
const STEP_MS = 450;
const NEAR_METRES = 120;
const BEFORE_MS = 6000;
/** So long after it ended the way of a passage is kept for those who come. */
const LEFT_KEPT_MS = 30_000;

/** Whether a track has ended by `now`. Depends on the track alone, so that it does not matter when it is asked. */
export function hasEnded(track: Track, site: SiteVersion, now: number): boolean {
  const unseen = now - track.lastAt;
  if (unseen <= GONE_MS) return false;
  return unseen > allowance(track, site);
}

function allowance(track: Track, site: SiteVersion): number {
  const views = site.cameras.map(viewOf);
  const visibleAfter = (ms: number): boolean => {
    const { s } = predict(track.motion, track.motion.at + ms);
    return views.some((view) => view.sees(s[0]!, s[1]!));
  };
  const hidden = visibleAfter(200) || visibleAfter(600);
  // Beside a bus it may leave one camera's picture unseen, and come out before the next.
  let left = !hidden;
  for (let ms = 1000; views.length > 1 && ms <= BETWEEN_CAMERAS_MS; ms += 1000) {
    const inView = visibleAfter(ms);
    if (inView && left) return ms + HIDDEN_MS;
    if (inView && ms > HIDDEN_MS) break;
    left ||= !inView;
  }
  return hidden ? HIDDEN_MS : GONE_MS;
}

/** Whether it was seen often and surely enough to be a vehicle at all. */
export const isVehicle = (track: Pick<Track, 'hits' | 'sure'>): boolean =>
  track.hits >= LEAST_HITS && (track.sure ?? track.hits) >= LEAST_SURE;

/** The passage of an ended (or cut) track, or null where it was seen too little to be one. */
export function passageOf(
  track: Track,
  site: SiteVersion,
  state: Pick<SiteState, 'tracks' | 'left'>,
): Passage | null {
  if (!isVehicle(track) || track.points.length < 2) return null;
  const startedAt = track.points[0]!.at;
  const endedAt = track.points.at(-1)!.at;
  const plate = fuse(track.plate);
  const colours = Object.entries(track.colours).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return {
    id: passageId(track),
    root: track.root,
    ...(track.rootAt === undefined ? {} : { rootStartedAt: track.rootAt }),
    siteId: site.siteId,
    siteVersion: site.version,
    startedAt,
    endedAt,
    kind: likeliest(track.kinds),
    couldBe: possibleClasses(track.kinds, track.hits, plate, track),
    bodyColour: (colours[0]?.[0] ?? 'unknown') as Passage['bodyColour'],
    plate,
    points: track.points,
    claims: track.claims,
    around: [...state.left, ...state.tracks.filter((other) => other !== track && isVehicle(other)).map(wayOf)]
      .filter((other) => rootOf(other) !== track.root)
      .map((other) => ({
        ...other,
        path: other.path.filter((step) => step.at >= startedAt - BEFORE_MS && step.at <= endedAt + 1000),
      }))
      .filter((other) => other.path.some((step) => nearTo(track, step))),
  };
}

export const passageId = (track: Pick<Track, 'root' | 'segment'>): string =>
  track.segment === 0 ? track.root : idOf('passage', track.root, track.segment);

function nearTo(track: Track, step: NeighbourStep): boolean {
  return track.points.some(
    ({ centre }) => Math.hypot(centre[0] - step.centre[0], centre[1] - step.centre[1]) < NEAR_METRES,
  );
}

export const rootOf = (way: Pick<Neighbour, 'passage' | 'root'>): string => way.root ?? way.passage;

/**
 * Whether somebody may still need a way that has ended: who has been on the road since then may owe his excuse to it, however long
 * he stays. A stay is cut long before that costs anything.
 */
export function isNeeded(way: Neighbour, tracks: readonly Track[], now: number): boolean {
  const ended = way.path.at(-1)!.at;
  return ended >= now - LEFT_KEPT_MS || tracks.some((track) => track.points[0]!.at - BEFORE_MS <= ended);
}

/** A track's way, about two places a second. */
export function wayOf(track: Track): Neighbour {
  const path: NeighbourStep[] = [];
  for (const point of track.points) {
    if (path.length > 0 && point.at - path.at(-1)!.at < STEP_MS) continue;
    path.push({
      at: point.at,
      centre: point.centre,
      velocity: point.velocity,
      speed: Math.round(Math.hypot(...point.velocity) * 10) / 10,
      lane: point.lane,
      frameId: point.frameId,
    });
  }
  const excuse = excused(track);
  return {
    passage: passageId(track),
    ...(track.segment === 0 ? {} : { root: track.root }),
    kind: likeliest(track.kinds),
    path,
    ...(excuse === undefined ? {} : { excusedBy: excuse.frameId }),
  };
}
