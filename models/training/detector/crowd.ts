import { mkdirSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { someVehicle } from '../../../src/twin/behaviour/fleet.js';
import type { Optics, Scene, ScenePose, SceneVehicle } from '../../../src/twin/behaviour/types.js';
import type { BodyStyle, Light, Weather } from '../../../src/twin/picture-spec.js';
import { startRenderer, type Renderer } from '../../../src/twin/renderer.js';
import { Random, seedOf } from '../../../src/twin/scene/random.js';
import { twinSites, type TwinSiteName } from '../../../src/twin/sites/index.js';
import { lookOf, stageOf } from '../../../src/twin/stage.js';
import { arrange, rowsOf, type Stretch } from './crowd-rows.js';

/**
 * Pictures to train on: the twin's roads, every frame with other vehicles set down at random, buses and lorries as often as cars,
 * half of them through lenses that no site has. One folder a road, light and lens, in the form that `twin.py` reads.
 * Seeds of measured clips begin at 20000 (bench/judging/windows.ts); these end below 10000.
 */
const STYLES: readonly (readonly [BodyStyle, number])[] = [
  ['sedan', 5],
  ['hatchback', 4],
  ['suv', 5],
  ['pickup', 3],
  ['minivan', 3],
  ['van', 4],
  ['scooter', 7],
  ['underbone', 7],
  ['bicycle', 1],
  ['coach', 7],
  ['city-bus', 10],
  ['small-truck', 6],
  ['box-truck', 7],
  ['flatbed-truck', 6],
  ['tractor-trailer', 7],
];
const LIGHTS: readonly (readonly [Light, Weather])[] = [
  ['day', 'dry'],
  ['day', 'dry'],
  ['low-sun', 'dry'],
  ['day', 'rain'],
  ['day', 'dry'],
  ['dusk', 'dry'],
  ['day', 'dry'],
  ['night', 'dry'],
  ['day', 'dry'],
  ['night', 'rain'],
];
const SITES: readonly TwinSiteName[] = ['street', 'junction', 'expressway', 'street', 'junction'];
const FPS = 10;
const SIZE = { width: 1280, height: 720 };
/** Vehicles of one folder: building one takes longer than drawing it. */
const POOL = 12;
const LAMPS = ['red', 'green', 'amber'] as const;

function someone(random: Random, id: string): SceneVehicle {
  const looks = someVehicle(random, 'car', random.weighted(STYLES));
  const dressed =
    looks.kind === 'motorcycle' || looks.kind === 'bicycle'
      ? someVehicle(random, looks.kind, looks.style)
      : looks;
  const roof =
    looks.kind !== 'car' ? null : random.chance(0.1) ? 'taxi' : random.chance(0.03) ? 'light-bar' : null;
  return { ...dressed, ...(roof === null ? {} : { roof }), id, role: 'crowd', enters: 0, poses: [] };
}

/** The site's lens, or one higher or lower, further aside, wider or longer. */
function lensOf(random: Random, own: Optics): Partial<Optics> {
  if (random.chance(0.4)) return {};
  const [x, y, z] = own.position;
  const side = Math.sign(own.target[1] - y);
  const height = random.between(4, 10);
  const reach = random.between(14, 40);
  return {
    position: [x + random.between(-4.5, 4.5), y, Math.max(3.5, z * 0.3 + height * 0.7)],
    target: [x + random.between(-3, 3), y + side * reach, random.between(0, 1.5)],
    verticalFovDeg: random.between(13, 35),
  };
}

interface Crowd {
  readonly scene: Scene;
  readonly cameraId: string;
  readonly lens: Partial<Optics>;
  readonly rows: readonly Stretch[];
  readonly random: Random;
}

/** One road with its light, lens and pool of vehicles. */
function crowd(seed: number, turn: number, frames: number): Crowd {
  const random = new Random(seedOf(seed, 'crowd'));
  const name = SITES[turn % SITES.length]!;
  const [light, weather] = LIGHTS[Math.floor(turn / SITES.length) % LIGHTS.length]!;
  const site = twinSites[name];
  const [cameraId, optics] = random.pick(Object.entries(site.optics));
  const { position, target } = optics;
  const [near, far] = [8, 70].map((reach) => position[1] + Math.sign(target[1] - position[1]) * reach) as [
    number,
    number,
  ];
  const rows = rowsOf(name).map((row) => ({
    ...row,
    from: row.crossing === true ? -24 : Math.min(near, far),
    to: row.crossing === true ? 24 : Math.max(near, far),
  }));
  const vehicles = Array.from({ length: POOL }, (_, k) => someone(random, `v${k}`));
  const scene: Scene = {
    name: `crowd-${seed}`,
    seed,
    site,
    startsAt: '2026-11-20T03:00:00.000Z',
    fps: FPS,
    frames,
    light,
    weather,
    vehicles,
    lamps: {},
    claims: [],
    truth: { violations: [], nearMisses: [], void: [] },
  };
  return { scene, cameraId, rows, random, lens: lensOf(random, optics) };
}

/** Half a kilometre behind the camera: whoever is on the road is built once, not once a frame. */
function nowhere({ scene, cameraId }: Crowd): ScenePose {
  const { position, target } = scene.site.optics[cameraId]!;
  return {
    at: [0, position[1] - Math.sign(target[1] - position[1]) * 500],
    heading: [0, 1],
    speed: 0,
    lane: null,
    braking: false,
    indicator: null,
    beacon: false,
  };
}

/** Draws the frames of one road into a folder. The truth is written last: a folder with one is complete. */
async function draw(renderer: Renderer, road: Crowd, out: string): Promise<void> {
  const { scene, random } = road;
  const away = nowhere(road);
  const looks = scene.vehicles.map((vehicle) => lookOf(scene, vehicle));
  const known = new Map(scene.vehicles.map((vehicle) => [vehicle.id, vehicle]));
  await renderer.open(stageOf(scene, road.cameraId, SIZE, road.lens));
  mkdirSync(out, { recursive: true });
  const truths: string[] = [];
  for (let index = 0; index < scene.frames; index++) {
    const placed = arrange(random, scene.vehicles, road.rows);
    const poses = scene.vehicles.map(({ id }) => ({ id, ...(placed.get(id) ?? away) }));
    const lamps = Object.fromEntries(scene.site.signals.map(({ id }) => [id, random.pick(LAMPS)]));
    const { jpeg, seen } = await renderer.frame(
      { index, t: index / FPS, looks, poses, lamps },
      random.whole(45, 95),
    );
    const file = `${String(index).padStart(5, '0')}.jpg`;
    writeFileSync(join(out, file), jpeg);
    const vehicles = seen.vehicles.map(({ id, box, visible, plate }) => {
      const { kind, style } = known.get(id)!;
      return { kind, style, box, visible, plate };
    });
    truths.push(`${JSON.stringify({ file, ...SIZE, vehicles })}\n`);
  }
  writeFileSync(join(out, 'truth.jsonl'), truths.join(''));
}

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    from: { type: 'string', default: '8000' },
    scenes: { type: 'string', default: '60' },
    frames: { type: 'string', default: '10' },
  },
});
if (values.out === undefined) throw new RangeError('--out DIR is missing');
const renderer = await startRenderer();
try {
  for (let turn = 0; turn < Number(values.scenes); turn++) {
    const seed = Number(values.from) + turn;
    const out = join(values.out, `crowd-${seed}`);
    if (existsSync(join(out, 'truth.jsonl'))) continue;
    const road = crowd(seed, turn, Number(values.frames));
    await draw(renderer, road, out);
    process.stdout.write(`${out} ${road.cameraId} ${road.scene.light} ${road.scene.weather}\n`);
  }
} finally {
  await renderer.close();
}
