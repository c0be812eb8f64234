import type * as THREE from 'three';
import type { Vec } from '../kit.js';
import type { Shell } from './shell.js';
import type { Skin } from './skin.js';

export type LampName = 'head' | 'tail' | 'brake' | 'left' | 'right' | 'beacon' | 'redBeacon';
export type Finish = 'trim' | 'bright' | 'cloth' | 'gloss';

/** Where a plate is bolted on: centre, and the turn about the vertical and the lateral axis. */
export interface PlateMount {
  readonly at: Vec;
  /** Lean of the plate's upper edge away from the viewer, radians. */
  readonly lean: number;
}

/** The parts of a style, built once and shared by all vehicles of the style. */
export interface Model {
  readonly length: number;
  readonly width: number;
  readonly height: number;
  /** Bodies that take the paint, each with its two textures. */
  readonly skins: readonly {
    readonly geometry: THREE.BufferGeometry;
    readonly map: THREE.Texture;
    readonly matter: THREE.Texture;
    readonly painted: boolean;
  }[];
  /** Parts in the vehicle's paint without a texture. */
  readonly painted: THREE.BufferGeometry | null;
  readonly parts: Readonly<Partial<Record<Finish, THREE.BufferGeometry>>>;
  readonly lamps: Readonly<Partial<Record<LampName, THREE.BufferGeometry>>>;
  readonly headAt: readonly Vec[];
  readonly tailAt: readonly Vec[];
  readonly frontPlate: PlateMount | null;
  readonly rearPlate: PlateMount | null;
}

/** Paints a shell's skins and gives them back as textured bodies. */
export function dress(shell: Shell, strip: Skin, side: Skin): Model['skins'] {
  return [
    { geometry: shell.strip, ...strip.textures(), painted: true },
    { geometry: shell.sides, ...side.textures(), painted: true },
  ];
}
