import * as THREE from 'three';
import type { Furniture, RoadPoint, SignalHead } from '../../picture-spec.js';
import { bar, box, canvasOf, part, textureOf, weld, type Vec } from '../kit.js';
import { drawLettering, letteringWidth } from '../plate/draw.js';
import { Random, seedOf } from '../random.js';
import { BRIGHT, CLOTH, TRIM } from '../vehicles/materials.js';
import { bearing, ground } from '../world.js';

/** Everything beside the road that does not move, welded to a few meshes. */
export function placeFurniture(scene: THREE.Object3D, items: readonly Furniture[], seed: number): void {
  const trim: THREE.BufferGeometry[] = [];
  const bright: THREE.BufferGeometry[] = [];
  const cloth: THREE.BufferGeometry[] = [];
  items.forEach((item, index) => {
    const random = new Random(seedOf(seed, `furniture${index}`));
    if ('points' in item) runAlong(item.kind, item.points, trim, bright);
    else if (item.kind === 'building') scene.add(building(item.at, item.size, random));
    else if ('text' in item) scene.add(board(item, bright));
    else if (item.kind === 'tree' || item.kind === 'bush')
      plant(item.kind, item.at, item.size as number, random, cloth, trim);
    else stand(item.kind, item.at, item.size as number, trim, bright);
  });
  for (const [parts, material] of [
    [trim, TRIM],
    [bright, BRIGHT],
    [cloth, CLOTH],
  ] as const) {
    if (parts.length === 0) continue;
    const mesh = new THREE.Mesh(weld(parts), material);
    mesh.castShadow = mesh.receiveShadow = true;
    scene.add(mesh);
  }
}

function runAlong(
  kind: 'rail' | 'barrier' | 'kerb' | 'noise-wall',
  points: readonly RoadPoint[],
  trim: THREE.BufferGeometry[],
  bright: THREE.BufferGeometry[],
): void {
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i]!, points[i + 1]!];
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const turn: Vec = [0, bearing([(b[0] - a[0]) / length, (b[1] - a[1]) / length]), 0];
    const mid = (h: number): Vec => [(a[0] + b[0]) / 2, h, -(a[1] + b[1]) / 2];
    if (kind === 'kerb') {
      const pieces = Math.ceil(length / 1.2);
      for (let k = 0; k < pieces; k++) {
        const f = (k + 0.5) / pieces;
        trim.push(
          box(
            [length / pieces, 0.16, 0.22],
            k % 2 === 0 ? '#c9c6bd' : '#8f8d86',
            [a[0] + (b[0] - a[0]) * f, 0.08, -(a[1] + (b[1] - a[1]) * f)],
            turn,
          ),
        );
      }
    } else if (kind === 'barrier') {
      trim.push(
        box([length, 0.35, 0.55], '#9a9994', mid(0.17), turn),
        box([length, 0.6, 0.24], '#a3a29c', mid(0.6), turn),
      );
    } else if (kind === 'noise-wall') {
      trim.push(box([length, 2.6, 0.12], '#7e8b86', mid(1.3), turn));
    } else {
      bright.push(
        box([length, 0.13, 0.05], '#a9adb0', mid(0.68), turn),
        box([length, 0.08, 0.07], '#8d9195', mid(0.56), turn),
      );
      const posts = Math.floor(length / 4);
      for (let k = 0; k <= posts; k++) {
        const f = k / posts;
        bright.push(
          box(
            [0.1, 0.72, 0.1],
            '#85898c',
            [a[0] + (b[0] - a[0]) * f, 0.36, -(a[1] + (b[1] - a[1]) * f)],
            turn,
          ),
        );
      }
    }
  }
}

