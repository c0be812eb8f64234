import {
  area,
  associate,
  foreseenBox,
  intersection,
  lastCamera,
  overlap,
  type Detection,
  type Foreseen,
} from './associate.js';
import { attribute } from './attribute.js';
import { hasEnded, isNeeded, isVehicle, passageOf, wayOf } from './close.js';
import { foresee } from './foresee.js';
import { cutBy, measure, SHAPE } from './footprint.js';
import type { Motion } from './filter.js';
import { lampsAfter, lampsFor } from './lamps.js';
import { SURE_SCORE, type SiteState, type Track } from './state.js';
import { birth, glimpsed, seen, type FrameFacts } from './update.js';
import type { SeenFrame } from '../frame.js';
import type { AttributedClaim, Passage } from '../passage.js';
import { likeliest } from '../vehicle-class.js';
import { dot, laneAt, minus, rightOf } from '../../sites/geometry.js';
import { cameraOf } from '../../sites/lookup.js';
import type { SiteVersion } from '../../sites/site-schema.js';
import { viewOf, type CameraView } from '../../sites/view.js';

/**
 * Scores from which a detection is sure, may start a track, and may continue one (ByteTrack's two stages). An unsure one starts a
 * track too, so that a vehicle is followed from where it was first seen; whether it becomes a passage, sure ones decide.
 */
const HIGH = SURE_SCORE;
const START = 0.35;
const LOW = 0.1;
/** A stay longer than this is cut into passages of one root, so that a parked car costs no more than a moving one. */
const LONGEST_MS = 300_000;
/** Share of a box that lies in a part's vehicle, and metres before that vehicle where nothing else has room. */
const PART = { share: 0.75, before: 1 };
/** Metres before a vehicle that must be in the picture before it can be said that it should have been seen. */
const FURTHER = 6;
/** Deviation of the middle of a vehicle of which a side of the picture shows a part, metres. */
const CUT_ASIDE = 2.5;

export interface Advance {
  readonly state: SiteState;
  readonly passages: readonly Passage[];
  /** Frames at or behind the watermark: judged time does not come back. */
  readonly late: readonly SeenFrame[];
}

/**
 * Moves a site's tracker over the frames up to `until` (epoch ms, the new watermark). Frames come in any order and may be
 * doubled; they are taken by capture instant. Pure: the same state and frames give the same bytes, however they are portioned.
 */
export function advance(
  state: SiteState,
  frames: readonly SeenFrame[],
  site: SiteVersion,
  until: number,
): Advance {
  const late = frames.filter((frame) => frame.at <= state.watermark);
  const passages: Passage[] = [];
  let now: SiteState = state;
  for (const frame of inOrder(frames.filter((one) => one.at > state.watermark && one.at <= until))) {
    now = closeEnded(now, site, frame.at, passages);
    now = step(now, frame, site);
  }
  now = closeEnded(now, site, until, passages);
  return { state: { ...now, watermark: Math.max(state.watermark, until) }, passages, late };
}

/** Ends every passage as it stands: the cameras are silent, or another site version takes over. */
export function endAll(
  state: SiteState,
  site: SiteVersion,
): { state: SiteState; passages: readonly Passage[] } {
  const passages: Passage[] = [];
  return { state: closeSome(state, site, passages, () => true), passages };
}

/** By capture instant; the same picture twice (same id, or same camera and instant) is one. */
function inOrder(frames: readonly SeenFrame[]): SeenFrame[] {
  const once = new Map<string, SeenFrame>();
  const sorted = [...frames].sort(
    (a, b) => a.at - b.at || order(a.cameraId, b.cameraId) || a.sequence - b.sequence || order(a.id, b.id),
  );
  for (const frame of sorted) {
    const key = `${frame.cameraId} ${frame.at}`;
    if (!once.has(key)) once.set(key, frame);
  }
  return [...once.values()];
}
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function closeSome(
  state: SiteState,
  site: SiteVersion,
  passages: Passage[],
  ends: (track: Track) => boolean,
): SiteState {
  let { tracks, left } = state;
  for (const track of state.tracks) {
    if (!ends(track)) continue;
    const passage = passageOf(track, site, { tracks, left });
    tracks = tracks.filter((other) => other !== track);
    if (isVehicle(track)) left = [...left, wayOf(track)];
    if (passage !== null) passages.push(passage);
  }
  return { ...state, tracks, left };
}

