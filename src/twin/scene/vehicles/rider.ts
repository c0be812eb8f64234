import * as THREE from 'three';
import type { RiderSpec } from '../../picture-spec.js';
import { bar, box, capsule, part, type Vec } from '../kit.js';

function ball(radius: Vec, colour: string, at: Vec): THREE.BufferGeometry {
  return part(new THREE.SphereGeometry(1, 14, 11).toNonIndexed().scale(...radius), colour, at);
}

export interface RiderParts {
  readonly cloth: THREE.BufferGeometry[];
  readonly gloss: THREE.BufferGeometry[];
}

const SKIN = '#a9765a';

/** A seated person. `seat` 0 steers, 1 and 2 sit behind and hold on. Same axes as the vehicle. */
export function buildRider(rider: RiderSpec, seat: number, bicycle: boolean): RiderParts {
  const cloth: THREE.BufferGeometry[] = [];
  const gloss: THREE.BufferGeometry[] = [];
  const x = -0.14 - seat * 0.34;
  const y = (bicycle ? 0.95 : 0.87) + seat * 0.04;
  const driver = seat === 0;
  const lean = driver ? 0.12 : 0.05;
  const shoulder: Vec = [x + lean, y + 0.46, 0];
  const { shirt, trousers } = rider;
  // Torso: waist, chest, shoulders, and the folds of a jacket at the hip.
  cloth.push(
    part(
      new THREE.CylinderGeometry(0.175, 0.15, 0.46, 12).toNonIndexed().scale(0.74, 1, 1.08),
      shirt,
      [x + lean / 2, y + 0.22, 0],
      [0, 0, -lean * 1.7],
    ),
  );
  cloth.push(ball([0.13, 0.13, 0.215], shirt, [shoulder[0] - 0.005, shoulder[1] - 0.03, 0]));
  cloth.push(ball([0.15, 0.1, 0.175], shirt, [x, y + 0.02, 0]));
  cloth.push(ball([0.17, 0.11, 0.19], trousers, [x, y - 0.05, 0]));
  for (const side of [1, -1]) {
    const hip: Vec = [x + 0.03, y - 0.05, side * 0.1];
    const knee: Vec = driver ? [x + 0.42, y - 0.1, side * 0.15] : [x + 0.3, y - 0.1, side * 0.25];
    const foot: Vec = driver ? [x + 0.3, bicycle ? 0.32 : 0.4, side * 0.14] : [x + 0.18, 0.42, side * 0.24];
    cloth.push(
      capsule(hip, knee, 0.078, trousers),
      capsule(knee, [foot[0], foot[1] + 0.04, foot[2]], 0.056, trousers),
    );
    gloss.push(
      part(new THREE.SphereGeometry(1, 8, 6).toNonIndexed().scale(0.13, 0.045, 0.05), '#2a2524', [
        foot[0] + 0.05,
        foot[1] - 0.03,
        foot[2],
      ]),
    );
    const arm: Vec = [shoulder[0], shoulder[1] - 0.03, side * 0.2];
    const hand: Vec = driver ? [0.33, 1.03, side * 0.3] : [x + 0.28, y + 0.14, side * 0.16];
    const elbow: Vec = [
      (arm[0] + hand[0]) / 2 - 0.06,
      (arm[1] + hand[1]) / 2 - 0.08,
      side * (driver ? 0.31 : 0.27),
    ];
    cloth.push(
      capsule(arm, elbow, 0.054, shirt),
      capsule(elbow, hand, 0.043, shirt),
      ball([0.045, 0.04, 0.04], SKIN, hand),
    );
  }
  const head: Vec = [shoulder[0] + 0.05, shoulder[1] + 0.25, 0];
  cloth.push(
    bar([shoulder[0] + 0.01, shoulder[1] + 0.03, 0], [head[0] - 0.01, head[1] - 0.05, 0], 0.052, SKIN),
  );
  if (rider.helmet) {
    gloss.push(
      part(
        new THREE.SphereGeometry(0.138, 16, 10, 0, 2 * Math.PI, 0, Math.PI * 0.6)
          .toNonIndexed()
          .scale(1.12, 1.08, 0.98),
        rider.helmetColour,
        [head[0] - 0.005, head[1] + 0.01, 0],
      ),
    );
    gloss.push(box([0.07, 0.012, 0.18], '#1a1a1c', [head[0] + 0.15, head[1] + 0.035, 0], [0, 0, -0.15]));
    cloth.push(ball([0.1, 0.115, 0.088], SKIN, [head[0] + 0.012, head[1] - 0.03, 0]));
    // A face mask, as most riders wear one.
    cloth.push(ball([0.09, 0.06, 0.08], '#7f93a8', [head[0] + 0.035, head[1] - 0.075, 0]));
  } else {
    cloth.push(ball([0.095, 0.118, 0.086], SKIN, [head[0] + 0.01, head[1] - 0.02, 0]));
    cloth.push(ball([0.108, 0.105, 0.1], '#15110f', [head[0] - 0.018, head[1] + 0.03, 0]));
  }
  return { cloth, gloss };
}
