import * as THREE from 'three';
import type { Place, RoadPoint } from '../picture-spec.js';

/** Road metres (x right, y forward, z up) to three.js (x right, y up, z backward). */
export function place([x, y, z]: Place): THREE.Vector3 {
  return new THREE.Vector3(x, z, -y);
}

export function ground([x, y]: RoadPoint, height = 0): THREE.Vector3 {
  return new THREE.Vector3(x, height, -y);
}

/** Turn about the vertical that brings +x to a road direction. */
export function bearing([dx, dy]: RoadPoint): number {
  return Math.atan2(dy, dx);
}
