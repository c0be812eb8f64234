import * as THREE from 'three';
import type { RoadPoint } from '../../picture-spec.js';
import { canvasOf, textureOf } from '../kit.js';
import { drawLettering } from '../plate/draw.js';
import type { Random } from '../random.js';
import { ground } from '../world.js';

const WALLS = ['#d8cdb4', '#c9b79a', '#b8c4c9', '#d9d5cb', '#c4a68f', '#a9b7a0', '#dccfa0', '#b49d8f'];

/** A tube house or an office block: storeys, windows, balconies, a shop front with a sign. */
export function building(at: RoadPoint, size: readonly [number, number, number], random: Random): THREE.Mesh {
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
