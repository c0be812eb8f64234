import { idOf } from '../../core/ids.js';
import { displayOf } from '../../plates/index.js';
import type { SeenFrame, SeenVehicle, FrameClaims } from '../../judging/frame.js';
import { LETTERS } from '../../vision/letters.js';
import type { Box, PlateRead, VehicleKind } from '../../vision/observation.js';
import { Random, seedOf } from '../scene/random.js';
import { canSay } from './heard.js';
import { seenIn } from './see.js';
import type { Scene, SceneVehicle, SeenTruth } from './types.js';

/** How far from the truth the pretended eyes are. All zero: true boxes. */
export interface Eyes {
  /** Deviation of box edges as a share of the box's size. */
  readonly jitter: number;
  /** Share of vehicles missed in a frame. */
  readonly miss: number;
  /** Share of plate reads with a wrong character. */
  readonly misread: number;
  /** Share of cars, buses and lorries that most looks take for another of the three. */
  readonly misclass: number;
}
export const TRUE_EYES: Eyes = { jitter: 0, miss: 0, misread: 0, misclass: 0 };
/** Of the looks at such a vehicle so many are wrong. */
const MOST_LOOKS = 0.7;
const LOOK_ALIKES: Readonly<Partial<Record<VehicleKind, readonly VehicleKind[]>>> = {
  car: ['truck', 'bus'],
  bus: ['truck', 'car'],
  truck: ['bus', 'car'],
};

export const SLOTS = 9;
/** What a reader takes a character for when it errs. */
export const CONFUSED: Readonly<Record<string, string>> = {
  '8': 'B',
  B: '8',
  '0': 'D',
  D: '0',
  '5': 'S',
  S: '5',
  '1': '7',
  '7': '1',
  '3': '8',
  '6': '8',
  '2': 'Z',
};
/** Of what is hidden more than this leaves true eyes make nothing. */
export const LEAST_VISIBLE = 0.35;

/** What vision would hand to judging for one camera's frame, were its eyes as given. */
export function observedFrame(
  scene: Scene,
  cameraId: string,
  frame: number,
  eyes: Eyes = TRUE_EYES,
  all: readonly SeenTruth[] = seenIn(scene, cameraId, frame),
): SeenFrame {
  const random = new Random(seedOf(scene.seed, `eyes ${cameraId} ${frame}`));
  const shown = all.filter((one) => one.visible >= LEAST_VISIBLE && !random.chance(eyes.miss));
  const optics = scene.site.optics[cameraId]!;
  const at = Date.parse(scene.startsAt) + Math.round((frame * 1000) / scene.fps);
  return {
    id: idOf('twin', scene.name, scene.startsAt, cameraId, frame),
    cameraId,
    at,
    sequence: frame,
    clockOffsetMs: 12,
    observations: shown.map((one, idx) => observation(scene, one, idx, random, eyes, optics)),
    lamps: (scene.site.site.cameras.find((camera) => camera.id === cameraId)?.lamps ?? []).map(
      ({ signal }) => ({ signal, state: scene.lamps[signal]?.[frame] ?? 'unknown', score: 0.95 }),
    ),
    claims: claimsIn(scene, cameraId, frame, all),
  };
}

/** The claims that the site's devices push with a frame, in the words of the camera API. */
export function claimsIn(
  scene: Scene,
  cameraId: string,
  frame: number,
  seen: readonly SeenTruth[] = seenIn(scene, cameraId, frame),
): FrameClaims {
  const mine = scene.claims.filter((claim) => claim.frame === frame && claim.cameraId === cameraId);
  if (mine.length === 0) return {};
  const speeds: NonNullable<FrameClaims['speeds']> = [];
  const distances: NonNullable<FrameClaims['distances']> = [];
  const codes: NonNullable<FrameClaims['codes']> = [];
  for (const claim of mine) {
    if (!canSay(seen, claim)) continue;
    const { box } = seen.find((one) => one.id === claim.vehicle)!;
    const meant = claim.bare === true ? {} : { box: [...box] as [number, number, number, number] };
    if (claim.kind === 'speed') speeds.push({ kmh: claim.value!, device: claim.device!, ...meant });
    else if (claim.kind === 'distance')
      distances.push({ metres: claim.value!, device: claim.device!, ...meant });
    else
      codes.push({
        code: claim.code!,
        ...(claim.confidence === undefined ? {} : { confidence: claim.confidence }),
        ...meant,
        ...(claim.withRegion === true ? { region: cabinOf(box) } : {}),
      });
  }
  return {
    ...(speeds.length > 0 ? { speeds } : {}),
    ...(distances.length > 0 ? { distances } : {}),
    ...(codes.length > 0 ? { codes } : {}),
  };
}

