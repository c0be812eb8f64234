import type { Place } from '../picture-spec.js';
import type { Optics } from './types.js';

export interface Lens {
  /** Pixel and depth in metres along the optical axis; null behind the lens. */
  project(x: number, y: number, z: number): readonly [u: number, v: number, depth: number] | null;
  /** The place on the road under a pixel, or null at and above the horizon. */
  ground(u: number, v: number): readonly [x: number, y: number] | null;
}

/** The pinhole of three.js's PerspectiveCamera with up = (0, 0, 1): same position, target and vertical field of view. */
export function lensOf(optics: Optics): Lens {
  const { position, target, width, height } = optics;
  const focal = height / 2 / Math.tan((optics.verticalFovDeg * Math.PI) / 360);
  const forward = unit([target[0] - position[0], target[1] - position[1], target[2] - position[2]]);
  const right = unit([forward[1], -forward[0], 0]);
  const down = cross(forward, right);
  return {
    project(x, y, z) {
      const d: Place = [x - position[0], y - position[1], z - position[2]];
      const depth = dot(d, forward);
      if (depth < 0.1) return null;
      return [
        width / 2 + (focal * dot(d, right)) / depth,
        height / 2 + (focal * dot(d, down)) / depth,
        depth,
      ];
    },
    ground(u, v) {
      const a = (u - width / 2) / focal;
      const b = (v - height / 2) / focal;
      const ray: Place = [
        forward[0] + a * right[0] + b * down[0],
        forward[1] + a * right[1] + b * down[1],
        forward[2] + a * right[2] + b * down[2],
      ];
      if (ray[2] > -1e-6) return null;
      const t = -position[2] / ray[2];
      return [position[0] + t * ray[0], position[1] + t * ray[1]];
    },
  };
}

const dot = (a: Place, b: Place) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: Place, b: Place): Place => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
function unit(v: Place): Place {
  const length = Math.hypot(...v);
  return [v[0] / length, v[1] / length, v[2] / length];
}
