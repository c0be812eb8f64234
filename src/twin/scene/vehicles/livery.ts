import * as THREE from 'three';
import type { VehicleLook } from '../../picture-spec.js';
import { canvasOf, textureOf } from '../kit.js';
import { drawLettering, letteringWidth } from '../plate/draw.js';

type Livery = NonNullable<VehicleLook['livery']>;

/** What Vietnamese vehicles on duty wear along their sides: traffic police, ambulance (115), fire brigade (114). */
const BANDS: Readonly<Record<Livery, { ground: string; edge: string; ink: string; text: string }>> = {
  police: { ground: '#1c3f96', edge: '#f4f4f2', ink: '#ffffff', text: 'CSGT' },
  ambulance: { ground: '#f4f4f2', edge: '#c3151b', ink: '#c3151b', text: '115' },
  fire: { ground: '#f0c419', edge: '#f4f4f2', ink: '#b3121a', text: '114' },
};
/** Heights of the band as shares of the body's: below the windows of a car as of a coach. */
const LOW = 0.31;
const HIGH = 0.5;
const EDGE = 0.018;
const PIXELS = { width: 1024, height: 512 };

/** The band on both sides of a shell's `sides` (see `shell.ts`): the same surface once more, drawn over itself. */
export function drawLivery(livery: Livery, sides: THREE.BufferGeometry) {
  const indices = [...(sides.getIndex()?.array ?? [])];
  const half = indices.length / 2;
  return [
    { indices: indices.slice(0, half), mirrored: true },
    { indices: indices.slice(half), mirrored: false },
  ].map(({ indices: own, mirrored }) => {
    const geometry = new THREE.BufferGeometry();
    for (const name of ['position', 'normal', 'uv'] as const)
      geometry.setAttribute(name, sides.getAttribute(name));
    geometry.setIndex(own);
    const map = textureOf(bandOf(livery, mirrored), true);
    const material = new THREE.MeshLambertMaterial({
      map,
      alphaTest: 0.5,
      polygonOffset: true,
      polygonOffsetFactor: -1,
      polygonOffsetUnits: -4,
    });
    return { geometry, material, map };
  });
}

/** Seen from the left a body's texture runs backwards: what is written there is written mirrored. */
function bandOf(livery: Livery, mirrored: boolean): HTMLCanvasElement {
  const { ground, edge, ink, text } = BANDS[livery];
  const { width, height } = PIXELS;
  const { canvas, context } = canvasOf(width, height);
  const y = (share: number): number => (1 - share) * height;
  context.fillStyle = edge;
  context.fillRect(0, y(HIGH + EDGE), width, y(LOW - EDGE) - y(HIGH + EDGE));
  context.fillStyle = ground;
  context.fillRect(0, y(HIGH), width, y(LOW) - y(HIGH));
  if (mirrored) {
    context.translate(width, 0);
    context.scale(-1, 1);
  }
  const tall = (y(LOW) - y(HIGH)) * 0.74;
  const top = y(HIGH) + (y(LOW) - y(HIGH) - tall) / 2;
  // A body is longer than it is high by more than its texture: letters are drawn narrow and come out right.
  const narrow = 0.72;
  context.scale(narrow, 1);
  drawLettering(context, text, (width / narrow - letteringWidth(text, tall)) / 2, top, tall, ink);
  return canvas;
}
