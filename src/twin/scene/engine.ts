import * as THREE from 'three';
import type { FrameSpec, SceneSpec, SeenFrame, VehiclePose } from '../picture-spec.js';
import { Backdrop } from './backdrop.js';
import { beam, glare, streetPool } from './glow.js';
import { moodOf, type Mood } from './light.js';
import { Measure } from './measure.js';
import { seedOf } from './random.js';
import { placeFurniture } from './road/furniture.js';
import { placeSignal, type SignalMesh } from './road/signal.js';
import { laySurfaces, paintMarkings } from './road/surface.js';
import { surround } from './road/surroundings.js';
import { contactShade, ShadowCatcher } from './shade.js';
import { Sensor } from './sensor.js';
import { MIRROR } from './vehicles/materials.js';
import { buildVehicle, type Vehicle } from './vehicles/vehicle.js';
import { bearing, ground, place } from './world.js';

interface OnRoad {
  readonly vehicle: Vehicle;
  readonly lights: THREE.Group;
  readonly shadow: THREE.Mesh | null;
}

/** One camera's view of one clip. Draw frames in any order: nothing is carried from one to the next. */
export class Engine {
  readonly #spec: SceneSpec;
  readonly #renderer: THREE.WebGLRenderer;
  readonly #scene = new THREE.Scene();
  readonly #backdrop: Backdrop;
  readonly #camera: THREE.PerspectiveCamera;
  readonly #mood: Mood;
  readonly #signals: readonly SignalMesh[];
  readonly #signalGlare = new THREE.Group();
  readonly #beauty: THREE.WebGLRenderTarget;
  readonly #sum: THREE.WebGLRenderTarget;
  readonly #out: THREE.WebGLRenderTarget;
  readonly #sensor: Sensor;
  readonly #measure: Measure;
  readonly #catcher: ShadowCatcher | null;
  readonly #mirror: THREE.WebGLCubeRenderTarget;
  readonly #roadHeight: number;
  readonly #onRoad = new Map<string, OnRoad>();