const cabinOf = ([x0, y0, x1, y1]: Box): [number, number, number, number] =>
  [x0 + (x1 - x0) * 0.2, y0 + (y1 - y0) * 0.1, x1 - (x1 - x0) * 0.2, y0 + (y1 - y0) * 0.5].map(
    (v) => Math.round(v * 10) / 10,
  ) as [number, number, number, number];

function observation(
  scene: Scene,
  one: SeenTruth,
  idx: number,
  random: Random,
  eyes: Eyes,
  optics: { width: number; height: number },
): SeenVehicle {
  const vehicle = scene.vehicles.find((candidate) => candidate.id === one.id)!;
  // Detectors know no bicycles: they take them for motorcycles.
  const kind: VehicleKind = one.kind === 'bicycle' ? 'motorcycle' : one.kind;
  return {
    idx,
    kind: eyes.misclass === 0 ? kind : taken(scene, one.id, kind, random, eyes.misclass),
    box: jittered(one.box, random, eyes.jitter, optics),
    score: 0.9,
    bodyColour: vehicle.bodyColour,
    plate: one.plate === null ? null : readOf(vehicle, one.plate, one.side, random, eyes.misread),
  };
}

/** Eyes err on a vehicle, not on a look: the one that they take for another they take so again and again. */
function taken(scene: Scene, id: string, kind: VehicleKind, random: Random, misclass: number): VehicleKind {
  const others = LOOK_ALIKES[kind];
  const own = new Random(seedOf(scene.seed, `class of ${id}`));
  if (others === undefined || !own.chance(misclass)) return kind;
  const other = own.pick(others);
  return random.chance(MOST_LOOKS) ? other : kind;
}

function jittered(box: Box, random: Random, jitter: number, optics: { width: number; height: number }): Box {
  if (jitter === 0) return box;
  const [w, h] = [box[2] - box[0], box[3] - box[1]];
  const bell = (): number => (random.next() + random.next() + random.next() - 1.5) * 2 * jitter;
  const moved = [box[0] + bell() * w, box[1] + bell() * h, box[2] + bell() * w, box[3] + bell() * h] as const;
  return [
    Math.max(0, moved[0]),
    Math.max(0, moved[1]),
    Math.min(optics.width, moved[2]),
    Math.min(optics.height, moved[3]),
  ];
}

function readOf(
  vehicle: SceneVehicle,
  plate: NonNullable<SeenTruth['plate']>,
  side: SeenTruth['side'],
  random: Random,
  misread: number,
): PlateRead | null {
  const spec = (side === 'front' ? vehicle.front : vehicle.rear)!;
  return pretendedRead(
    {
      text: plate.text,
      lines: spec.rows.length === 1 ? 1 : 2,
      box: plate.box,
      heightPx: plate.heightPx,
      colour: spec.ink === 'paper' ? 'other' : spec.ink,
      misread: random.chance(misread),
    },
    random,
  );
}

/** A read as sure as its pixels allow: below some 6 px a row nothing is said, from 12 px on nearly everything. */
export function pretendedRead(
  plate: {
    readonly text: string;
    readonly lines: 1 | 2;
    readonly box: Box;
    readonly heightPx: number;
    readonly colour: PlateRead['colour'];
    readonly misread: boolean;
  },
  random: Random,
): PlateRead | null {
  const row = plate.heightPx / plate.lines;
  if (row < 6) return null;
  const p = Math.min(0.995, 0.6 + Math.max(0, row - 7) * 0.06);
  const wrong = plate.misread ? random.whole(0, plate.text.length - 1) : -1;
  const text = [...plate.text].map((c, i) => (i === wrong ? (CONFUSED[c] ?? c) : c)).join('');
  const [sure, other] = [round4(p), round4((1 - p) / (LETTERS.length - 1))];
  const probs = Array.from({ length: SLOTS }, (_, slot) => {
    const row = new Array<number>(LETTERS.length).fill(other);
    row[LETTERS.indexOf(text[slot] ?? '_')] = sure;
    return row;
  });
  const accepted = p >= 0.9;
  return {
    text: accepted ? text : text.replace(/./g, (c, i) => (i === 0 && p < 0.7 ? '?' : c)),
    display: displayOf(text, plate.lines),
    accepted,
    abstentions: accepted ? [] : ['too-small'],
    confidence: p,
    chars: [...text].map((c) => ({ c, p })),
    probs,
    lines: plate.lines,
    box: plate.box,
    heightPx: plate.heightPx,
    colour: plate.colour,
    colourConfidence: 0.9,
  };
}

const round4 = (value: number): number => Math.round(value * 1e4) / 1e4;
