import * as THREE from 'three';
import type { RoadPoint } from '../picture-spec.js';
import { canvasOf, textureOf } from './kit.js';
import type { Vehicle } from './vehicles/vehicle.js';

/** Where the vehicles' shadows fall on the ready-painted road; pieces that overlap darken once. */
export class ShadowCatcher {
  readonly #material: THREE.ShadowMaterial;
  readonly #geometry = new THREE.PlaneGeometry(1, 1).rotateX(-Math.PI / 2);
  /** Metres that a shadow runs on the ground for a metre of height, along x and z. */
  readonly #run: readonly [number, number];

  constructor(opacity: number, sun: THREE.Vector3) {
    this.#material = new THREE.ShadowMaterial({ opacity, fog: false });
    Object.assign(this.#material, {
      stencilWrite: true,
      stencilRef: 1,
      stencilFunc: THREE.NotEqualStencilFunc,
      stencilZPass: THREE.ReplaceStencilOp,
    });
    this.#run = [-sun.x / sun.y, -sun.z / sun.y];
  }

  /** A piece of road that catches one vehicle's shadow. */
  piece(): THREE.Mesh {
    const mesh = new THREE.Mesh(this.#geometry, this.#material);
    mesh.receiveShadow = true;
    mesh.renderOrder = 1;
    return mesh;
  }

  /** Lays a piece where the shadow of a body of this size falls: under it and away from the sun. */
  lay(piece: THREE.Mesh, { model, hull, group }: Vehicle, [dx, dy]: RoadPoint): void {
    const { length, width } = model;
    const at = group.position;
    const reach = Math.max(...hull.map((p) => p.y)) * 1.05;
    const [runX, runZ] = this.#run;
    const room = 0.5;
    piece.scale.set(
      Math.abs(dx) * length + Math.abs(dy) * width + room + Math.abs(runX) * reach,
      1,
      Math.abs(dy) * length + Math.abs(dx) * width + room + Math.abs(runZ) * reach,
    );
    piece.position.set(at.x + (runX * reach) / 2, at.y + 0.012, at.z + (runZ * reach) / 2);
  }

  dispose(): void {
    this.#material.dispose();
    this.#geometry.dispose();
  }
}

const soft = (() => {
  const { canvas, context } = canvasOf(64, 64);
  const image = context.createImageData(64, 64);
  for (let y = 0; y < 64; y++) {
    for (let x = 0; x < 64; x++) {
      const edge = (v: number) => Math.min(1, Math.max(0, (1 - Math.abs(v / 31.5 - 1)) / 0.22));
      image.data[(y * 64 + x) * 4 + 3] = Math.round(255 * edge(x) * edge(y));
    }
  }
  context.putImageData(image, 0, 0);
  return textureOf(canvas, false);
})();
const under = new THREE.MeshBasicMaterial({
  map: soft,
  color: '#000000',
  transparent: true,
  opacity: 0.62,
  depthWrite: false,
  fog: false,
});

/** The soft dark patch under a vehicle of this footprint. */
export function contactShade(length: number, width: number): THREE.Mesh {
  const mesh = new THREE.Mesh(
    new THREE.PlaneGeometry(length * 1.1, width * 1.25).rotateX(-Math.PI / 2),
    under,
  );
  mesh.position.y = 0.016;
  mesh.renderOrder = 2;
  return mesh;
}
