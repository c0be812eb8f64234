import * as THREE from 'three';
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js';

export type Vec = readonly [number, number, number];

/** A surface over a grid of (nu+1)×(nv+1) points; `place` gives position and texture coordinate. */
export function gridSurface(
  nu: number,
  nv: number,
  place: (iu: number, iv: number) => { at: Vec; uv: readonly [number, number] },
): THREE.BufferGeometry {
  const positions: number[] = [];
  const uvs: number[] = [];
  const index: number[] = [];
  for (let iu = 0; iu <= nu; iu++) {
    for (let iv = 0; iv <= nv; iv++) {
      const { at, uv } = place(iu, iv);
      positions.push(...at);
      uvs.push(...uv);
    }
  }
  const row = nv + 1;
  for (let iu = 0; iu < nu; iu++) {
    for (let iv = 0; iv < nv; iv++) {
      const a = iu * row + iv;
      const b = a + row;
      index.push(a, b, a + 1, b, b + 1, a + 1);
    }
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
  geometry.setAttribute('uv', new THREE.Float32BufferAttribute(uvs, 2));
  geometry.setIndex(index);
  geometry.computeVertexNormals();
  return geometry;
}

/** Gives every vertex one colour and moves the part to its place; ready for `weld`. */
export function part(
  geometry: THREE.BufferGeometry,
  colour: string,
  at: Vec = [0, 0, 0],
  turn: Vec = [0, 0, 0],
): THREE.BufferGeometry {
  const g = geometry.index === null ? geometry : geometry.toNonIndexed();
  const matrix = new THREE.Matrix4().makeRotationFromEuler(new THREE.Euler(turn[0], turn[1], turn[2]));
  matrix.setPosition(at[0], at[1], at[2]);
  g.applyMatrix4(matrix);
  const c = new THREE.Color(colour);
  const count = g.getAttribute('position').count;
  const colours = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) colours.set([c.r, c.g, c.b], i * 3);
  g.setAttribute('color', new THREE.BufferAttribute(colours, 3));
  for (const name of Object.keys(g.attributes))
    if (!['position', 'normal', 'uv', 'color'].includes(name)) g.deleteAttribute(name);
  if (g.getAttribute('uv') === undefined)
    g.setAttribute('uv', new THREE.BufferAttribute(new Float32Array(count * 2), 2));
  return g;
}

/** One mesh from many parts: a draw call costs more than a thousand triangles here. */
export function weld(parts: readonly THREE.BufferGeometry[]): THREE.BufferGeometry {
  const merged = mergeGeometries([...parts], false);
  if (merged === null) throw new Error('parts do not weld');
  return merged;
}

/** A round bar from a to b. */
export function bar(
  a: Vec,
  b: Vec,
  radius: number,
  colour: string,
  radiusEnd = radius,
  sides = 8,
): THREE.BufferGeometry {
  const from = new THREE.Vector3(...a);
  const to = new THREE.Vector3(...b);
  const along = to.clone().sub(from);
  const geometry = new THREE.CylinderGeometry(radiusEnd, radius, along.length(), sides, 1).toNonIndexed();
  const quaternion = new THREE.Quaternion().setFromUnitVectors(new THREE.Vector3(0, 1, 0), along.normalize());
  geometry.applyMatrix4(
    new THREE.Matrix4().compose(from.add(to).multiplyScalar(0.5), quaternion, new THREE.Vector3(1, 1, 1)),
  );
  return part(geometry, colour);
}

/** A limb: a bar with round ends. */
export function capsule(a: Vec, b: Vec, radius: number, colour: string): THREE.BufferGeometry {
  const from = new THREE.Vector3(...a);
  const to = new THREE.Vector3(...b);
  const along = to.clone().sub(from);
  const geometry = new THREE.CapsuleGeometry(radius, along.length(), 3, 8).toNonIndexed();
  const quaternion = new THREE.Quaternion().setFromUnitVectors(new THREE.Vector3(0, 1, 0), along.normalize());
  geometry.applyMatrix4(
    new THREE.Matrix4().compose(from.add(to).multiplyScalar(0.5), quaternion, new THREE.Vector3(1, 1, 1)),
  );
  return part(geometry, colour);
}

export function box(size: Vec, colour: string, at: Vec, turn: Vec = [0, 0, 0]): THREE.BufferGeometry {
  return part(new THREE.BoxGeometry(...size), colour, at, turn);
}

export function canvasOf(
  width: number,
  height: number,
): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2d canvas');
  return { canvas, context };
}

export function textureOf(canvas: HTMLCanvasElement, colour: boolean): THREE.CanvasTexture {
  const texture = new THREE.CanvasTexture(canvas);
  texture.colorSpace = colour ? THREE.SRGBColorSpace : THREE.NoColorSpace;
  texture.anisotropy = 4;
  texture.generateMipmaps = true;
  texture.minFilter = THREE.LinearMipmapLinearFilter;
  return texture;
}