function closeEnded(state: SiteState, site: SiteVersion, now: number, passages: Passage[]): SiteState {
  let { tracks, left } = closeSome(state, site, passages, (track) => hasEnded(track, site, now));
  const long = tracks.filter((track) => track.lastAt - track.firstAt > LONGEST_MS);
  for (const track of long) {
    const passage = passageOf(track, site, { tracks, left });
    if (passage !== null) passages.push(passage);
    if (isVehicle(track)) left = [...left, wayOf(track)];
    const next: Track = {
      ...track,
      segment: track.segment + 1,
      firstAt: track.lastAt,
      points: track.points.slice(-1),
      claims: [],
    };
    tracks = tracks.map((other) => (other === track ? next : other));
  }
  const needed = left.filter((way) => isNeeded(way, tracks, now));
  return { ...state, tracks, left: needed.length < left.length ? needed : left };
}

function step(state: SiteState, frame: SeenFrame, site: SiteVersion): SiteState {
  const camera = cameraOf(site, frame.cameraId);
  const lamps = lampsAfter(state.lamps, frame);
  if (camera === null) return { ...state, lamps };
  const view = viewOf(camera);
  const fits =
    frame.size === undefined ||
    (frame.size.width === camera.image.width && frame.size.height === camera.image.height);
  // Boxes of a picture of another size would land elsewhere on the road: nothing is concluded from them.
  const usable = fits ? frame.observations.filter((one) => one.score >= LOW) : [];
  const detections = usable.map((vehicle) => detect(view, site, vehicle, frame));
  const facts: FrameFacts = {
    frame,
    site,
    lamps: lampsFor(lamps, frame),
    boxes: frame.observations.map((one) => one.box),
  };
  const foreseen = state.tracks.map((track) => ({ track, motion: foresee(track, site, frame.at) }));
  const tracks = [...state.tracks];
  const takenBy = new Map<Detection, number>();
  // Sure detections first; unsure ones (half hidden, far, dark) may then continue what is left.
  for (const sure of [true, false]) {
    const free = foreseen.filter((one) => ![...takenBy.values()].includes(state.tracks.indexOf(one.track)));
    const offered = detections.filter((one) => one.vehicle.score >= HIGH === sure);
    for (const [f, d] of associate(view, free, offered)) {
      const { track, motion } = free[f]!;
      const detection = offered[d]!;
      const i = state.tracks.indexOf(track);
      takenBy.set(detection, i);
      tracks[i] =
        detection.cut || detection.measured === null
          ? glimpsed(frame, track, motion)
          : seen(facts, track, motion, detection.vehicle, detection.measured);
    }
  }
  const lost = foreseen.filter((one) => ![...takenBy.values()].includes(state.tracks.indexOf(one.track)));
  for (const { track, motion } of lost)
    if (lastCamera(track) === view.camera.id && isWellInView(view, motion))
      tracks[state.tracks.indexOf(track)] = { ...track, missedAt: frame.at };
  for (const detection of detections) {
    if (
      takenBy.has(detection) ||
      detection.vehicle.score < START ||
      !mayStart(view, detection, takenBy.keys(), lost) ||
      [...takenBy].some(([other, i]) => isPart(detection, other, tracks[i]!))
    )
      continue;
    takenBy.set(detection, tracks.push(birth(facts, detection.vehicle, detection.measured!)) - 1);
  }
  const lanes = (): (string | null)[] => [
    ...lost
      .filter(({ track, motion: { s } }) => isVehicle(track) && view.sees(s[0]!, s[1]!))
      .map(({ motion: { s } }) => laneAt(site, [s[0]!, s[1]!])?.id ?? null),
    ...detections
      .filter((one) => !takenBy.has(one) && ![...takenBy.keys()].some((other) => covers(other, one)))
      .flatMap((one) => lanesOf(one, site)),
  ];
  return { ...state, lamps, tracks: withClaims(frame, tracks, takenBy, lanes) };
}

function detect(
  view: CameraView,
  site: SiteVersion,
  vehicle: SeenFrame['observations'][number],
  frame: SeenFrame,
): Detection {
  const cut = cutBy(view, vehicle.box);
  const measured = cut.below ? null : measure(view, site, vehicle.kind, vehicle.box);
  if (measured === null) return { vehicle, measured, cut: true };
  // Its feet may be hidden behind a nearer vehicle; cut at the side, its middle is unknown.
  const feet = [(vehicle.box[0] + vehicle.box[2]) / 2, vehicle.box[3]] as const;
  const hidden = frame.observations.some(
    ({ box }) =>
      box !== vehicle.box && box[3] > feet[1] && feet[1] > box[1] && feet[0] > box[0] && feet[0] < box[2],
  );
  return {
    vehicle,
    measured: {
      ...measured,
      sigmaAlong: hidden ? Math.hypot(measured.sigmaAlong, 1.5) : measured.sigmaAlong,
      sigmaAcross: cut.aside ? Math.hypot(measured.sigmaAcross, CUT_ASIDE) : measured.sigmaAcross,
    },
    cut: false,
  };
}

