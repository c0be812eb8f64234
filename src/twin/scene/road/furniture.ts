import * as THREE from 'three';
import type { Furniture, RoadPoint } from '../../picture-spec.js';
import { bar, box, part, weld, type Vec } from '../kit.js';
import { Random, seedOf } from '../random.js';
import { board } from './board.js';
import { building } from './building.js';
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
    // Round normals: a crown of leaves has no facets.
    const normals = leaf.getAttribute('normal');
    for (let k = 0; k < positions.count; k++) {
      const v = new THREE.Vector3().fromBufferAttribute(positions, k).normalize();
      normals.setXYZ(k, v.x, v.y, v.z);
    }
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
  else if (kind === 'pole') trim.push(bar([p.x, 0, p.z], [p.x, size, p.z], 0.07, '#8f9498'));
  else {
    trim.push(
      bar([p.x, 0, p.z], [p.x, size, p.z], 0.1, '#8f9498', 0.06),
      bar([p.x, size, p.z], [p.x - Math.sign(p.x || 1) * 1.8, size + 0.3, p.z], 0.05, '#8f9498', 0.04),
    );
    trim.push(box([0.7, 0.1, 0.25], '#54585c', [p.x - Math.sign(p.x || 1) * 1.9, size + 0.28, p.z]));
  }
}