function plant(
  kind: 'tree' | 'bush',
  at: RoadPoint,
  size: number,
  random: Random,
  cloth: THREE.BufferGeometry[],
  trim: THREE.BufferGeometry[],
): void {
  const greens = ['#2f4a22', '#3c5a2a', '#46632f', '#33502b', '#587038', '#27401f'];
  const crown = kind === 'tree' ? size * 0.55 : size * 0.4;
  const base = kind === 'tree' ? size * 0.45 : 0;
  if (kind === 'tree') {
    const top = ground(at, base + crown * 0.5);
    const foot = ground(at);
    trim.push(
      bar(
        [foot.x, 0, foot.z],
        [top.x + random.between(-0.3, 0.3), top.y, top.z],
        0.14 * (size / 5),
        '#4a3c2e',
        0.08,
      ),
    );
  }
  const tufts = kind === 'tree' ? 34 : 14;
  for (let i = 0; i < tufts; i++) {
    const a = random.between(0, 7);
    const r = crown * Math.sqrt(random.next()) * 0.75;
    const s = crown * random.between(0.2, 0.42);
    const p = ground(at, base + crown * 0.2 + random.next() * crown * 0.95);
    const leaf = new THREE.IcosahedronGeometry(s, 1);
    const positions = leaf.getAttribute('position');
    for (let k = 0; k < positions.count; k++) {
      const bump =
        1 +
        0.35 *
          Math.sin(positions.getX(k) * 31 + i) *
          Math.sin(positions.getY(k) * 27 + positions.getZ(k) * 23);
      positions.setXYZ(k, positions.getX(k) * bump, positions.getY(k) * bump * 0.8, positions.getZ(k) * bump);
    }
    leaf.computeVertexNormals();
    cloth.push(part(leaf, random.pick(greens), [p.x + Math.cos(a) * r, p.y, p.z + Math.sin(a) * r]));
  }
}

function stand(
  kind: 'lamp-post' | 'pole' | 'cone' | 'box',
  at: RoadPoint,
  size: number,
  trim: THREE.BufferGeometry[],
  bright: THREE.BufferGeometry[],
): void {
  const p = ground(at);
  if (kind === 'cone') {
    trim.push(
      part(new THREE.ConeGeometry(0.2, 0.7, 12).toNonIndexed(), '#d4501a', [p.x, 0.38, p.z]),
      box([0.42, 0.05, 0.42], '#1a1a1a', [p.x, 0.03, p.z]),
    );
    bright.push(
      part(new THREE.CylinderGeometry(0.1, 0.135, 0.14, 12).toNonIndexed(), '#e8e8e8', [p.x, 0.42, p.z]),
    );
  } else if (kind === 'box') trim.push(box([size, size, size], '#8b6f4e', [p.x, size / 2, p.z]));
  else if (kind === 'pole') bright.push(bar([p.x, 0, p.z], [p.x, size, p.z], 0.07, '#8f9498'));
  else {
    bright.push(
      bar([p.x, 0, p.z], [p.x, size, p.z], 0.1, '#8f9498', 0.06),
      bar([p.x, size, p.z], [p.x - Math.sign(p.x || 1) * 1.8, size + 0.3, p.z], 0.05, '#8f9498', 0.04),
    );
    trim.push(box([0.7, 0.1, 0.25], '#54585c', [p.x - Math.sign(p.x || 1) * 1.9, size + 0.28, p.z]));
  }
}

const WALLS = ['#d8cdb4', '#c9b79a', '#b8c4c9', '#d9d5cb', '#c4a68f', '#a9b7a0', '#dccfa0', '#b49d8f'];