function mayStart(
  view: CameraView,
  { vehicle, measured, cut }: Detection,
  others: Iterable<Detection>,
  lost: readonly Foreseen[],
): boolean {
  if (
    cut ||
    measured === null ||
    cutBy(view, vehicle.box).aside ||
    !view.sees(measured.near[0], measured.near[1])
  )
    return false;
  // A second box on a vehicle that is tracked already, or that was just about there.
  if ([...others].some((other) => overlap(other.vehicle.box, vehicle.box) > 0.65)) return false;
  return !lost.some((one) => overlap(foreseenBox(view, one.track, one.motion), vehicle.box) > 0.6);
}

/**
 * Whether a box shows only a part of a vehicle that is followed already: it lies in that one's box, and on the road in its very
 * room. A coach that fills the picture is seen as two or three, and a part that stays behind at the rim would stand in the lane.
 */
function isPart({ vehicle, measured }: Detection, whole: Detection, track: Track): boolean {
  if (measured === null) return false;
  if (intersection(vehicle.box, whole.vehicle.box) < PART.share * area(vehicle.box)) return false;
  const { axis, near } = measured;
  const [x, y, , , length] = track.motion.s as [number, number, number, number, number];
  const shape = SHAPE[likeliest(track.kinds)];
  const from = minus(near, [x, y]);
  const beyondNearEnd = dot(from, axis) + length / 2;
  return (
    beyondNearEnd >= -PART.before &&
    // A coach that was first taken for a car is still as long as one in the filter.
    beyondNearEnd <= Math.max(length, shape.length) &&
    Math.abs(dot(from, rightOf(axis))) <= shape.width / 2
  );
}

/** Whether a box is most likely a second one on a vehicle that has its own. */
const covers = (whole: Detection, { vehicle }: Detection): boolean =>
  intersection(vehicle.box, whole.vehicle.box) >= PART.share * area(vehicle.box);

/** Whether the picture shows where a vehicle is and goes: who drives out of it is cut, and thought to be slower than he is. */
function isWellInView(view: CameraView, { s }: Motion): boolean {
  const [x, y, vx, vy, length] = s as [number, number, number, number, number];
  const speed = Math.hypot(vx, vy);
  const ahead = speed < 1 ? 0 : (length / 2 + FURTHER) / speed;
  return view.sees(x, y) && view.sees(x + vx * ahead, y + vy * ahead);
}

/** In which lane a vehicle stands that is not followed: just entering or leaving at the lower rim, in any. */
function lanesOf({ measured }: Detection, site: SiteVersion): (string | null)[] {
  return measured === null ? site.lanes.map((lane) => lane.id) : [laneAt(site, measured.near)?.id ?? null];
}

function withClaims(
  frame: SeenFrame,
  tracks: Track[],
  takenBy: ReadonlyMap<Detection, number>,
  lanesOfUnseen: () => readonly (string | null)[],
): Track[] {
  const there = [...takenBy.entries()].sort((a, b) => a[1] - b[1]);
  if (
    frame.claims.speeds === undefined &&
    frame.claims.distances === undefined &&
    frame.claims.codes === undefined
  )
    return tracks;
  const candidates = there.map(([detection, i]) => ({
    box: detection.vehicle.box,
    lane: tracks[i]!.points.at(-1)?.lane ?? null,
  }));
  for (const { vehicle, claim } of attribute(frame, candidates, lanesOfUnseen())) {
    const i = there[vehicle]![1];
    if (!repeats(claim, tracks[i]!.claims))
      tracks[i] = { ...tracks[i]!, claims: [...tracks[i]!.claims, claim] };
  }
  return tracks;
}

/** A device that says the same of a standing vehicle in every frame is heard once a second. */
function repeats(claim: AttributedClaim, before: readonly AttributedClaim[]): boolean {
  const same = before.filter((one) => one.kind === claim.kind && one.code === claim.code);
  return same.length >= 12 && claim.at - same.at(-1)!.at < 1000;
}