  constructor(renderer: THREE.WebGLRenderer, spec: SceneSpec) {
    this.#spec = spec;
    this.#renderer = renderer;
    const { width, height } = spec.camera;
    renderer.setPixelRatio(1);
    renderer.setSize(width, height, false);
    renderer.shadowMap.enabled = true;
    renderer.shadowMap.type = THREE.PCFShadowMap;
    renderer.shadowMap.autoUpdate = false;
    renderer.toneMapping = THREE.NoToneMapping;

    this.#mood = moodOf(spec.light, spec.weather, spec.seed);
    const { sun, fill, sky, haze } = this.#mood;
    this.#scene.fog = haze;
    this.#scene.background = haze.color;
    this.#mirror = new THREE.WebGLCubeRenderTarget(128, {
      type: THREE.HalfFloatType,
      generateMipmaps: true,
      minFilter: THREE.LinearMipmapLinearFilter,
    });
    this.#mirror.fromEquirectangularTexture(renderer, sky);
    MIRROR.sky.value = this.#mirror.texture;
    MIRROR.sunTowards.value.copy(sun.position).normalize();
    MIRROR.sunLight.value.copy(sun.color).multiplyScalar(sun.intensity);
    this.#scene.add(sun, sun.target, fill);

    this.#camera = new THREE.PerspectiveCamera(spec.camera.verticalFovDeg, width / height, 1, 900);
    this.#camera.position.copy(place(spec.camera.position));
    this.#camera.lookAt(place(spec.camera.target));
    this.#camera.updateMatrixWorld(true);
    this.#aimSun(sun);

    const fixtures = new THREE.Group();
    this.#roadHeight = laySurfaces(fixtures, spec.surfaces, spec.weather, spec.seed);
    paintMarkings(fixtures, spec.markings, spec.arrows, this.#roadHeight, spec.seed);
    placeFurniture(fixtures, [...spec.furniture, ...surround(spec)], spec.seed);
    this.#signals = spec.signals.map((head) => placeSignal(this.#scene, head));
    this.#scene.add(fixtures);
    if (spec.light === 'night' || spec.light === 'dusk') {
      for (let y = -120; y <= 120; y += 30) {
        const pool = streetPool(22, spec.light === 'night' ? 0.13 : 0.06);
        pool.position.copy(ground([y % 60 === 0 ? -4 : 4, y], this.#roadHeight + 0.02));
        fixtures.add(pool);
      }
    }
    this.#backdrop = new Backdrop(width, height);
    this.#backdrop.paint(renderer, this.#scene, this.#camera);
    this.#scene.remove(fixtures);
    this.#scene.background = null;
    free(fixtures);
    this.#scene.add(this.#backdrop.quad, this.#signalGlare);
    this.#catcher = sun.castShadow
      ? new ShadowCatcher(this.#mood.shade, this.#mood.sun.position.clone().sub(sun.target.position))
      : null;

    this.#beauty = new THREE.WebGLRenderTarget(width, height, {
      type: THREE.HalfFloatType,
      samples: 4,
      stencilBuffer: true,
    });
    this.#sum = new THREE.WebGLRenderTarget(width, height, { type: THREE.HalfFloatType, depthBuffer: false });
    this.#out = new THREE.WebGLRenderTarget(width, height, {
      type: THREE.UnsignedByteType,
      depthBuffer: false,
    });
    this.#sensor = new Sensor(width, height);
    this.#measure = new Measure(width, height);
  }

  /** Draws a frame; the pixels are RGBA rows from the lower edge up. */
  draw(frame: FrameSpec): { readonly seen: SeenFrame; readonly pixels: Uint8Array } {
    const started = performance.now();
    const vehicles = this.#arrange(frame);
    this.#light(frame, vehicles);
    const steps = this.#subframes(frame);
    const renderer = this.#renderer;
    renderer.setRenderTarget(this.#sum);
    renderer.setClearColor(0x000000, 1);
    renderer.clear();
    for (let step = 0; step < steps; step++) {
      const offset = steps === 1 ? 0 : ((step + 0.5) / steps - 0.5) * this.#spec.camera.shutter;
      for (const { pose, vehicle } of vehicles) this.#put(vehicle, pose, offset);
      renderer.shadowMap.needsUpdate = step === 0;
      renderer.setRenderTarget(this.#beauty);
      renderer.render(this.#scene, this.#camera);
      this.#sensor.accumulate(renderer, this.#beauty.texture, this.#sum, 1 / steps);
    }
    this.#sensor.develop(renderer, this.#sum, this.#out, {
      exposure: this.#mood.exposure,
      noise: this.#mood.noise,
      seed: seedOf(this.#spec.seed, `frame${frame.index}`),
      bloom: this.#mood.lampsOn ? 0.35 : 0.12,
      rain: this.#spec.weather === 'rain' ? 1 : 0,
      t: frame.t,
      haze: this.#mood.haze.color,
    });
    const { width, height } = this.#spec.camera;
    const pixels = new Uint8Array(width * height * 4);
    renderer.readRenderTargetPixels(this.#out, 0, 0, width, height, pixels);
    // A lost context draws black without a word: such a frame must never be written.
    if (renderer.getContext().isContextLost()) throw new Error('the graphics context was lost');

    for (const { pose, vehicle } of vehicles) this.#put(vehicle, pose, 0);
    const seen = this.#measure.run(
      renderer,
      this.#camera,
      this.#backdrop.depthQuad,
      vehicles.map((v) => v.vehicle),
    );
    const lamps = Object.fromEntries(
      this.#signals.flatMap((signal) => {
        const box = this.#measure.boxOf(this.#camera, signal.face);
        return box === null ? [] : [[signal.id, box] as const];
      }),
    );
    return { seen: { vehicles: seen, lamps, ms: performance.now() - started }, pixels };
  }

  /** Brings this frame's vehicles on the road and takes the others off. */
  #arrange(frame: FrameSpec): { pose: VehiclePose; vehicle: Vehicle; lights: THREE.Group }[] {
    for (const [id, there] of this.#onRoad) {
      if (frame.poses.some((pose) => pose.id === id)) continue;
      this.#scene.remove(there.vehicle.group, there.lights);
      there.shadow?.removeFromParent();
      there.vehicle.dispose();
      this.#onRoad.delete(id);
    }
    return frame.poses.map((pose) => {
      let there = this.#onRoad.get(pose.id);
      if (there === undefined) {
        const look = frame.looks.find((l) => l.id === pose.id);
        if (look === undefined) throw new Error(`no look for vehicle ${pose.id}`);
        const vehicle = buildVehicle(look);
        there = {
          vehicle,
          lights: this.#lightsOf(vehicle),
          shadow: this.#catcher?.piece(vehicle.model.length, vehicle.model.height) ?? null,
        };
        this.#scene.add(vehicle.group, there.lights);
        if (there.shadow !== null) this.#scene.add(there.shadow);
        this.#onRoad.set(pose.id, there);
      }
      this.#put(there.vehicle, pose, 0);
      there.lights.position.copy(there.vehicle.group.position);
      there.lights.rotation.y = there.vehicle.group.rotation.y;
      if (there.shadow !== null) {
        const [dx, dz] = there.shadow.userData['shift'] as [number, number];
        there.shadow.position.copy(there.vehicle.group.position).add(new THREE.Vector3(dx, 0.012, dz));
      }
      return { pose, vehicle: there.vehicle, lights: there.lights };
    });
  }

  #put(vehicle: Vehicle, pose: VehiclePose, offset: number): void {
    const d = pose.speed * offset;
    vehicle.group.position.copy(
      ground([pose.at[0] + pose.heading[0] * d, pose.at[1] + pose.heading[1] * d], this.#roadHeight),
    );
    vehicle.group.rotation.y = bearing(pose.heading);
    vehicle.group.updateMatrixWorld(true);
  }

  /** Glare and beams, shown only where lamps are on; they are no part of the silhouette. */
  #lightsOf(vehicle: Vehicle): THREE.Group {
    const group = new THREE.Group();
    group.add(contactShade(vehicle.model.length, vehicle.model.width));
    if (!this.#mood.lampsOn || vehicle.model.headAt.length === 0) return group;
    const night = this.#spec.light === 'night';
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
    if (this.#spec.light !== 'day' && this.#spec.light !== 'low-sun') {
      const light = beam(night ? 17 : 11, vehicle.model.headAt.length === 1 ? 4 : 7);
      light.position.set(vehicle.model.length / 2 + 0.1, 0.02, 0);
      light.name = 'beam';
      group.add(light);
    }
    return group;
  }

  /** Switches lamps as the frame says. A blinking lamp follows the clip's own clock. */
  #light(
    frame: FrameSpec,
    vehicles: readonly { pose: VehiclePose; vehicle: Vehicle; lights: THREE.Group }[],
  ): void {
    const gain = this.#mood.lampGain;
    const on = this.#mood.lampsOn;
    const eye = this.#camera.position;
    for (const { pose, vehicle, lights } of vehicles) {
      const phase = Math.floor((frame.t + (seedOf(vehicle.look.seed, 'blink') % 100) / 100) * 2.6) % 2 === 0;
      const { head, tail, brake, left, right, beacon } = vehicle.lamps;
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
      if (beacon !== undefined) beacon.emissiveIntensity = pose.beacon && phase ? 6 : 0;
      const [dx, dy] = pose.heading;
      const facing = dx * (eye.x - pose.at[0]) + dy * (-eye.z - pose.at[1]);
      for (const lamp of lights.children) {
        if (lamp.name === 'front') lamp.visible = facing > 0;
        if (lamp.name === 'rear') lamp.visible = facing < 0;
      }
      // Plates throw light back to the lamp beside the lens.
      const retro = this.#spec.light === 'night' ? 0.16 : this.#spec.light === 'dusk' ? 0.06 : 0.05;
      for (const plate of vehicle.plates)
        (plate.mesh.material as THREE.MeshLambertMaterial).emissiveIntensity = retro;
    }
    this.#signalGlare.clear();
    for (const signal of this.#signals) {
      const state = frame.lamps[signal.id] ?? 'dark';
      for (const name of ['red', 'amber', 'green'] as const)
        signal.lenses[name].emissiveIntensity = state === name ? 2.6 : 0;
      if (state === 'dark' || !on) continue;
      const sprite = glare({ red: '#ff2a1c', amber: '#ffac16', green: '#1fe08a' }[state], 0.7, 0.8);
      sprite.position.copy(signal.glow[state]);
      this.#signalGlare.add(sprite);
    }
  }

  /** How many pictures the open shutter needs for the fastest thing in view. */
  #subframes(frame: FrameSpec): number {
    const { camera } = this.#spec;
    const focal = camera.height / 2 / Math.tan((camera.verticalFovDeg * Math.PI) / 360);
    let most = 0;
    for (const pose of frame.poses) {
      const depth = Math.hypot(
        pose.at[0] - camera.position[0],
        pose.at[1] - camera.position[1],
        camera.position[2],
      );
      // Along the line of sight most of a motion is hidden; a third of it shows.
      most = Math.max(most, (Math.abs(pose.speed) * camera.shutter * focal * 0.4) / Math.max(depth, 6));
    }
    return Math.max(1, Math.min(3, Math.round(most / 1.5)));
  }

  #aimSun(sun: THREE.DirectionalLight): void {
    const { position, target } = this.#spec.camera;
    const away = [target[0] - position[0], target[1] - position[1]] as const;
    const d = Math.hypot(...away) || 1;
    const centre = ground([position[0] + (away[0] / d) * 38, position[1] + (away[1] / d) * 38]);
    sun.position.add(centre);
    sun.target.position.copy(centre);
    sun.target.updateMatrixWorld();
    sun.castShadow = this.#spec.light !== 'dusk';
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
    sun.shadow.intensity = this.#spec.light === 'night' ? 0.6 : 0.95;
    sun.shadow.radius = 2;
  }

  dispose(): void {
    for (const { vehicle } of this.#onRoad.values()) vehicle.dispose();
    for (const target of [this.#beauty, this.#sum, this.#out]) target.dispose();
    this.#backdrop.dispose();
    this.#catcher?.dispose();
    this.#sensor.dispose();
    this.#measure.dispose();
    this.#mirror.dispose();
    this.#mood.sun.shadow.dispose();
  }
}

/** Gives back the memory of what is drawn for the last time. Materials shared with vehicles stay. */
function free(fixtures: THREE.Object3D): void {
  fixtures.traverse((object) => {
    if (!(object instanceof THREE.Mesh)) return;
    (object.geometry as THREE.BufferGeometry).dispose();
    for (const material of [object.material].flat() as THREE.MeshLambertMaterial[]) {
      if (material.map !== null && material.map !== undefined && !material.vertexColors) {
        material.map.dispose();
        material.dispose();
      }
    }
  });
}
