import * as THREE from 'three';
import { Random } from './random.js';

/** Tileable value noise of several octaves, 0..1, as rows of a square. */
export function noiseField(
  size: number,
  octaves: readonly (readonly [cells: number, weight: number])[],
  seed: number,
): Float32Array {
  const field = new Float32Array(size * size);
  const random = new Random(seed);
  let total = 0;
  for (const [cells, weight] of octaves) {
    total += weight;
    const lattice = Float32Array.from({ length: cells * cells }, () => random.next());
    const at = (x: number, y: number) => lattice[((y + cells) % cells) * cells + ((x + cells) % cells)]!;
    for (let y = 0; y < size; y++) {
      const fy = (y / size) * cells;
      const y0 = Math.floor(fy);
      const ty = (fy - y0) * (fy - y0) * (3 - 2 * (fy - y0));
      for (let x = 0; x < size; x++) {
        const fx = (x / size) * cells;
        const x0 = Math.floor(fx);
        const tx = (fx - x0) * (fx - x0) * (3 - 2 * (fx - x0));
        const top = at(x0, y0) * (1 - tx) + at(x0 + 1, y0) * tx;
        const low = at(x0, y0 + 1) * (1 - tx) + at(x0 + 1, y0 + 1) * tx;
        field[y * size + x]! += weight * (top * (1 - ty) + low * ty);
      }
    }
  }
  for (let i = 0; i < field.length; i++) field[i]! /= total;
  return field;
}

/** A repeating texture of one hue modulated by noise. */
export function noiseTexture(
  size: number,
  octaves: readonly (readonly [number, number])[],
  seed: number,
  shade: (n: number, fine: number) => readonly [number, number, number],
): THREE.DataTexture {
  const field = noiseField(size, octaves, seed);
  const random = new Random(seed + 1);
  const data = new Uint8Array(size * size * 4);
  for (let i = 0; i < field.length; i++) {
    const [r, g, b] = shade(field[i]!, random.next());
    data.set(
      [r, g, b, 255].map((v) => Math.max(0, Math.min(255, Math.round(v)))),
      i * 4,
    );
  }
  const texture = new THREE.DataTexture(data, size, size);
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.wrapS = texture.wrapT = THREE.RepeatWrapping;
  texture.generateMipmaps = true;
  texture.minFilter = THREE.LinearMipmapLinearFilter;
  texture.magFilter = THREE.LinearFilter;
  texture.anisotropy = 8;
  texture.needsUpdate = true;
  return texture;
}