/** A tube house or an office block: storeys, windows, balconies, a shop front with a sign. */
function building(at: RoadPoint, size: readonly [number, number, number], random: Random): THREE.Mesh {
  const [width, depth, height] = size;
  const { canvas, context } = canvasOf(512, 512);
  const wall = random.pick(WALLS);
  context.fillStyle = wall;
  context.fillRect(0, 0, 512, 512);
  const floors = Math.max(2, Math.round(height / 3.3));
  const columns = Math.max(2, Math.round(width / 2.6));
  const fh = 512 / floors;
  const cw = 512 / columns;
  for (let f = 0; f < floors; f++) {
    for (let c = 0; c < columns; c++) {
      const top = f * fh;
      if (f === floors - 1) {
        context.fillStyle = random.pick(['#2b3036', '#5d6870', '#7b3a2c', '#3d4b42', '#8d8f8e']);
        context.fillRect(c * cw + 3, top + fh * 0.3, cw - 6, fh * 0.7);
        context.fillStyle = random.pick(['#c33a2a', '#1f5fa8', '#e2b21f', '#2d8a4e', '#e8e6e0', '#7c2a66']);
        context.fillRect(c * cw, top + fh * 0.04, cw, fh * 0.24);
        if (random.chance(0.6))
          drawLettering(
            context,
            random.pick(['CAFE', 'PHO', 'BIA HOI', 'NHA THUOC', 'BANH MI', 'SUA XE', 'GARA', 'KARAOKE']),
            c * cw + 4,
            top + fh * 0.09,
            fh * 0.12,
            '#f4f2ec',
          );
      } else {
        context.fillStyle = random.pick(['#39434b', '#4c5a63', '#2c343a', '#6b7a83']);
        context.fillRect(c * cw + cw * 0.2, top + fh * 0.22, cw * 0.6, fh * 0.5);
        context.strokeStyle = 'rgba(240,240,235,0.7)';
        context.lineWidth = 2;
        context.strokeRect(c * cw + cw * 0.2, top + fh * 0.22, cw * 0.6, fh * 0.5);
        if (random.chance(0.4)) {
          context.fillStyle = 'rgba(60,60,62,0.7)';
          for (let k = 0; k < 7; k++)
            context.fillRect(c * cw + cw * (0.12 + k * 0.12), top + fh * 0.6, 2, fh * 0.3);
          context.fillRect(c * cw + cw * 0.1, top + fh * 0.6, cw * 0.8, 3);
        }
      }
    }
    context.fillStyle = 'rgba(60,55,50,0.35)';
    context.fillRect(0, f * fh, 512, 3);
  }
  for (let i = 0; i < 40; i++) {
    context.fillStyle = `rgba(50,46,40,${random.between(0.02, 0.12).toFixed(3)})`;
    context.fillRect(
      random.between(0, 512),
      random.between(0, 300),
      random.between(2, 14),
      random.between(60, 260),
    );
  }
  const side = new THREE.MeshLambertMaterial({ map: textureOf(canvas, true) });
  const roof = new THREE.MeshLambertMaterial({
    color: random.pick(['#7d4a38', '#8a8d8f', '#6c7378', '#9b8f80']),
  });
  const mesh = new THREE.Mesh(new THREE.BoxGeometry(width, height, depth), [
    side,
    side,
    roof,
    roof,
    side,
    side,
  ]);
  mesh.position.copy(ground(at, height / 2));
  mesh.castShadow = mesh.receiveShadow = true;
  return mesh;
}

type Board = Extract<Furniture, { readonly kind: 'sign' | 'advert' }>;

function board(item: Board, bright: THREE.BufferGeometry[]): THREE.Mesh {
  const [w, h] = item.size;
  const px = Math.min(256, 900 / w);
  const { canvas, context } = canvasOf(Math.round(w * px), Math.round(h * px));
  paintBoard(context, canvas.width, canvas.height, item.style, item.text);
  const round = item.style === 'limit' || item.style === 'no-entry';
  const geometry = round ? new THREE.CircleGeometry(w / 2, 32) : new THREE.PlaneGeometry(w, h);
  const mesh = new THREE.Mesh(
    geometry,
    new THREE.MeshLambertMaterial({ map: textureOf(canvas, true), side: THREE.DoubleSide }),
  );
  mesh.position.copy(ground(item.at, item.height));
  mesh.rotation.y = bearing(item.facing) + Math.PI / 2;
  mesh.castShadow = true;
  const foot = ground(item.at);
  const legs = w > 2 ? [-w * 0.4, w * 0.4] : [0];
  for (const d of legs) {
    const x = foot.x + Math.cos(mesh.rotation.y) * d;
    const z = foot.z - Math.sin(mesh.rotation.y) * d;
    bright.push(
      bar(
        [x - item.facing[0] * 0.06, 0, z + item.facing[1] * 0.06],
        [x - item.facing[0] * 0.06, item.height + h * 0.3, z + item.facing[1] * 0.06],
        0.045,
        '#8f9498',
      ),
    );
  }
  return mesh;
}

