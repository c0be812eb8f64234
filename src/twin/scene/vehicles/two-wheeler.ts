import * as THREE from 'three';
import { RoundedBoxGeometry } from 'three/examples/jsm/geometries/RoundedBoxGeometry.js';
import { bar, box, part, weld, type Vec } from '../kit.js';
import type { Model } from './model.js';

function blob(size: Vec, colour: string, at: Vec, turn: Vec = [0, 0, 0]): THREE.BufferGeometry {
  return part(new THREE.SphereGeometry(0.5, 14, 10).toNonIndexed().scale(...size), colour, at, turn);
}

function block(
  size: Vec,
  colour: string,
  at: Vec,
  turn: Vec = [0, 0, 0],
  radius = 0.05,
): THREE.BufferGeometry {
  return part(
    new RoundedBoxGeometry(
      size[0],
      size[1],
      size[2],
      3,
      Math.min(radius, ...size.map((s) => s / 2.05)),
    ).toNonIndexed(),
    colour,
    at,
    turn,
  );
}

function spokedWheel(
  trim: THREE.BufferGeometry[],
  bright: THREE.BufferGeometry[],
  x: number,
  radius: number,
  width: number,
): void {
  trim.push(
    part(
      new THREE.TorusGeometry(radius - width / 2, width / 2, 8, 26).toNonIndexed().scale(1, 1, 1.05),
      '#151617',
      [x, radius, 0],
    ),
  );
  bright.push(
    part(new THREE.TorusGeometry(radius - width * 1.1, 0.014, 5, 24).toNonIndexed(), '#a6a9ad', [
      x,
      radius,
      0,
    ]),
  );
  bright.push(
    part(
      new THREE.CylinderGeometry(0.05, 0.05, 0.12, 10).toNonIndexed(),
      '#7f8387',
      [x, radius, 0],
      [Math.PI / 2, 0, 0],
    ),
  );
  for (let i = 0; i < 5; i++) {
    const a = (i / 5) * 2 * Math.PI;
    bright.push(
      box(
        [radius * 0.75, 0.035, 0.03],
        '#5d6064',
        [x + Math.cos(a) * radius * 0.38, radius + Math.sin(a) * radius * 0.38, 0],
        [0, 0, a],
      ),
    );
  }
}

