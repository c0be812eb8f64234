import * as THREE from 'three';
import { canvasOf, textureOf } from './kit.js';

/** Light that a lamp throws on the road and into the lens, as additive pictures: real lamps by the dozen would cost a frame each. */
/** Soft pictures seen at a flat angle: coarser copies would smear them to a slab. */
function smooth(texture: THREE.Texture): THREE.Texture {
  texture.generateMipmaps = false;
  texture.minFilter = THREE.LinearFilter;
  return texture;
}

const pool = (() => {
  const { canvas, context } = canvasOf(128, 256);
  for (let y = 0; y < 256; y++) {
    for (let x = 0; x < 128; x++) {
      const along = y / 255;
      const spread = 0.14 + 0.42 * along;
      const across = (x / 127 - 0.5) / spread;
      const v = Math.exp(-across * across * 4.5) * Math.min(1, along * 9) * Math.pow(1 - along, 1.3);
      context.fillStyle = `rgba(255,255,255,${v.toFixed(4)})`;
      context.fillRect(x, 255 - y, 1, 1);
    }
  }
  return smooth(textureOf(canvas, false));
})();
const spot = (() => {
  const { canvas, context } = canvasOf(64, 64);
  const gradient = context.createRadialGradient(32, 32, 0, 32, 32, 32);
  gradient.addColorStop(0, 'rgba(255,255,255,1)');
  gradient.addColorStop(0.12, 'rgba(255,255,255,0.75)');
  gradient.addColorStop(0.35, 'rgba(255,255,255,0.16)');
  gradient.addColorStop(1, 'rgba(255,255,255,0)');
  context.fillStyle = gradient;
  context.fillRect(0, 0, 64, 64);
  return textureOf(canvas, false);
})();

function additive(map: THREE.Texture, colour: string, strength: number): THREE.MeshBasicMaterial {
  return new THREE.MeshBasicMaterial({
    map,
    color: new THREE.Color(colour).multiplyScalar(strength),
    transparent: true,
    blending: THREE.AdditiveBlending,
    depthWrite: false,
    fog: false,
    toneMapped: false,
  });
}

const roadLight = additive(pool, '#ffe6bd', 0.42);

/** The beam before a vehicle; x to its bow. */
export function beam(length: number, width: number): THREE.Mesh {
  const mesh = new THREE.Mesh(
    new THREE.PlaneGeometry(width, length)
      .rotateX(-Math.PI / 2)
      .rotateY(-Math.PI / 2)
      .translate(length / 2, 0, 0),
    roadLight,
  );
  mesh.renderOrder = 5;
  return mesh;
}

const sprites = new Map<string, THREE.SpriteMaterial>();

/** The glare of a lamp that looks at the lens. */
export function glare(colour: string, strength: number, size: number): THREE.Sprite {
  const key = `${colour}:${strength}`;
  let material = sprites.get(key);
  if (material === undefined) {
    material = new THREE.SpriteMaterial({
      map: spot,
      color: new THREE.Color(colour).multiplyScalar(strength),
      blending: THREE.AdditiveBlending,
      depthWrite: false,
      transparent: true,
      fog: false,
      toneMapped: false,
    });
    sprites.set(key, material);
  }
  const sprite = new THREE.Sprite(material);
  sprite.scale.setScalar(size);
  sprite.renderOrder = 6;
  return sprite;
}

/** A street lamp's pool on the road. */
export function streetPool(size: number, strength: number): THREE.Mesh {
  const mesh = new THREE.Mesh(
    new THREE.PlaneGeometry(size, size).rotateX(-Math.PI / 2),
    additive(spot, '#ffca90', strength),
  );
  mesh.renderOrder = 4;
  return mesh;
}
