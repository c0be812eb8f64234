import type { SeenFrame, SeenVehicle } from '../../src/judging/frame.js';
import { LETTERS } from '../../src/vision/letters.js';
import { displayOf } from '../../src/plates/index.js';
import { observedFrame, TRUE_EYES, type Scene, type SeenTruth } from '../../src/twin/behaviour/index.js';
import { CONFUSED, SLOTS } from '../../src/twin/behaviour/observe.js';
import { Random, seedOf } from '../../src/twin/scene/random.js';
import type { Box, PlateRead, VehicleKind } from '../../src/vision/observation.js';
import {
  rimsOf,
  type Donor,
  type Look,
  type MeasuredEyes,
  type PlateLook,
  type Sighting,
} from './measure-eyes.js';

/** How unlike a look is to stand for another: by its height (share), by what is hidden of it, by rims that cut it. */
const UNLIKE = { height: 0.15, visible: 0.3, rims: 1.5 };
/** A vehicle keeps to its donor, whose errors repeat from look to look, unless the next one's look is liker by this. */
const KEEPS = 0.5;
const DONORS = 20;
/** Frames of the clips that were measured, for one of the story. */
const EVERY = 2;
/** Of the rims: an edge that the lower one cuts errs as such edges do, or not at all. */
const BELOW = 2;

/**
 * Eyes that err as the real ones were measured to: each vehicle of the story borrows the looks of a rendered vehicle of its kind
 * (same camera and weather where there is one), frame after frame the one that stood in the picture as it stands now, so that errors
 * repeat as they do; boxes that belong to no vehicle come where they came in the clips.
 */
export class AsMeasured {
  private readonly pools = new Map<string, readonly Donor[]>();
  private readonly strayFrames: Readonly<Record<string, readonly (readonly Sighting[])[]>>;

  constructor(private readonly eyes: MeasuredEyes) {
    this.strayFrames = Object.fromEntries(
      Object.entries(eyes.strays).map(([camera, clips]) => [camera, clips.flat()]),
    );
  }

  frame(scene: Scene, cameraId: string, index: number, seen: readonly SeenTruth[]): SeenFrame {
    const truly = observedFrame(scene, cameraId, index, TRUE_EYES, seen);
    const vehicles = seen.flatMap((one) => this.sightings(scene, cameraId, one));
    const strays = this.strays(scene, cameraId, index);
    const observations = [...vehicles, ...strays].sort((a, b) => b.score - a.score);
    return { ...truly, observations: observations.map((one, idx) => ({ ...one, idx })) };
  }

  private sightings(scene: Scene, cameraId: string, one: SeenTruth): Omit<SeenVehicle, 'idx'>[] {
    const { width, height } = scene.site.optics[cameraId]!;
    const rims = rimsOf(one.box, width, height);
    const look = this.lookFor(scene, cameraId, one, rims);
    if (look === null) return [];
    const { bodyColour } = scene.vehicles.find((vehicle) => vehicle.id === one.id)!;
    const placed = ([kind, score, ...edges]: Sighting): Omit<SeenVehicle, 'idx'> => ({
      kind: kind as VehicleKind,
      score,
      bodyColour,
      box: placedBox(one.box, rims & ~look.rims & BELOW ? [...edges.slice(0, 3), 0] : edges, [width, height]),
      plate: null,
    });
    const parts = look.parts.map(placed);
    if (look.seen === null) return parts;
    const plate =
      one.plate === null || look.plate === null ? null : readLike(look.plate, one.plate, scene, one);
    return [{ ...placed(look.seen), plate }, ...parts];
  }

  /** The likest look of the vehicle's own row of donors, the first of them by far preferred. */
  private lookFor(scene: Scene, cameraId: string, one: SeenTruth, rims: number): Look | null {
    const height = one.box[3] - one.box[1];
    let best: Look | null = null;
    let least = Infinity;
    this.donorsOf(scene, cameraId, one).forEach((donor, rank) => {
      for (const look of donor.looks) {
        const far =
          (Math.log(look.height / height) / UNLIKE.height) ** 2 +
          ((look.visible - one.visible) / UNLIKE.visible) ** 2 +
          (look.rims === rims ? 0 : UNLIKE.rims) +
          KEEPS * rank;
        if (far < least) [best, least] = [look, far];
      }
    });
    return best;
  }

