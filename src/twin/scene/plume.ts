import * as THREE from 'three';
import type { VehiclePose, Weather } from '../picture-spec.js';
import { canvasOf, textureOf } from './kit.js';
import { Random, seedOf } from './random.js';
import type { Vehicle } from './vehicles/vehicle.js';

const PUFFS = 7;
/** Metres a second at which wheels throw a full cloud of water. */
const FULL_SPRAY = 25;
const DIESEL = /truck|trailer|coach|bus/;

const puff = (() => {
  const { canvas, context } = canvasOf(64, 64);
  const gradient = context.createRadialGradient(32, 32, 0, 32, 32, 32);
  for (let i = 0; i <= 8; i++)
    gradient.addColorStop(i / 8, `rgba(255,255,255,${(Math.cos((Math.PI * i) / 8) / 2 + 0.5).toFixed(3)})`);
  context.fillStyle = gradient;
  context.fillRect(0, 0, 64, 64);
  return textureOf(canvas, false);
})();

/** What hangs in the air behind a vehicle: water that its wheels throw up in the rain, or an old diesel's exhaust. */
export class Plume {
  readonly group = new THREE.Group();
  readonly #vehicle: Vehicle;
  readonly #wet: boolean;

  /** Null where the air stays clear. @param air the colour of lit haze */
  static of(vehicle: Vehicle, weather: Weather, air: THREE.Color): Plume | null {
    const { style, seed } = vehicle.look;
    const wet = weather === 'rain' && style !== 'bicycle';
    const smokes = DIESEL.test(style) ? seedOf(seed, 'diesel') % 3 === 0 : seedOf(seed, 'diesel') % 17 === 0;
    return wet || (smokes && style !== 'bicycle') ? new Plume(vehicle, wet, air) : null;
  }

  private constructor(vehicle: Vehicle, wet: boolean, air: THREE.Color) {
    this.#vehicle = vehicle;
    this.#wet = wet;
    for (let i = 0; i < PUFFS; i++) {
      const sprite = new THREE.Sprite(
        new THREE.SpriteMaterial({
          map: puff,
          color: air.clone().multiplyScalar(wet ? 0.8 : 0.22),
          transparent: true,
          depthWrite: false,
          fog: false,
          toneMapped: false,
        }),
      );
      sprite.renderOrder = 3;
      this.group.add(sprite);
    }
  }

  /** Puffs stand where this instant has them: the same instant, the same cloud. */
  stir(pose: VehiclePose, t: number): void {
    const { look, model } = this.#vehicle;
    const random = new Random(seedOf(look.seed, `plume ${Math.round(t * 1000)}`));
    const speed = Math.abs(pose.speed);
    const strength = this.#wet
      ? 0.3 * Math.min(1, speed / FULL_SPRAY) ** 1.5
      : 0.1 * Math.min(1, 0.35 + speed / 20);
    const stern = -model.length / 2;
    this.group.children.forEach((child, i) => {
      const sprite = child as THREE.Sprite;
      const age = (i + random.next()) / PUFFS;
      const size = this.#wet ? model.width * (0.55 + age) : 0.35 + 1.3 * age;
      const along = this.#wet ? 4.5 * age : 2.5 * age;
      sprite.position.set(
        stern - 0.1 - along,
        (this.#wet ? 0.3 : 0.4) + size * 0.25 + random.between(0, 0.15),
        this.#wet
          ? random.between(-0.25, 0.25) * model.width
          : model.width * 0.3 + random.between(-0.15, 0.15),
      );
      sprite.scale.set(size, size * 0.8, 1);
      sprite.material.opacity = strength * (1 - age) * random.between(0.7, 1.2);
    });
  }

  dispose(): void {
    for (const sprite of this.group.children) (sprite as THREE.Sprite).material.dispose();
  }
}
