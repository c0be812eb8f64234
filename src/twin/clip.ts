import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Box, PlateColour } from '../vision/observation.js';
import { canSay, poseIn } from './behaviour/index.js';
import type { Scene, SceneClaim, SceneVehicle, TrueAct } from './behaviour/types.js';
import type { CameraSpec, PlateSpec, SeenFrame, SeenVehicle } from './picture-spec.js';
import type { Renderer } from './renderer.js';
import { frameOf, stageOf, type PictureSize } from './stage.js';
import type {
  ClipAct,
  ClipFrame,
  ClipRecipe,
  ClipTruth,
  FrameTruth,
  PlateTruth,
  RegisteredClipVehicle,
  VehicleTruth,
} from './truth.js';

export interface ClipOrder {
  readonly scene: Scene;
  /** One or more of the site's; of several, each picture's file is named after its camera. */
  readonly cameras: readonly string[];
  readonly out: string;
  /** Name of the clip; made from scene and camera by default. */
  readonly name?: string;
  /** Draw every n-th frame of the scene. */
  readonly every: number;
  readonly from?: number;
  readonly to?: number;
  /** These frames and no others. */
  readonly only?: readonly number[];
  readonly size: PictureSize;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
  /** Another lens for pictures to train on; the site's own by default. */
  readonly camera?: Partial<CameraSpec>;
  /** Recorded in clip.json. */
  readonly recipe?: ClipRecipe;
  readonly onFrame?: (file: string, seconds: number) => void;
}

/** Renders a clip to a folder: JPEGs, truth.jsonl, frames.jsonl (for players) and clip.json. */
export async function writeClip(renderer: Renderer, order: ClipOrder): Promise<ClipTruth> {
  const { scene, out } = order;
  mkdirSync(out, { recursive: true });
  const drawn =
    order.only ?? steps(order.from ?? 0, Math.min(order.to ?? Infinity, scene.frames), order.every);
  if (drawn.length === 0) throw new RangeError('the clip has no frames');
  const truths: FrameTruth[] = [];
  for (const camera of order.cameras) truths.push(...(await film(renderer, order, camera, drawn)));
  truths.sort((a, b) => a.t - b.t);
  const frames = truths.map((truth): ClipFrame => ({
    file: truth.file,
    camera: truth.camera,
    at: truth.t,
    claims: claimsOf(order, truth),
  }));
  const clip = clipOf(order, drawn);
  writeLines(join(out, 'truth.jsonl'), truths);
  writeLines(join(out, 'frames.jsonl'), frames);
  writeFileSync(join(out, 'clip.json'), `${JSON.stringify(clip, null, 1)}\n`);
  return clip;
}

/** What one camera sees of it. */
async function film(
  renderer: Renderer,
  order: ClipOrder,
  camera: string,
  drawn: readonly number[],
): Promise<FrameTruth[]> {
  const { scene, out, size } = order;
  await renderer.open(stageOf(scene, camera, size, order.camera));
  const truths: FrameTruth[] = [];
  for (const frame of drawn) {
    const started = Date.now();
    const { jpeg, seen } = await renderer.frame(frameOf(scene, frame), order.quality);
    const number = `${String(frame).padStart(5, '0')}.jpg`;
    const file = order.cameras.length > 1 ? `${camera}-${number}` : number;
    writeFileSync(join(out, file), jpeg);
    truths.push(truthOf(scene, camera, frame, file, size, seen, Math.min(...drawn)));
    order.onFrame?.(file, (Date.now() - started) / 1000);
  }
  return truths;
}

