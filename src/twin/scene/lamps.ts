import * as THREE from 'three';
import type { FrameSpec, Light, VehiclePose } from '../picture-spec.js';
import { beam, glare } from './glow.js';
import type { Mood } from './light.js';
import { seedOf } from './random.js';
import type { SignalMesh } from './road/signal.js';
import { contactShade } from './shade.js';
import type { Vehicle } from './vehicles/vehicle.js';

/** Glare, beams and the dark under a vehicle: drawn with it, but no part of its silhouette. */
export function lightsOf(vehicle: Vehicle, light: Light, mood: Mood): THREE.Group {
  const group = new THREE.Group();
  group.add(contactShade(vehicle.model.length, vehicle.model.width));
  if (!mood.lampsOn || vehicle.model.headAt.length === 0) return group;
  const night = light === 'night';
  for (const at of vehicle.model.headAt) {
    const sprite = glare('#fff2d6', night ? 1.6 : 0.8, night ? 1.3 : 0.8);
    sprite.position.set(at[0] + 0.12, at[1], at[2]);
    sprite.name = 'front';
    group.add(sprite);
  }
  for (const at of vehicle.model.tailAt) {
    const sprite = glare('#ff2a18', night ? 0.5 : 0.3, 0.6);
    sprite.position.set(at[0] - 0.1, at[1], at[2]);
    sprite.name = 'rear';
    group.add(sprite);
  }
  if (light !== 'day' && light !== 'low-sun') {
    const before = beam(night ? 17 : 11, vehicle.model.headAt.length === 1 ? 4 : 7);
    before.position.set(vehicle.model.length / 2 + 0.1, 0.02, 0);
    before.name = 'beam';
    group.add(before);
  }
  return group;
}

/** Switches a vehicle's lamps as the frame says. A blinking lamp follows the clip's own clock. */
export function switchLamps(
  vehicle: Vehicle,
  lights: THREE.Group,
  pose: VehiclePose,
  t: number,
  light: Light,
  mood: Mood,
  eye: THREE.Vector3,
): void {
  const { lampGain: gain, lampsOn: on } = mood;
  const phase = Math.floor((t + (seedOf(vehicle.look.seed, 'blink') % 100) / 100) * 2.6) % 2 === 0;
  const { head, tail, brake, left, right, beacon, redBeacon } = vehicle.lamps;
  const motorcycle = vehicle.model.headAt.length === 1;
  if (head !== undefined) head.emissiveIntensity = on || motorcycle ? gain * 1.6 : 0;
  if (tail !== undefined) tail.emissiveIntensity = on ? gain * 0.25 : 0;
  if (brake !== undefined) brake.emissiveIntensity = pose.braking ? Math.max(1.6, gain * 0.8) : 0;
  if (left !== undefined)
    left.emissiveIntensity =
      phase && (pose.indicator === 'left' || pose.indicator === 'hazard') ? Math.max(2, gain) : 0;
  if (right !== undefined)
    right.emissiveIntensity =
      phase && (pose.indicator === 'right' || pose.indicator === 'hazard') ? Math.max(2, gain) : 0;
  // The two halves of a light bar take turns.
  const turn = Math.floor(t * 5 + (vehicle.look.seed % 7) / 7) % 2 === 0;
  if (beacon !== undefined) beacon.emissiveIntensity = pose.beacon && turn ? 6 : 0;
  if (redBeacon !== undefined) redBeacon.emissiveIntensity = pose.beacon && !turn ? 4 : 0;
  const [dx, dy] = pose.heading;
  const facing = dx * (eye.x - pose.at[0]) + dy * (-eye.z - pose.at[1]);
  for (const lamp of lights.children) {
    if (lamp.name === 'front') lamp.visible = facing > 0;
    if (lamp.name === 'rear') lamp.visible = facing < 0;
  }
  // Plates throw light back to the lamp beside the lens.
  const retro = light === 'night' ? 0.16 : light === 'dusk' ? 0.06 : 0.05;
  for (const plate of vehicle.plates)
    (plate.mesh.material as THREE.MeshLambertMaterial).emissiveIntensity = retro;
}

/** Lights the signals' lenses; the glare of those that shine at night goes into `around`. */
export function switchSignals(
  signals: readonly SignalMesh[],
  states: FrameSpec['lamps'],
  around: THREE.Group,
  mood: Mood,
): void {
  around.clear();
  for (const signal of signals) {
    const state = states[signal.id] ?? 'dark';
    for (const name of ['red', 'amber', 'green'] as const)
      signal.lenses[name].emissiveIntensity = state === name ? 2.6 : 0;
    if (state === 'dark' || !mood.lampsOn) continue;
    const sprite = glare({ red: '#ff2a1c', amber: '#ffac16', green: '#1fe08a' }[state], 0.7, 0.8);
    sprite.position.copy(signal.glow[state]);
    around.add(sprite);
  }
}
