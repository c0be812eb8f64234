import * as THREE from 'three';
import type { CameraSpec, Light, Weather } from '../picture-spec.js';
import { Random, seedOf } from './random.js';
import { ground } from './world.js';

/** The hour and the sky: what shines, how far one sees, how the camera exposes. */
export interface Mood {
  readonly sun: THREE.DirectionalLight;
  readonly fill: THREE.HemisphereLight;
  readonly sky: THREE.DataTexture;
  readonly haze: THREE.FogExp2;
  readonly exposure: number;
  /** Sensor noise, standard deviation in 8-bit steps at mid grey. */
  readonly noise: number;
  readonly lampsOn: boolean;
  /** How strongly a lit lamp shines beside daylight. */
  readonly lampGain: number;
  /** How dark a cast shadow is, 0 to 1. */
  readonly shade: number;
}

interface Hour {
  readonly sun: number;
  readonly elevation: number;
  readonly sunColour: string;
  readonly zenith: string;
  readonly horizon: string;
  readonly sky: number;
  readonly fill: number;
  readonly exposure: number;
  readonly noise: number;
  readonly haze: number;
}

const HOURS: Readonly<Record<Light, Hour>> = {
  day: {
    sun: 3.0,
    elevation: 52,
    sunColour: '#fff4e2',
    zenith: '#5f8fc8',
    horizon: '#cfdcea',
    sky: 1,
    fill: 0.35,
    exposure: 1.02,
    noise: 0.7,
    haze: 0.0022,
  },
  'low-sun': {
    sun: 2.9,
    elevation: 13,
    sunColour: '#ffc98a',
    zenith: '#6d8fc0',
    horizon: '#f4d3a6',
    sky: 0.62,
    fill: 0.22,
    exposure: 1.15,
    noise: 1.0,
    haze: 0.003,
  },
  dusk: {
    sun: 0.12,
    elevation: 25,
    sunColour: '#b9c4e8',
    zenith: '#3d4f7c',
    horizon: '#b98f86',
    sky: 0.26,
    fill: 0.2,
    exposure: 2.9,
    noise: 2.4,
    haze: 0.003,
  },
  night: {
    sun: 0.5,
    elevation: 70,
    sunColour: '#ffe2bf',
    zenith: '#0c1020',
    horizon: '#2b2a2c',
    sky: 0.05,
    fill: 0.12,
    exposure: 2.1,
    noise: 3.4,
    haze: 0.003,
  },
};

export function moodOf(light: Light, weather: Weather, seed: number): Mood {
  const hour = HOURS[light];
  const random = new Random(seedOf(seed, 'mood'));
  const rain = weather === 'rain';
  // A share of the days is overcast: soft shadows, a white sky.
  // Rain clouds are darker than a bright overcast.
  const veil = new THREE.Color(rain ? '#9299a0' : '#d9dde0');
  const cloud = rain ? 1 : light === 'day' ? random.pick([0, 0.1, 0.25, 0.85]) : 0;
  const azimuth = random.between(0, 2 * Math.PI);
  const elevation = (hour.elevation + random.between(-6, 14)) * (Math.PI / 180);
  const strength = light === 'night' ? hour.sun : hour.sun * (1 - 0.93 * cloud);
  const sun = new THREE.DirectionalLight(hour.sunColour, strength);
  sun.position
    .set(
      Math.cos(azimuth) * Math.cos(elevation),
      Math.sin(elevation),
      Math.sin(azimuth) * Math.cos(elevation),
    )
    .multiplyScalar(120);
  const overhead = new THREE.Color(hour.zenith)
    .lerp(new THREE.Color(hour.horizon), 0.45)
    .lerp(veil, 0.45 + cloud * 0.5);
  const fill = new THREE.HemisphereLight(overhead, '#54524e', Math.PI * (hour.sky * 0.85 + hour.fill * 0.3));
  const sky = skyTexture(hour, sun.position.clone().normalize(), cloud, veil);
  const hazeColour = new THREE.Color(hour.horizon)
    .lerp(veil, cloud * 0.7)
    .multiplyScalar(hour.sky * (light === 'night' ? 0.35 : 0.8));
  return {
    sun,
    fill,
    sky,
    haze: new THREE.FogExp2(hazeColour, hour.haze * (rain ? 1.7 : 1) * random.between(0.7, 1.6)),
    exposure: hour.exposure * (light === 'day' ? 1 + 0.5 * cloud : 1) * random.between(0.9, 1.12),
    noise: hour.noise * (rain ? 1.3 : 1),
    lampsOn: light === 'dusk' || light === 'night' || rain,
    lampGain: light === 'night' ? 6 : light === 'dusk' ? 4 : 3,
    shade: light === 'night' ? 0.3 : light === 'low-sun' ? 0.5 : 0.62 * (1 - 0.8 * cloud),
  };
}

