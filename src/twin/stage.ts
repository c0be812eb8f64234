import { poseIn } from './behaviour/index.js';
import type { Scene, SceneVehicle } from './behaviour/types.js';
import type { CameraSpec, FrameSpec, LampState, Light, SceneSpec, VehicleLook } from './picture-spec.js';
import { seedOf } from './scene/random.js';

/** Seconds of open shutter: cameras that read plates keep it short while there is light. */
const SHUTTER: Readonly<Record<Light, number>> = {
  day: 1 / 1500,
  'low-sun': 1 / 1500,
  dusk: 1 / 600,
  night: 1 / 400,
};

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The unmoving part of a scene as one of its cameras sees it, at any size of picture. @throws {RangeError} for a camera that the site does not have */
export function stageOf(
  scene: Scene,
  cameraId: string,
  size?: PictureSize,
  camera?: Partial<CameraSpec>,
): SceneSpec {
  const optics = scene.site.optics[cameraId];
  if (optics === undefined) throw new RangeError(`site ${scene.site.site.siteId} has no camera ${cameraId}`);
  const { surroundings, surfaces, markings, arrows, signals, furniture } = scene.site;
  return {
    seed: scene.seed,
    light: scene.light,
    weather: scene.weather,
    surroundings,
    surfaces,
    markings,
    arrows,
    signals,
    furniture,
    camera: { ...optics, ...size, shutter: SHUTTER[scene.light], ...camera },
  };
}

export function lookOf(scene: Scene, vehicle: SceneVehicle): VehicleLook {
  const { id, style, paint, front, rear, riders, roof, livery } = vehicle;
  return {
    id,
    style,
    paint,
    front,
    rear,
    riders,
    seed: seedOf(scene.seed, id),
    ...(roof === undefined ? {} : { roof }),
    ...(livery === undefined ? {} : { livery }),
  };
}

/** What moves and shines in one frame. */
export function frameOf(scene: Scene, frame: number): FrameSpec {
  const there = scene.vehicles.flatMap((vehicle) => {
    const pose = poseIn(vehicle, frame);
    return pose === null ? [] : [{ vehicle, pose }];
  });
  const lamps: Record<string, LampState> = {};
  for (const [id, states] of Object.entries(scene.lamps)) lamps[id] = states[frame] ?? 'dark';
  return {
    index: frame,
    t: frame / scene.fps,
    looks: there.map(({ vehicle }) => lookOf(scene, vehicle)),
    poses: there.map(({ vehicle, pose: { at, heading, speed, braking, indicator, beacon } }) => ({
      id: vehicle.id,
      at,
      heading,
      speed,
      braking,
      indicator,
      beacon,
    })),
    lamps,
  };
}