/** Builds a scooter or an underbone motorcycle without its riders. */
export function buildMotorcycle(style: 'scooter' | 'underbone'): Model {
  const scooter = style === 'scooter';
  const trim: THREE.BufferGeometry[] = [];
  const bright: THREE.BufferGeometry[] = [];
  const paint: THREE.BufferGeometry[] = [];
  const radius = scooter ? 0.26 : 0.29;
  const front = 0.66;
  const rear = -0.6;
  spokedWheel(trim, bright, front, radius, 0.09);
  spokedWheel(trim, bright, rear, radius, scooter ? 0.11 : 0.09);
  for (const z of [0.085, -0.085]) {
    bright.push(bar([front, radius, z], [0.5, 0.78, z * 0.9], 0.024, '#6f7377'));
    trim.push(bar([rear, radius, z * 1.3], [-0.42, 0.66, z * 1.3], 0.026, '#7a1d1d'));
  }
  paint.push(
    part(
      new THREE.TorusGeometry(radius + 0.03, 0.055, 6, 12, Math.PI * 0.75).toNonIndexed().scale(1, 1, 1.1),
      '#fff',
      [front, radius, 0],
      [0, 0, 0.35],
    ),
  );
  trim.push(block([0.42, 0.26, 0.22], '#1b1c1e', [scooter ? -0.38 : -0.05, 0.34, 0]));
  trim.push(bar([-0.2, 0.26, 0.16], [-0.82, 0.36, 0.17], 0.055, '#242527', 0.065));
  bright.push(bar([-0.45, 0.315, 0.2], [-0.8, 0.37, 0.21], 0.035, '#8e9296'));
  if (scooter) {
    // Leg shield, apron and floor board.
    paint.push(block([0.1, 0.6, 0.42], '#fff', [0.46, 0.68, 0], [0, 0, 0.28], 0.05));
    paint.push(blob([0.3, 0.5, 0.4], '#fff', [0.53, 0.7, 0], [0, 0, 0.3]));
    trim.push(block([0.07, 0.5, 0.36], '#1d1e20', [0.39, 0.64, 0], [0, 0, 0.28], 0.03));
    trim.push(block([0.55, 0.07, 0.34], '#1d1e20', [0.15, 0.34, 0], [0, 0, 0.03], 0.03));
    paint.push(block([0.5, 0.1, 0.32], '#fff', [0.12, 0.28, 0], [0, 0, 0], 0.04));
    paint.push(blob([0.95, 0.36, 0.38], '#fff', [-0.42, 0.6, 0], [0, 0, -0.12]));
    paint.push(blob([0.6, 0.22, 0.26], '#fff', [-0.7, 0.68, 0], [0, 0, -0.3]));
  } else {
    paint.push(block([0.5, 0.16, 0.16], '#fff', [0.14, 0.56, 0], [0, 0, 0.55], 0.07));
    for (const z of [0.13, -0.13])
      paint.push(block([0.16, 0.52, 0.05], '#fff', [0.34, 0.6, z], [0, z > 0 ? -0.2 : 0.2, 0.3], 0.025));
    paint.push(blob([0.75, 0.26, 0.27], '#fff', [-0.42, 0.64, 0], [0, 0, -0.2]));
    paint.push(blob([0.45, 0.16, 0.2], '#fff', [-0.74, 0.72, 0], [0, 0, -0.3]));
    bright.push(block([0.3, 0.24, 0.24], '#77797c', [0.1, 0.33, 0]));
  }
  // Handlebar, dashboard cover, mirrors.
  paint.push(blob([0.26, 0.2, 0.34], '#fff', [0.43, 0.98, 0], [0, 0, 0.35]));
  trim.push(
    bar([0.36, 1.0, -0.34], [0.38, 1.02, 0], 0.017, '#141414'),
    bar([0.36, 1.0, 0.34], [0.38, 1.02, 0], 0.017, '#141414'),
  );
  for (const z of [0.33, -0.33]) {
    trim.push(bar([0.4, 1.02, z * 0.75], [0.42, 1.18, z], 0.009, '#101010'));
    trim.push(blob([0.03, 0.09, 0.14], '#121314', [0.42, 1.2, z * 1.05]));
    trim.push(bar([0.36, 1.0, z * 0.7], [0.35, 1.0, z * 1.08], 0.024, '#0f0f10'));
  }
  trim.push(block([0.78, 0.12, 0.27], '#17181a', [-0.38, 0.79, 0], [0, 0, -0.09], 0.055));
  trim.push(block([0.34, 0.1, 0.23], '#17181a', [-0.62, 0.85, 0], [0, 0, -0.14], 0.05));
  bright.push(
    bar([-0.6, 0.86, 0.14], [-0.86, 0.9, 0.1], 0.014, '#4a4c4f'),
    bar([-0.6, 0.86, -0.14], [-0.86, 0.9, -0.1], 0.014, '#4a4c4f'),
    bar([-0.86, 0.9, 0.1], [-0.86, 0.9, -0.1], 0.014, '#4a4c4f'),
  );
  trim.push(block([0.05, 0.34, 0.16], '#131415', [-0.86, 0.52, 0], [0, 0, -0.42], 0.02));
  trim.push(box([0.02, 0.16, 0.21], '#0c0c0d', [-0.885, 0.555, 0], [0, 0, -0.36]));
  const lamp = (size: Vec, at: Vec, turn: Vec = [0, 0, 0]) => blob(size, '#fff', at, turn);
  const tailAt: Vec = [-0.94, 0.74, 0];
  return {
    length: 1.9,
    width: 0.72,
    height: 1.12,
    skins: [],
    painted: weld(paint),
    parts: { trim: weld(trim), bright: weld(bright) },
    lamps: {
      head: weld([lamp([0.1, 0.14, 0.22], [0.545, scooter ? 0.98 : 0.93, 0], [0, 0, 0.3])]),
      tail: weld([lamp([0.09, 0.09, 0.2], tailAt, [0, 0, -0.4])]),
      brake: weld([lamp([0.09, 0.06, 0.14], [-0.955, 0.75, 0], [0, 0, -0.4])]),
      left: weld([
        lamp([0.06, 0.05, 0.09], [-0.86, 0.66, -0.17]),
        lamp([0.06, 0.06, 0.1], [0.52, 0.86, -0.2]),
      ]),
      right: weld([
        lamp([0.06, 0.05, 0.09], [-0.86, 0.66, 0.17]),
        lamp([0.06, 0.06, 0.1], [0.52, 0.86, 0.2]),
      ]),
    },
    headAt: [[0.6, 0.97, 0]],
    tailAt: [tailAt],
    frontPlate: null,
    rearPlate: { at: [-0.912, 0.56, 0], lean: 0.36 },
  };
}

/** A bicycle: on the shoulder it looks like a motorcycle to a careless eye. */
export function buildBicycle(): Model {
  const trim: THREE.BufferGeometry[] = [];
  const bright: THREE.BufferGeometry[] = [];
  const paint: THREE.BufferGeometry[] = [];
  for (const x of [0.52, -0.52]) {
    trim.push(part(new THREE.TorusGeometry(0.32, 0.02, 6, 26).toNonIndexed(), '#17181a', [x, 0.34, 0]));
    for (let i = 0; i < 9; i++)
      bright.push(
        bar(
          [x, 0.34, 0],
          [x + Math.cos(i * 0.7) * 0.31, 0.34 + Math.sin(i * 0.7) * 0.31, 0],
          0.003,
          '#888a8d',
          0.003,
          3,
        ),
      );
  }
  const tube = (a: Vec, b: Vec) => paint.push(bar(a, b, 0.018, '#ffffff'));
  tube([-0.1, 0.3, 0], [0.42, 0.82, 0]);
  tube([-0.1, 0.3, 0], [-0.2, 0.82, 0]);
  tube([-0.2, 0.78, 0], [0.4, 0.84, 0]);
  tube([-0.52, 0.34, 0], [-0.1, 0.3, 0]);
  tube([-0.52, 0.34, 0], [-0.19, 0.76, 0]);
  tube([0.52, 0.34, 0], [0.4, 0.95, 0]);
  trim.push(
    bar([0.36, 1.0, -0.28], [0.36, 1.0, 0.28], 0.014, '#151515'),
    block([0.26, 0.06, 0.17], '#17181a', [-0.22, 0.87, 0]),
  );
  trim.push(block([0.3, 0.02, 0.14], '#4f5154', [-0.55, 0.72, 0]));
  return {
    length: 1.7,
    width: 0.58,
    height: 1.05,
    skins: [],
    painted: weld(paint),
    parts: { trim: weld(trim), bright: weld(bright) },
    lamps: {},
    headAt: [],
    tailAt: [],
    frontPlate: null,
    rearPlate: null,
  };
}