function paintBoard(
  c: CanvasRenderingContext2D,
  w: number,
  h: number,
  style: Board['style'],
  text: string,
): void {
  const fit = (height: number, ink: string, y = (h - height) / 2) => {
    const width = letteringWidth(text, height);
    c.save();
    const k = Math.min(1, (w * 0.86) / Math.max(width, 1));
    c.translate((w - width * k) / 2, y);
    c.scale(k, 1);
    drawLettering(c, text, 0, 0, height, ink);
    c.restore();
  };
  const disc = (r: number, colour: string) => {
    c.fillStyle = colour;
    c.beginPath();
    c.arc(w / 2, h / 2, r, 0, 7);
    c.fill();
  };
  c.fillStyle = '#8f9498';
  c.fillRect(0, 0, w, h);
  if (style === 'limit') {
    disc(w / 2, '#c4161c');
    disc(w * 0.39, '#f1f1ee');
    fit(h * 0.34, '#141414');
  } else if (style === 'no-entry') {
    disc(w / 2, '#c4161c');
    c.fillStyle = '#f1f1ee';
    c.fillRect(w * 0.16, h * 0.42, w * 0.68, h * 0.16);
  } else if (style === 'one-way') {
    c.fillStyle = '#1c4f9c';
    c.fillRect(0, 0, w, h);
    c.fillStyle = '#f1f1ee';
    c.fillRect(w * 0.42, h * 0.35, w * 0.16, h * 0.5);
    c.beginPath();
    c.moveTo(w * 0.22, h * 0.42);
    c.lineTo(w * 0.5, h * 0.12);
    c.lineTo(w * 0.78, h * 0.42);
    c.fill();
  } else if (style === 'direction') {
    c.fillStyle = '#17713f';
    c.fillRect(0, 0, w, h);
    c.strokeStyle = '#eef2ee';
    c.lineWidth = w * 0.012;
    c.strokeRect(w * 0.02, h * 0.04, w * 0.96, h * 0.92);
    fit(h * 0.36, '#f2f4f2');
  } else {
    c.fillStyle = '#e9e9e4';
    c.fillRect(0, 0, w, h);
    c.fillStyle = '#c8351f';
    c.fillRect(0, h * 0.76, w, h * 0.24);
    fit(h * 0.42, '#15171c', h * 0.2);
  }
}

export interface SignalMesh {
  readonly id: string;
  readonly lenses: Readonly<Record<'red' | 'amber' | 'green', THREE.MeshLambertMaterial>>;
  /** Corners of the housing's face, for the truth. */
  readonly face: readonly THREE.Vector3[];
  readonly glow: Readonly<Record<'red' | 'amber' | 'green', THREE.Vector3>>;
}

/** A three-lamp head with hoods, 0.4 × 1.1 m, as the sites measure it. */
export function placeSignal(scene: THREE.Object3D, head: SignalHead): SignalMesh {
  const group = new THREE.Group();
  const housing = new THREE.Mesh(weld([box([0.22, 1.1, 0.4], '#16181a', [-0.11, 0, 0])]), TRIM);
  housing.castShadow = true;
  group.add(housing);
  const hoods: THREE.BufferGeometry[] = [];
  const lens = (y: number, colour: string) => {
    const material = new THREE.MeshLambertMaterial({
      color: new THREE.Color(colour).multiplyScalar(0.16),
      emissive: new THREE.Color(colour),
      emissiveIntensity: 0,
    });
    const mesh = new THREE.Mesh(new THREE.CircleGeometry(0.15, 24).rotateY(Math.PI / 2), material);
    mesh.position.set(0.005, y, 0);
    group.add(mesh);
    hoods.push(
      part(
        new THREE.CylinderGeometry(
          0.165,
          0.165,
          0.22,
          20,
          1,
          true,
          -Math.PI * 0.62,
          Math.PI * 1.24,
        ).toNonIndexed(),
        '#131516',
        [0.11, y, 0],
        [0, 0, -Math.PI / 2],
      ),
    );
    return material;
  };
  const lenses = { red: lens(0.36, '#ff2a1c'), amber: lens(0, '#ffac16'), green: lens(-0.36, '#1fe08a') };
  const hoodMesh = new THREE.Mesh(weld(hoods), TRIM);
  (hoodMesh.material as THREE.Material) = TRIM.clone();
  (hoodMesh.material as THREE.Material).side = THREE.DoubleSide;
  group.add(hoodMesh);
  group.position.set(head.position[0], head.position[2], -head.position[1]);
  group.rotation.y = bearing(head.facing);
  group.updateMatrixWorld(true);
  scene.add(group);
  const at = (y: number, z: number) => new THREE.Vector3(0.01, y, z).applyMatrix4(group.matrixWorld);
  return {
    id: head.id,
    lenses,
    face: [at(0.55, -0.2), at(0.55, 0.2), at(-0.55, 0.2), at(-0.55, -0.2)],
    glow: { red: at(0.36, 0), amber: at(0, 0), green: at(-0.36, 0) },
  };
}
