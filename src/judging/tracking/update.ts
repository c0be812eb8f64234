import { idOf } from '../../core/ids.js';
import { laneAt, unitOf } from '../../sites/geometry.js';
import { cameraOf } from '../../sites/lookup.js';
import type { Point, SiteVersion } from '../../sites/site-schema.js';
import { viewOf } from '../../sites/view.js';
import type { Box } from '../../vision/observation.js';
import type { SeenFrame, SeenVehicle } from '../frame.js';
import type { LampNow, TrackPoint } from '../passage.js';
import { addRead } from '../plate.js';
import { holdsMiddle } from './associate.js';
import { begin, observe, round, sigmaOfEnd, type Measured, type Motion } from './filter.js';
import { cutBy, SHAPE } from './footprint.js';
import { SURE_SCORE, type Track } from './state.js';

/** A part of a vehicle from this share of the picture's height on tells what it is; less may be two headlamps and no more. */
const LARGE_SHARE = 0.12;
/** A part says this much of what the whole says of the class: a lorry's cab is a car until its body comes into the picture. */
const CUT_SAYS = 0.1;

/** Metres a second that a vehicle is first thought to do, and how far from that it may be. */
const PRIOR = {
  expressway: { mean: 20, spread: 14 },
  rural: { mean: 14, spread: 11 },
  urban: { mean: 8, spread: 8 },
};
const STANDING = 0.8;
/** Standing vehicles keep one point a second. */
const STANDING_STEP_MS = 1000;

export interface FrameFacts {
  readonly frame: SeenFrame;
  readonly site: SiteVersion;
  readonly lamps: Record<string, LampNow> | undefined;
  /** Boxes of all vehicles in the frame, to tell whose plate it is. */
  readonly boxes: readonly Box[];
}

export function birth(facts: FrameFacts, vehicle: SeenVehicle, measured: Measured): Track {
  const { frame, site } = facts;
  const { length, lengthSigma } = SHAPE[vehicle.kind];
  const lane = laneAt(site, measured.near);
  const prior = PRIOR[site.road];
  const velocity: Point =
    lane === null ? [0, 0] : [lane.direction[0] * prior.mean, lane.direction[1] * prior.mean];
  const spread =
    lane === null ? { along: prior.mean, across: prior.mean } : { along: prior.spread, across: 1.5 };
  const motion = begin(frame.at, measured, velocity, spread, { mean: length, sigma: lengthSigma });
  const empty: Track = {
    root: idOf('passage', site.siteId, frame.id, vehicle.idx),
    rootAt: frame.at,
    segment: 0,
    firstAt: frame.at,
    lastAt: frame.at,
    motion,
    hits: 0,
    sure: 0,
    clear: 0,
    whole: 0,
    kinds: {},
    colours: {},
    points: [],
    plate: null,
    claims: [],
    seen: {},
  };
  return witness(facts, empty, motion, vehicle, measured.near);
}

/** A track after a frame that shows it whole. */
export function seen(
  facts: FrameFacts,
  track: Track,
  foreseen: Motion,
  vehicle: SeenVehicle,
  measured: Measured,
): Track {
  return witness(facts, track, observe(foreseen, measured), vehicle, measured.near);
}

/** A track after a frame whose rim cuts it: it is there, but not placed, and its plate is not read. */
export function glimpsed(frame: SeenFrame, track: Track, foreseen: Motion): Track {
  return {
    ...track,
    lastAt: frame.at,
    motion: { ...foreseen, s: foreseen.s.map((v) => round(v, 1e4)), p: foreseen.p.map((v) => round(v, 1e5)) },
  };
}