/** Turns the sun's shadows to the stretch of road before a camera. */
export function aimSun(sun: THREE.DirectionalLight, { position, target }: CameraSpec, light: Light): void {
  const away = [target[0] - position[0], target[1] - position[1]] as const;
  const d = Math.hypot(...away) || 1;
  const centre = ground([position[0] + (away[0] / d) * 38, position[1] + (away[1] / d) * 38]);
  sun.position.add(centre);
  sun.target.position.copy(centre);
  sun.target.updateMatrixWorld();
  sun.castShadow = light !== 'dusk';
  sun.shadow.mapSize.set(1536, 1536);
  const span = 46;
  Object.assign(sun.shadow.camera, {
    left: -span,
    right: span,
    top: span,
    bottom: -span,
    near: 10,
    far: 320,
  });
  sun.shadow.camera.updateProjectionMatrix();
  sun.shadow.normalBias = 0.03;
  sun.shadow.bias = -0.0006;
  sun.shadow.intensity = light === 'night' ? 0.6 : 0.95;
  sun.shadow.radius = 2;
}

/** Sky over a grey ground as a small equirectangular picture: it lights the scene and shows in paint and glass. */
function skyTexture(hour: Hour, sun: THREE.Vector3, cloud: number, white: THREE.Color): THREE.DataTexture {
  const width = 256;
  const height = 128;
  const data = new Float32Array(width * height * 4);
  const zenith = new THREE.Color(hour.zenith).lerp(white, cloud);
  const horizon = new THREE.Color(hour.horizon).lerp(white, cloud);
  const glow = new THREE.Color(hour.sunColour);
  const soil = new THREE.Color('#5a5a58');
  const trees = new THREE.Color('#3c4436');
  const colour = new THREE.Color();
  for (let j = 0; j < height; j++) {
    // three.js samples row 0 of a data texture at the nadir.
    const up = Math.sin(((j + 0.5) / height - 0.5) * Math.PI);
    for (let i = 0; i < width; i++) {
      const a = ((i + 0.5) / width) * 2 * Math.PI;
      const flat = Math.sqrt(1 - up * up);
      const x = -Math.cos(a) * flat;
      const z = -Math.sin(a) * flat;
      if (up < 0) colour.copy(soil).multiplyScalar(0.55);
      else {
        colour.copy(horizon).lerp(zenith, Math.pow(up, 0.55));
        const skyline = 0.05 + 0.05 * Math.abs(Math.sin(a * 7) * Math.sin(a * 17 + 1));
        if (up < skyline) colour.copy(trees);
        const towards = Math.max(0, x * sun.x + up * sun.y + z * sun.z);
        const halo =
          (1 - cloud) *
          (Math.pow(towards, 40) * 2.2 + Math.pow(towards, 6) * 0.3) *
          Math.min(1, hour.sun / 2);
        colour.r += glow.r * halo;
        colour.g += glow.g * halo;
        colour.b += glow.b * halo;
        // Broken cloud makes reflections lively.
        const puff =
          Math.sin(a * 5 + up * 9) * Math.sin(a * 3 - up * 14 + 2) > 0.35 && up > 0.15
            ? 0.25 * (1 - cloud)
            : 0;
        colour.lerp(white, puff);
      }
      data.set([colour.r * hour.sky, colour.g * hour.sky, colour.b * hour.sky, 1], (j * width + i) * 4);
    }
  }
  const texture = new THREE.DataTexture(data, width, height, THREE.RGBAFormat, THREE.FloatType);
  texture.mapping = THREE.EquirectangularReflectionMapping;
  texture.minFilter = texture.magFilter = THREE.LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