  private donorsOf(scene: Scene, cameraId: string, { id, kind }: SeenTruth): readonly Donor[] {
    const key = `${scene.name} ${scene.startsAt} ${cameraId} ${id}`;
    const known = this.pools.get(key);
    if (known !== undefined) return known;
    const wanted = kind === 'bicycle' ? 'motorcycle' : kind;
    const [dark, wet] = [scene.light === 'night', scene.weather === 'rain'];
    const rank = (donor: Donor): number =>
      (donor.dark === dark ? 0 : 4) + (donor.wet === wet ? 0 : 2) + (donor.camera === cameraId ? 0 : 1);
    const order = new Random(seedOf(scene.seed, `donors ${cameraId} ${id}`));
    const made = this.eyes.donors
      .filter((donor) => donor.kind === wanted)
      .map((donor) => ({ donor, at: rank(donor) + 0.999 * order.next() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, DONORS)
      .map(({ donor }) => donor);
    if (this.pools.size > 2000) this.pools.clear();
    this.pools.set(key, made);
    return made;
  }

  private strays(scene: Scene, cameraId: string, index: number): Omit<SeenVehicle, 'idx'>[] {
    const frames = this.strayFrames[cameraId] ?? [];
    if (frames.length === 0) return [];
    const first = new Random(seedOf(scene.seed, `strays ${cameraId}`)).whole(0, frames.length - 1);
    return frames[(first + Math.floor(index / EVERY)) % frames.length]!.map(([kind, score, ...box]) => ({
      kind: kind as VehicleKind,
      score,
      bodyColour: 'unknown',
      box: box as Box,
      plate: null,
    }));
  }
}

function placedBox(
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  [l, t, r, b]: readonly number[],
  [width, height]: readonly [number, number],
): Box {
  const [w, h] = [x1 - x0, y1 - y0];
  return [
    Math.max(0, x0 + l! * w),
    Math.max(0, y0 + t! * h),
    Math.min(width, x1 + r! * w),
    Math.min(height, y1 + b! * h),
  ];
}

const takenFor = (c: string): string => CONFUSED[c] ?? (c === 'A' ? '4' : 'A');

/** What the reader would have said of this plate, had it read it as it read the other: each character as likely as that one's. */
function readLike(
  look: PlateLook,
  plate: NonNullable<SeenTruth['plate']>,
  scene: Scene,
  one: SeenTruth,
): PlateRead {
  const { text, box, heightPx } = plate;
  const spec = scene.vehicles.find((vehicle) => vehicle.id === one.id)![
    one.side === 'front' ? 'front' : 'rear'
  ]!;
  const lines = spec.rows.length === 1 ? 1 : 2;
  const trueProbs = [...text].map(
    (_, i) => look.probs[Math.round((i * (look.probs.length - 1)) / Math.max(1, text.length - 1))] ?? 0,
  );
  const probs = Array.from({ length: Math.max(SLOTS, text.length) }, (_, slot) => {
    const c = text[slot] ?? '_';
    const p = slot < text.length ? trueProbs[slot]! : 0.999;
    const row = new Array<number>(LETTERS.length).fill((1 - p) / 5 / (LETTERS.length - 2));
    row[LETTERS.indexOf(takenFor(c))] = ((1 - p) * 4) / 5;
    row[LETTERS.indexOf(c)] = p;
    return row.map((value) => Math.round(value * 1e4) / 1e4);
  });
  const said = [...text].map((c, i) => {
    const p = trueProbs[i]!;
    const wrong = (1 - p) * 0.8;
    return p >= wrong ? { c, p } : { c: takenFor(c), p: wrong };
  });
  const shown = said.map(({ c, p }) => (p > 0.5 ? c : '?')).join('');
  return {
    text: shown,
    display: displayOf(shown, lines),
    accepted: look.accepted,
    abstentions: look.abstentions,
    confidence: look.confidence,
    chars: said,
    probs,
    lines,
    box: [...box] as Box,
    heightPx,
    colour: spec.ink === 'paper' ? 'other' : spec.ink,
    colourConfidence: 0.9,
  };
}