function writeLines(file: string, rows: readonly unknown[]): void {
  writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

const steps = (from: number, to: number, every: number): number[] =>
  Array.from({ length: Math.max(0, Math.ceil((to - from) / every)) }, (_, i) => from + i * every);

function truthOf(
  scene: Scene,
  camera: string,
  frame: number,
  file: string,
  size: PictureSize,
  seen: SeenFrame,
  first: number,
): FrameTruth {
  const byId = new Map(scene.vehicles.map((vehicle) => [vehicle.id, vehicle]));
  return {
    file,
    frame,
    t: Math.round(((frame - first) * 1000) / scene.fps),
    camera,
    ...size,
    vehicles: seen.vehicles.flatMap((one) => {
      const vehicle = byId.get(one.id);
      return vehicle === undefined ? [] : [vehicleTruth(vehicle, frame, one)];
    }),
    lamps: Object.fromEntries(
      Object.entries(scene.lamps).map(([id, states]) => [
        id,
        { state: states[frame] ?? 'dark', box: seen.lamps[id] ?? null },
      ]),
    ),
  };
}

function vehicleTruth(vehicle: SceneVehicle, frame: number, seen: SeenVehicle): VehicleTruth {
  const pose = poseIn(vehicle, frame);
  if (pose === null)
    throw new Error(`vehicle ${vehicle.id} was drawn but is not on the road in frame ${frame}`);
  const spec = seen.plate === null ? null : vehicle[seen.plate.side];
  return {
    id: vehicle.id,
    kind: vehicle.kind,
    bodyColour: vehicle.bodyColour,
    box: seen.box,
    visible: seen.visible,
    lane: pose.lane,
    speedKmh: Math.round(pose.speed * 36) / 10,
    road: [Math.round(pose.at[0] * 100) / 100, Math.round(pose.at[1] * 100) / 100],
    plate: spec === null || seen.plate === null ? null : plateTruth(spec, seen.plate),
    riders: vehicle.riders.length,
    helmets: vehicle.riders.filter((rider) => rider.helmet).length,
  };
}

function plateTruth(spec: PlateSpec, seen: NonNullable<SeenVehicle['plate']>): PlateTruth {
  return {
    text: spec.text,
    colour: plateColour(spec),
    lines: spec.rows.length === 2 ? 2 : 1,
    state: spec.state,
    ...seen,
  };
}

const plateColour = (spec: PlateSpec): PlateColour => (spec.ink === 'paper' ? 'other' : spec.ink);

/**
 * The devices' claims in the words of the camera protocol: those of this frame and of the ones after it that are not drawn.
 * Of a vehicle that is hidden from it a device says nothing.
 */
function claimsOf({ scene, every }: ClipOrder, truth: FrameTruth): ClipFrame['claims'] {
  const { frame, camera } = truth;
  const said = scene.claims.filter(
    (claim) =>
      claim.frame >= frame &&
      claim.frame < frame + every &&
      claim.cameraId === camera &&
      canSay(truth.vehicles, claim),
  );
  const mine = said.filter(
    (claim, i) =>
      said.findIndex(
        (one) => one.vehicle === claim.vehicle && one.kind === claim.kind && one.code === claim.code,
      ) === i,
  );
  const whose = (claim: SceneClaim): { box?: Box; lane?: string } => {
    const seen = claim.bare === true ? undefined : truth.vehicles.find((one) => one.id === claim.vehicle);
    return seen === undefined ? {} : { box: seen.box, ...(seen.lane === null ? {} : { lane: seen.lane }) };
  };
  const measured = (kind: 'speed' | 'distance') =>
    mine.filter((claim) => claim.kind === kind && claim.value !== undefined && claim.device !== undefined);
  const speeds = measured('speed').map((claim) => ({
    kmh: claim.value!,
    device: claim.device!,
    ...whose(claim),
  }));
  const distances = measured('distance').map((claim) => ({
    metres: claim.value!,
    device: claim.device!,
    ...whose(claim),
  }));
  const codes = mine
    .filter((claim) => claim.kind === 'code' && claim.code !== undefined)
    .map((claim) => {
      const { box } = whose(claim);
      return {
        code: claim.code!,
        ...(claim.confidence === undefined ? {} : { confidence: claim.confidence }),
        ...(claim.device === undefined ? {} : { device: claim.device }),
        ...(box === undefined ? {} : { box }),
        ...(box !== undefined && claim.withRegion === true ? { region: upperHalf(box) } : {}),
      };
    });
  return {
    ...(speeds.length > 0 ? { speeds } : {}),
    ...(distances.length > 0 ? { distances } : {}),
    ...(codes.length > 0 ? { codes } : {}),
  };
}

const upperHalf = ([x0, y0, x1, y1]: Box): Box => [x0, y0, x1, Math.round((y0 + y1) / 2)];

function clipOf(
  { scene, cameras, size, every, name, recipe }: ClipOrder,
  drawn: readonly number[],
): ClipTruth {
  const { site } = scene.site;
  const [first, last] = [Math.min(...drawn), Math.max(...drawn)];
  const start = Date.parse(scene.startsAt);
  const at = (frame: number) => new Date(start + Math.round((frame * 1000) / scene.fps)).toISOString();
  const acts = (list: readonly TrueAct[]): ClipAct[] =>
    list
      .filter((act) => act.to >= first && act.from <= last)
      .map(({ rule, name: script, vehicle, plateText, from, to }) => ({
        rule,
        name: script,
        vehicle,
        plate: plateText,
        from: at(from),
        to: at(to),
      }));
  const there = scene.vehicles.filter(
    (vehicle) => vehicle.enters <= last && vehicle.enters + vehicle.poses.length > first,
  );
  return {
    schema: 'phat-nguoi/clip/1',
    name: name ?? `${scene.name}-${cameras.join('-')}`,
    site,
    cameras,
    seed: scene.seed,
    light: scene.light,
    weather: scene.weather,
    ...size,
    fps: scene.fps / every,
    startsAt: at(first),
    frames: drawn.length * cameras.length,
    ...(recipe === undefined ? {} : { recipe }),
    violations: acts(scene.truth.violations),
    nearMisses: acts(scene.truth.nearMisses),
    void: acts(scene.truth.void),
    vehicles: there.flatMap(registered),
    cast: there.map(({ id, kind, style, plateText, front, rear, bodyColour, role }) => {
      const spec = rear ?? front;
      return {
        id,
        kind,
        style,
        plate: plateText,
        plateColour: spec === null ? null : plateColour(spec),
        bodyColour,
        role,
      };
    }),
  };
}

/** Military and temporary plates are in no civil register. */
function registered({ kind, plateText, front, rear, bodyColour }: SceneVehicle): RegisteredClipVehicle[] {
  const colour = (rear ?? front)?.ink;
  if (
    plateText === null ||
    kind === 'bicycle' ||
    (colour !== 'white' && colour !== 'yellow' && colour !== 'blue')
  )
    return [];
  return [{ plate: plateText, colour, kind, bodyColour }];
}
