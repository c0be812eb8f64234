import * as THREE from 'three';
import type { BodyStyle, PlateSpec, VehicleLook } from '../../picture-spec.js';
import { canvasOf, part, textureOf, weld, type Vec } from '../kit.js';
import { drawLettering, drawPlate, letteringWidth, plateSize } from '../plate/draw.js';
import { Random, seedOf } from '../random.js';
import { buildBus } from './bus.js';
import { buildCar } from './car.js';
import { drawLivery } from './livery.js';
import { BRIGHT, CLOTH, GLOSS, lampMaterial, paintMaterial, skinMaterial, TRIM } from './materials.js';
import type { LampName, Model, PlateMount } from './model.js';
import { buildRider } from './rider.js';
import { buildTruck } from './truck.js';
import { buildBicycle, buildMotorcycle } from './two-wheeler.js';

export interface PlateMesh {
  readonly side: 'front' | 'rear';
  readonly mesh: THREE.Mesh;
  /** Corners in vehicle coordinates, clockwise from the upper left as a reader sees them. */
  readonly corners: readonly THREE.Vector3[];
  readonly normal: THREE.Vector3;
}

/** One vehicle ready to be put on the road. */
export interface Vehicle {
  readonly look: VehicleLook;
  readonly model: Model;
  readonly group: THREE.Group;
  readonly meshes: readonly THREE.Mesh[];
  readonly lamps: Partial<Record<LampName, THREE.MeshLambertMaterial>>;
  readonly plates: readonly PlateMesh[];
  /** Points that bound the silhouette from any side. */
  readonly hull: readonly THREE.Vector3[];
  dispose(): void;
}

const models = new Map<string, Model>();

function modelOf(style: BodyStyle, seed: number): Model {
  const truck =
    style === 'small-truck' ||
    style === 'box-truck' ||
    style === 'flatbed-truck' ||
    style === 'tractor-trailer';
  const key = truck ? `${style}:${seed % 7}` : style;
  const known = models.get(key);
  if (known !== undefined) return known;
  const made = truck ? buildTruck(style, seed % 7) : build(style);
  models.set(key, made);
  return made;
}

function build(
  style: Exclude<BodyStyle, 'small-truck' | 'box-truck' | 'flatbed-truck' | 'tractor-trailer'>,
): Model {
  if (style === 'scooter' || style === 'underbone') return buildMotorcycle(style);
  if (style === 'bicycle') return buildBicycle();
  if (style === 'coach' || style === 'city-bus') return buildBus(style);
  return buildCar(style);
}

const LAMPS: Readonly<Record<LampName, readonly [string, string]>> = {
  head: ['#c9d0d6', '#fff3d8'],
  tail: ['#7e0f12', '#ff1a12'],
  brake: ['#8e1215', '#ff2015'],
  left: ['#b8742a', '#ff8c10'],
  right: ['#b8742a', '#ff8c10'],
  beacon: ['#2b46b8', '#3048ff'],
  redBeacon: ['#a31218', '#ff2015'],
};

