import * as THREE from 'three';
import type { PictureArea } from '../picture-spec.js';

/** Nothing nearer than this to the lens is in the picture, metres. */
const NEAREST = 1;
/** A pass over one more rectangle costs about as much as this many pixels. */
const PASS_COST = 8_000;

/** Collects what a moving thing may touch of the picture. */
export class Extent {
  readonly #camera: THREE.PerspectiveCamera;
  readonly #width: number;
  readonly #height: number;
  #x0 = Infinity;
  #y0 = Infinity;
  #x1 = -Infinity;
  #y1 = -Infinity;

  constructor(camera: THREE.PerspectiveCamera, width: number, height: number) {
    this.#camera = camera;
    this.#width = width;
    this.#height = height;
  }

  /** Adds a body by points of its hull, or by its box where a part of it is behind the lens. */
  hull(points: readonly THREE.Vector3[], matrix: THREE.Matrix4): void {
    const seen = points.map((p) => this.#view(p, matrix));
    if (seen.every((p) => p.z <= -NEAREST)) for (const p of seen) this.#add(p);
    else this.box(new THREE.Box3().setFromPoints([...points]), matrix);
  }

  /** Adds a box by its edges, cut off before the lens. */
  box(box: THREE.Box3, matrix: THREE.Matrix4): void {
    if (box.isEmpty()) return;
    const corner = (i: number) =>
      this.#view(
        new THREE.Vector3(
          i & 1 ? box.max.x : box.min.x,
          i & 2 ? box.max.y : box.min.y,
          i & 4 ? box.max.z : box.min.z,
        ),
        matrix,
      );
    const corners = Array.from({ length: 8 }, (_, i) => corner(i));
    for (let i = 0; i < 8; i++) {
      for (const bit of [1, 2, 4]) {
        if ((i & bit) !== 0) continue;
        const [a, b] = [corners[i]!, corners[i | bit]!];
        const [inA, inB] = [a.z <= -NEAREST, b.z <= -NEAREST];
        if (inA) this.#add(a);
        if (inB) this.#add(b);
        if (inA !== inB) this.#add(a.clone().lerp(b, (-NEAREST - a.z) / (b.z - a.z)));
      }
    }
  }

  /** Adds what an object of meshes and sprites covers. Its matrices must be up to date. */
  object(object: THREE.Object3D): void {
    object.traverseVisible((child) => {
      if (child instanceof THREE.Sprite) {
        const middle = this.#view(new THREE.Vector3(), child.matrixWorld);
        if (middle.z > -NEAREST) return;
        const { x, y } = child.scale;
        for (const [i, j] of [
          [-1, -1],
          [1, 1],
        ] as const)
          this.#add(middle.clone().add(new THREE.Vector3((i * x) / 2, (j * y) / 2, 0)));
      } else if (child instanceof THREE.Mesh) {
        const geometry = child.geometry as THREE.BufferGeometry;
        if (geometry.boundingBox === null) geometry.computeBoundingBox();
        this.box(geometry.boundingBox!, child.matrixWorld);
      }
    });
  }

  /** The rectangle in whole pixels; null where it is out of the picture. */
  area(): PictureArea | null {
    return inPicture({ x0: this.#x0, y0: this.#y0, x1: this.#x1, y1: this.#y1 }, this.#width, this.#height);
  }

  #view(point: THREE.Vector3, matrix: THREE.Matrix4): THREE.Vector3 {
    return point.clone().applyMatrix4(matrix).applyMatrix4(this.#camera.matrixWorldInverse);
  }

  #add(seen: THREE.Vector3): void {
    const p = seen.clone().applyMatrix4(this.#camera.projectionMatrix);
    const x = ((p.x + 1) / 2) * this.#width;
    const y = ((p.y + 1) / 2) * this.#height;
    this.#x0 = Math.min(this.#x0, x);
    this.#y0 = Math.min(this.#y0, y);
    this.#x1 = Math.max(this.#x1, x);
    this.#y1 = Math.max(this.#y1, y);
  }
}

/** The same rectangle with a margin, cut at the picture's edge. */
export function grown(area: PictureArea, margin: number, width: number, height: number): PictureArea {
  const { x, y } = area;
  return inPicture(
    { x0: x - margin, y0: y - margin, x1: x + area.width + margin, y1: y + area.height + margin },
    width,
    height,
  )!;
}

/** Few rectangles that cover all of these: two become one where that is cheaper to draw. */
export function cover(areas: readonly PictureArea[]): PictureArea[] {
  const list = [...areas];
  for (;;) {
    let best: { i: number; j: number; joined: PictureArea; gain: number } | null = null;
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 1; j < list.length; j++) {
        const joined = join(list[i]!, list[j]!);
        const gain = pixels(list[i]!) + pixels(list[j]!) + PASS_COST - pixels(joined);
        if (gain > (best?.gain ?? 0)) best = { i, j, joined, gain };
      }
    }
    if (best === null) return list;
    list.splice(best.j, 1);
    list[best.i] = best.joined;
  }
}

/** Pieces of an area, none larger than a square of this side. */
export function split(area: PictureArea, side: number): PictureArea[] {
  // The grid may make a piece two pixels larger than an even share.
  const [columns, rows] = [Math.ceil(area.width / (side - 2)), Math.ceil(area.height / (side - 2))];
  const edge = (size: number, pieces: number, i: number) =>
    i === pieces ? size : onGrid((size * i) / pieces);
  return Array.from({ length: columns * rows }, (_, k) => {
    const [i, j] = [k % columns, Math.floor(k / columns)];
    const [x, y] = [edge(area.width, columns, i), edge(area.height, rows, j)];
    return {
      x: area.x + x,
      y: area.y + y,
      width: edge(area.width, columns, i + 1) - x,
      height: edge(area.height, rows, j + 1) - y,
    };
  });
}

export function meet(a: PictureArea, b: PictureArea): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const pixels = (area: PictureArea): number => area.width * area.height;

function join(a: PictureArea, b: PictureArea): PictureArea {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  return {
    x,
    y,
    width: Math.max(a.x + a.width, b.x + b.width) - x,
    height: Math.max(a.y + a.height, b.y + b.height) - y,
  };
}

/** Shaders run in blocks of 2 × 2 pixels: a piece that begins on this grid is drawn as the whole picture would be. */
const onGrid = (n: number): number => Math.floor(n / 2) * 2;

function inPicture(
  box: { readonly x0: number; readonly y0: number; readonly x1: number; readonly y1: number },
  width: number,
  height: number,
): PictureArea | null {
  const x = Math.max(0, onGrid(box.x0 - 1));
  const y = Math.max(0, onGrid(box.y0 - 1));
  const right = Math.min(width, Math.ceil(box.x1) + 1);
  const top = Math.min(height, Math.ceil(box.y1) + 1);
  return right > x && top > y ? { x, y, width: right - x, height: top - y } : null;
}
