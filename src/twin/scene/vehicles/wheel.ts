import * as THREE from 'three';
import { box, part, type Vec } from '../kit.js';

export interface WheelParts {
  readonly trim: THREE.BufferGeometry[];
  readonly bright: THREE.BufferGeometry[];
}

/** A wheel whose axle lies along z. `outer` is +1 where its face looks to the right, −1 to the left. */
export function wheel(
  radius: number,
  width: number,
  at: Vec,
  outer: 1 | -1,
  spokes = 6,
  steel = false,
): WheelParts {
  const trim: THREE.BufferGeometry[] = [];
  const bright: THREE.BufferGeometry[] = [];
  const tyre = new THREE.LatheGeometry(
    [
      [0.62, -0.5],
      [0.9, -0.5],
      [1, -0.32],
      [1, 0.32],
      [0.9, 0.5],
      [0.64, 0.5],
      [0.62, 0.3],
    ].map(([r, w]) => new THREE.Vector2(r! * radius, w! * width * outer)),
    18,
  );
  trim.push(part(tyre.toNonIndexed(), '#17181a', at, [Math.PI / 2, 0, 0]));
  trim.push(
    part(
      new THREE.CylinderGeometry(radius * 0.64, radius * 0.64, width * 0.5, 20).toNonIndexed(),
      '#0b0b0c',
      at,
      [Math.PI / 2, 0, 0],
    ),
  );
  const face = at[2] + outer * width * 0.36;
  const rim = new THREE.RingGeometry(radius * 0.56, radius * 0.66, 16);
  bright.push(
    part(
      rim.toNonIndexed(),
      '#b4b7bb',
      [at[0], at[1], face + outer * 0.02],
      [0, outer === 1 ? 0 : Math.PI, 0],
    ),
  );
  if (steel) {
    bright.push(
      part(
        new THREE.CylinderGeometry(radius * 0.56, radius * 0.3, width * 0.2, 18).toNonIndexed(),
        '#8b8d90',
        [at[0], at[1], face - outer * 0.03],
        [Math.PI / 2, 0, 0],
      ),
    );
    bright.push(
      part(
        new THREE.CylinderGeometry(radius * 0.2, radius * 0.2, 0.12, 12).toNonIndexed(),
        '#5d5f62',
        [at[0], at[1], face],
        [Math.PI / 2, 0, 0],
      ),
    );
  } else {
    for (let i = 0; i < spokes; i++) {
      const angle = (i / spokes) * 2 * Math.PI + 0.3;
      bright.push(
        box(
          [radius * 0.52, radius * 0.15, 0.03],
          '#aeb1b6',
          [at[0] + Math.cos(angle) * radius * 0.32, at[1] + Math.sin(angle) * radius * 0.32, face],
          [0, 0, angle],
        ),
      );
    }
    bright.push(
      part(
        new THREE.CylinderGeometry(radius * 0.13, radius * 0.13, 0.05, 12).toNonIndexed(),
        '#9b9ea3',
        [at[0], at[1], face],
        [Math.PI / 2, 0, 0],
      ),
    );
  }
  return { trim, bright };
}