/** Builds a vehicle from its look. Geometry of a style is shared, colours and plates are its own. */
export function buildVehicle(look: VehicleLook): Vehicle {
  const model = modelOf(look.style, look.seed);
  const group = new THREE.Group();
  const own: { dispose(): void }[] = [];
  const meshes: THREE.Mesh[] = [];
  const random = new Random(seedOf(look.seed, 'look'));
  const add = (geometry: THREE.BufferGeometry, material: THREE.Material, shadow = true) => {
    const mesh = new THREE.Mesh(geometry, material);
    mesh.castShadow = shadow;
    mesh.receiveShadow = true;
    group.add(mesh);
    meshes.push(mesh);
    return mesh;
  };
  const wear = random.between(-0.08, 0.14);
  for (const skin of model.skins) {
    const material = skinMaterial(skin.map, skin.matter, look.paint, wear);
    own.push(material);
    add(skin.geometry, material);
  }
  if (model.painted !== null) {
    const material = paintMaterial(look.paint);
    own.push(material);
    add(model.painted, material);
  }
  const shared = { trim: TRIM, bright: BRIGHT, cloth: CLOTH, gloss: GLOSS } as const;
  for (const finish of ['trim', 'bright', 'cloth', 'gloss'] as const) {
    const geometry = model.parts[finish];
    if (geometry !== undefined) add(geometry, shared[finish]);
  }
  const lamps: Partial<Record<LampName, THREE.MeshLambertMaterial>> = {};
  for (const [name, geometry] of Object.entries(model.lamps) as [LampName, THREE.BufferGeometry][]) {
    const material = lampMaterial(...LAMPS[name]);
    own.push(material);
    lamps[name] = material;
    add(geometry, material, false);
  }
  addRoof(look, model, add, lamps, own);
  const sides = model.skins.at(-1);
  if (look.livery !== undefined && sides !== undefined)
    for (const { geometry, material, map } of drawLivery(look.livery, sides.geometry)) {
      own.push(geometry, material, map);
      add(geometry, material, false);
    }
  const riders = look.riders.map((rider, seat) => buildRider(rider, seat, look.style === 'bicycle'));
  if (riders.length > 0) {
    const cloth = weld(riders.flatMap((r) => r.cloth));
    const gloss = weld(riders.flatMap((r) => r.gloss));
    own.push(cloth, gloss);
    add(cloth, CLOTH);
    add(gloss, GLOSS);
    const last = look.riders[look.riders.length - 1]!;
    if (last.shirtText !== undefined)
      add(
        shirtPrint(last.shirtText, look.riders.length - 1, own),
        own[own.length - 1] as THREE.Material,
        false,
      );
  }
  const plates: PlateMesh[] = [];
  for (const side of ['front', 'rear'] as const) {
    const spec = look[side];
    const mount = side === 'front' ? model.frontPlate : model.rearPlate;
    if (spec === null || mount === null || spec.state === 'missing') continue;
    const made = hangPlate(spec, mount, side, seedOf(look.seed, side), look.style);
    own.push(...made.own);
    group.add(made.plate.mesh, made.frame);
    meshes.push(made.frame);
    plates.push(made.plate);
  }
  return {
    look,
    model,
    group,
    meshes,
    lamps,
    plates,
    hull: hullOf(meshes),
    dispose() {
      for (const thing of own) thing.dispose();
    },
  };
}

function hangPlate(
  spec: PlateSpec,
  mount: PlateMount,
  side: 'front' | 'rear',
  seed: number,
  style: BodyStyle,
) {
  const random = new Random(seed);
  const size = plateSize(spec.shape, seed);
  const w = size.width / 1000;
  const h = size.height / 1000;
  const texture = textureOf(drawPlate(spec, seed), true);
  texture.anisotropy = 8;
  const material = new THREE.MeshLambertMaterial({
    map: texture,
    emissive: new THREE.Color('#ffffff'),
    emissiveMap: texture,
    emissiveIntensity: 0,
  });
  material.name = 'plate';
  const geometry = new THREE.PlaneGeometry(w, h, 8, 4);
  const bend = spec.state === 'bent' ? random.between(0.012, 0.035) : random.between(0, 0.002);
  const bendAt = random.between(-0.4, 0.4);
  const positions = geometry.getAttribute('position');
  for (let i = 0; i < positions.count; i++) {
    const k = positions.getX(i) / w - bendAt;
    positions.setZ(i, bend * (Math.abs(k) * 2) ** 1.5);
  }
  geometry.computeVertexNormals();
  const sign = side === 'front' ? 1 : -1;
  const yaw = (sign * Math.PI) / 2;
  const roll = random.between(-0.02, 0.02) * (style === 'scooter' || style === 'underbone' ? 2 : 1);
  const matrix = new THREE.Matrix4()
    .makeTranslation(...mount.at)
    .multiply(new THREE.Matrix4().makeRotationY(yaw))
    .multiply(new THREE.Matrix4().makeRotationX(-mount.lean))
    .multiply(new THREE.Matrix4().makeRotationZ(roll));
  geometry.applyMatrix4(matrix);
  const mesh = new THREE.Mesh(geometry, material);
  const rim = new THREE.Mesh(
    part(
      new THREE.BoxGeometry(w + 0.016, h + 0.016, 0.006).translate(0, 0, -0.008).toNonIndexed(),
      random.chance(0.6) ? '#101113' : '#8f9296',
    ).applyMatrix4(matrix),
    TRIM,
  );
  const corners = [
    [-w / 2, h / 2],
    [w / 2, h / 2],
    [w / 2, -h / 2],
    [-w / 2, -h / 2],
  ].map(([x, y]) => new THREE.Vector3(x, y, 0).applyMatrix4(matrix));
  const normal = new THREE.Vector3(0, 0, 1).transformDirection(matrix);
  return {
    plate: { side, mesh, corners, normal } satisfies PlateMesh,
    frame: rim,
    own: [texture, material, geometry, rim.geometry],
  };
}