function witness(facts: FrameFacts, track: Track, motion: Motion, vehicle: SeenVehicle, near: Point): Track {
  const { frame } = facts;
  const weight = round(vehicle.score * Math.max(20, vehicle.box[3] - vehicle.box[1]), 10);
  const cut = isCut(facts, vehicle.box);
  const sure = vehicle.score >= SURE_SCORE;
  const says = cut ? CUT_SAYS : 1;
  return {
    ...track,
    lastAt: frame.at,
    motion,
    hits: track.hits + 1,
    sure: (track.sure ?? track.hits) + (sure ? 1 : 0),
    clear: (track.clear ?? track.hits) + (sure && (!cut || isLarge(facts, vehicle.box)) ? 1 : 0),
    whole: (track.whole ?? track.hits) + (sure && !cut ? 1 : 0),
    kinds: { ...track.kinds, [vehicle.kind]: round((track.kinds[vehicle.kind] ?? 0) + weight * says, 10) },
    colours:
      vehicle.bodyColour === 'unknown'
        ? track.colours
        : {
            ...track.colours,
            [vehicle.bodyColour]: round((track.colours[vehicle.bodyColour] ?? 0) + weight, 10),
          },
    points: withPoint(track.points, pointOf(facts, motion, vehicle)),
    plate: plateAfter(facts, track, vehicle),
    seen: {
      ...track.seen,
      [frame.cameraId]: { box: vehicle.box, near: [round(near[0], 1e3), round(near[1], 1e3)], at: frame.at },
    },
  };
}

function isCut({ frame, site }: FrameFacts, box: Box): boolean {
  const cut = cutBy(viewOf(cameraOf(site, frame.cameraId)!), box);
  return cut.above || cut.below || cut.aside;
}

const isLarge = ({ frame, site }: FrameFacts, box: Box): boolean =>
  box[3] - box[1] >= LARGE_SHARE * cameraOf(site, frame.cameraId)!.image.height;

function pointOf({ frame, site, lamps }: FrameFacts, motion: Motion, vehicle: SeenVehicle): TrackPoint {
  const [x, y, vx, vy, length] = motion.s as [number, number, number, number, number];
  const lane = laneAt(site, [x, y]);
  const speed = Math.hypot(vx, vy);
  const heading: Point = speed > STANDING || lane === null ? unitOf([vx, vy]) : lane.direction;
  return {
    frameId: frame.id,
    cameraId: frame.cameraId,
    idx: vehicle.idx,
    at: frame.at,
    box: [
      round(vehicle.box[0], 10),
      round(vehicle.box[1], 10),
      round(vehicle.box[2], 10),
      round(vehicle.box[3], 10),
    ],
    centre: [round(x, 100), round(y, 100)],
    velocity: [round(vx, 100), round(vy, 100)],
    heading: [round(heading[0], 1e3), round(heading[1], 1e3)],
    length: round(length, 100),
    sigmaFront: round(sigmaOfEnd(motion, heading, 1), 100),
    sigmaRear: round(sigmaOfEnd(motion, heading, -1), 100),
    lane: lane?.id ?? null,
    ...(lamps === undefined ? {} : { lamps }),
    clockOffsetMs: frame.clockOffsetMs,
  };
}

function withPoint(points: readonly TrackPoint[], next: TrackPoint): readonly TrackPoint[] {
  const [a, b] = [points.at(-2), points.at(-1)];
  const standing = (point: TrackPoint): boolean =>
    Math.hypot(point.velocity[0], point.velocity[1]) < STANDING;
  const spare =
    a !== undefined &&
    b !== undefined &&
    a.cameraId === b.cameraId &&
    b.cameraId === next.cameraId &&
    standing(a) &&
    standing(b) &&
    standing(next) &&
    next.at - a.at <= STANDING_STEP_MS &&
    sameLamps(b, next);
  return spare ? [...points.slice(0, -1), next] : [...points, next];
}

// A change of the lamp is worth its own point, however still the vehicle stands.
const sameLamps = (a: TrackPoint, b: TrackPoint): boolean =>
  Object.entries(a.lamps ?? {}).every(([signal, lamp]) => b.lamps?.[signal]?.state === lamp.state);

/** Reads only a plate inside this vehicle's box; where a nearer vehicle's box holds it too, it is not this one's. */
function plateAfter({ frame, boxes }: FrameFacts, track: Track, vehicle: SeenVehicle): Track['plate'] {
  const read = vehicle.plate;
  if (read === null) return track.plate;
  if (!holdsMiddle(vehicle.box, read.box)) return track.plate;
  const others = boxes.filter((box) => box !== vehicle.box && holdsMiddle(box, read.box));
  if (others.some((box) => box[3] > vehicle.box[3])) return track.plate;
  const from = { frameId: frame.id, cameraId: frame.cameraId, idx: vehicle.idx, at: frame.at };
  return addRead(track.plate, read, from, others.length > 0 ? 0.5 : 1);
}