function addRoof(
  look: VehicleLook,
  model: Model,
  add: (g: THREE.BufferGeometry, m: THREE.Material, shadow?: boolean) => THREE.Mesh,
  lamps: Partial<Record<LampName, THREE.MeshLambertMaterial>>,
  own: { dispose(): void }[],
): void {
  if (look.roof === 'taxi') {
    const { canvas, context } = canvasOf(128, 32);
    context.fillStyle = '#e9e3c8';
    context.fillRect(0, 0, 128, 32);
    drawLettering(context, 'TAXI', 64 - letteringWidth('TAXI', 22) / 2, 5, 22, '#0d5b33');
    const material = new THREE.MeshLambertMaterial({ map: textureOf(canvas, true) });
    own.push(material);
    add(new THREE.BoxGeometry(0.18, 0.14, 0.55).translate(-0.2, model.height + 0.08, 0), material);
  }
  if (look.roof === 'light-bar') {
    const { at, wide } = lightBarOf(model);
    const bar = (size: Vec, by: Vec): THREE.BufferGeometry =>
      new THREE.BoxGeometry(size[0], size[1], size[2] * wide).translate(
        at[0] + by[0],
        at[1] + by[1],
        at[2] + by[2] * wide,
      );
    add(
      weld([
        part(bar([0.24, 0.06, 1.1], [0, -0.05, 0]).toNonIndexed(), '#1a1b1d'),
        part(bar([0.2, 0.12, 0.24], [0, 0, 0]).toNonIndexed(), '#d9dcdf'),
      ]),
      TRIM,
    );
    const beacon = lampMaterial(...LAMPS.beacon);
    const red = lampMaterial(...LAMPS.redBeacon);
    own.push(beacon, red);
    lamps.beacon = beacon;
    lamps.redBeacon = red;
    add(bar([0.22, 0.13, 0.4], [0, 0, 0.34]), beacon, false);
    add(bar([0.22, 0.13, 0.4], [0, 0, -0.34]), red, false);
  }
}

/** On a roof; on a motorcycle a short one behind the seat. */
function lightBarOf(model: Model): { at: Vec; wide: number } {
  return model.width < 1
    ? { at: [-model.length / 2 + 0.12, 0.98, 0], wide: 0.36 }
    : { at: [-0.15, model.height + 0.09, 0], wide: 1 };
}

/** Letters on a back: a plate-like thing that is none. */
function shirtPrint(text: string, seat: number, own: { dispose(): void }[]): THREE.BufferGeometry {
  const { canvas, context } = canvasOf(256, 96);
  context.fillStyle = '#e8e8e6';
  context.fillRect(0, 0, 256, 96);
  const width = letteringWidth(text, 60);
  context.save();
  context.scale(Math.min(1, 240 / width), 1);
  drawLettering(context, text, 8, 18, 60, '#16171a');
  context.restore();
  const material = new THREE.MeshLambertMaterial({ map: textureOf(canvas, true) });
  own.push(material);
  return new THREE.PlaneGeometry(0.26, 0.11)
    .rotateY(-Math.PI / 2)
    .translate(-0.14 - seat * 0.34 - 0.125, 1.2 + seat * 0.04, 0);
}

/** Every n-th vertex plus the extremes along many directions: enough for a tight box. */
function hullOf(meshes: readonly THREE.Mesh[]): THREE.Vector3[] {
  const directions: THREE.Vector3[] = [];
  for (let i = 0; i < 60; i++) {
    // Fibonacci sphere.
    const y = 1 - (2 * (i + 0.5)) / 60;
    const r = Math.sqrt(1 - y * y);
    const a = i * 2.399963;
    directions.push(new THREE.Vector3(Math.cos(a) * r, y, Math.sin(a) * r));
  }
  const best = directions.map(() => ({ d: -Infinity, p: new THREE.Vector3() }));
  const p = new THREE.Vector3();
  for (const mesh of meshes) {
    const positions = mesh.geometry.getAttribute('position');
    for (let i = 0; i < positions.count; i++) {
      p.fromBufferAttribute(positions, i);
      for (let k = 0; k < directions.length; k++) {
        const d = p.dot(directions[k]!);
        const found = best[k]!;
        if (d > found.d) {
          found.d = d;
          found.p.copy(p);
        }
      }
    }
  }
  return best.map((b) => b.p.clone());
}
