import * as THREE from 'three';
import type {
  CameraFilm,
  FrameSpec,
  PictureArea,
  SceneSpec,
  SeenFrame,
  VehiclePose,
} from '../picture-spec.js';
import { cover, Extent, meet, split } from './area.js';
import { Backdrop } from './backdrop.js';
import { streetPool } from './glow.js';
import { lightsOf, switchLamps, switchSignals } from './lamps.js';
import { aimSun, moodOf, type Mood } from './light.js';
import { Measure } from './measure.js';
import { Plume } from './plume.js';
import { placeFurniture } from './road/furniture.js';
import { placeSignal, type SignalMesh } from './road/signal.js';
import { laySurfaces, paintMarkings } from './road/surface.js';
import { surround } from './road/surroundings.js';
import { Sensor } from './sensor.js';
import { ShadowCatcher } from './shade.js';
import { MIRROR } from './vehicles/materials.js';
import { buildVehicle, type Vehicle } from './vehicles/vehicle.js';
import { bearing, ground, place } from './world.js';

interface OnRoad {
  readonly vehicle: Vehicle;
  readonly lights: THREE.Group;
  readonly shadow: THREE.Mesh | null;
  readonly plume: Plume | null;
}
interface Placed extends OnRoad {
  readonly pose: VehiclePose;
}
/** Things of the scene that may touch an area of the picture. */
interface Changed {
  /** Null where they are out of the picture. */
  readonly area: PictureArea | null;
  readonly things: readonly THREE.Object3D[];
}

/** Side of the largest piece drawn at once, pixels: a larger one is resolved at a cost even where little is drawn. */
const TILE = 768;

/** What a frame is: where it differs from the still picture, those pixels (RGBA rows from the lower edge up), and its truth. */
export interface Drawing {
  readonly seen: SeenFrame;
  readonly areas: readonly PictureArea[];
  readonly pixels: Uint8Array;
}

/** One camera's view of one clip. Draw frames in any order: nothing is carried from one to the next. */
export class Engine {
  /** The picture of the empty road, RGBA rows from the lower edge up. */
  readonly still: Uint8Array;
  readonly film: CameraFilm;
  readonly #spec: SceneSpec;
  readonly #renderer: THREE.WebGLRenderer;
  readonly #scene = new THREE.Scene();
  readonly #backdrop: Backdrop;
  readonly #camera: THREE.PerspectiveCamera;
  readonly #nowhere = new THREE.PerspectiveCamera(1, 1, 0.01, 0.02);
  readonly #mood: Mood;
  readonly #signals: readonly SignalMesh[];
  readonly #signalGlare = new THREE.Group();
  readonly #tile: THREE.WebGLRenderTarget;
  readonly #sensor: Sensor;
  readonly #measure: Measure;
  readonly #catcher: ShadowCatcher | null;
  readonly #mirror: THREE.WebGLCubeRenderTarget;
  readonly #roadHeight: number;
  readonly #onRoad = new Map<string, OnRoad>();
  /** Where the sensor holds the light of the last frame instead of the empty road's. */
  #touched: readonly PictureArea[] = [];

  constructor(renderer: THREE.WebGLRenderer, spec: SceneSpec) {
    this.#spec = spec;
    this.#renderer = renderer;
    const { width, height } = spec.camera;
    renderer.setPixelRatio(1);
    renderer.setSize(width, height, false);
    renderer.setClearColor(0x000000, 1);
    renderer.shadowMap.enabled = true;
    renderer.shadowMap.type = THREE.PCFShadowMap;
    renderer.shadowMap.autoUpdate = false;
    renderer.toneMapping = THREE.NoToneMapping;

    this.#mood = moodOf(spec.light, spec.weather, spec.seed);
    const { sun, fill, sky, haze, exposure } = this.#mood;
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
    this.#nowhere.position.set(0, -1000, 0);
    aimSun(sun, spec.camera, spec.light);

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

    const side = Math.min(TILE, Math.max(width, height));
    this.#tile = new THREE.WebGLRenderTarget(side, side, {
      type: THREE.HalfFloatType,
      samples: 4,
      stencilBuffer: true,
      resolveDepthBuffer: false,
      resolveStencilBuffer: false,
    });
    this.#tile.scissorTest = true;
    this.#sensor = new Sensor(width, height, {
      exposure,
      bloom: this.#mood.lampsOn ? 0.35 : 0.12,
      veil: spec.weather === 'rain' ? 0.06 : 0,
      haze: haze.color,
    });
    this.#measure = new Measure(width, height);
    const whole = { x: 0, y: 0, width, height };
    this.#sensor.expose(renderer, this.#backdrop.light, whole);
    this.still = this.#sensor.develop(renderer, [whole]);
    const { r, g, b } = haze.color.clone().multiplyScalar(exposure).convertLinearToSRGB();
    this.film = { noise: this.#mood.noise, haze: [r, g, b] };
  }

  draw(frame: FrameSpec): Drawing {
    const renderer = this.#renderer;
    const vehicles = this.#arrange(frame);
    const { light, camera } = this.#spec;
    for (const { vehicle, lights, plume, pose } of vehicles) {
      switchLamps(vehicle, lights, pose, frame.t, light, this.#mood, this.#camera.position);
      plume?.stir(pose, frame.t);
    }
    switchSignals(this.#signals, frame.lamps, this.#signalGlare, this.#mood);

    for (const area of this.#touched) this.#sensor.expose(renderer, this.#backdrop.light, area);
    this.#castShadows();
    const changed = this.#changed(vehicles);
    const all = changed.map(({ area }) => area).filter((area) => area !== null);
    const lit = cover(all).flatMap((area) => split(area, this.#tile.width));
    const steps = this.#subframes(frame);
    for (const area of lit) {
      for (const { area: its, things } of changed)
        for (const thing of things) thing.visible = its !== null && meet(area, its);
      for (let step = 0; step < steps; step++) {
        const offset = steps === 1 ? 0 : ((step + 0.5) / steps - 0.5) * camera.shutter;
        for (const { pose, vehicle } of vehicles) this.#put(vehicle, pose, offset);
        this.#drawTile(area);
        if (step === 0) this.#sensor.expose(renderer, this.#tile.texture, area, area, 1 / steps);
        else this.#sensor.add(renderer, this.#tile.texture, area, area, 1 / steps);
      }
    }
    for (const { things } of changed) for (const thing of things) thing.visible = true;
    this.#touched = lit;
    const areas = cover(all.map((area) => this.#sensor.reach(area)));
    const pixels = this.#sensor.develop(renderer, areas);

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
    return { seen: { vehicles: seen, lamps }, areas, pixels };
  }

  /** Brings this frame's vehicles on the road and takes the others off. */
  #arrange(frame: FrameSpec): Placed[] {
    for (const [id, there] of this.#onRoad) {
      if (frame.poses.some((pose) => pose.id === id)) continue;
      this.#scene.remove(there.vehicle.group, there.lights);
      there.shadow?.removeFromParent();
      there.plume?.dispose();
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
          lights: lightsOf(vehicle, this.#spec.light, this.#mood),
          shadow: this.#catcher?.piece() ?? null,
          plume: Plume.of(vehicle, this.#spec.weather, this.#mood.haze.color),
        };
        if (there.plume !== null) there.lights.add(there.plume.group);
        this.#scene.add(vehicle.group, there.lights);
        if (there.shadow !== null) this.#scene.add(there.shadow);
        this.#onRoad.set(pose.id, there);
      }
      this.#put(there.vehicle, pose, 0);
      there.lights.position.copy(there.vehicle.group.position);
      there.lights.rotation.y = there.vehicle.group.rotation.y;
      if (there.shadow !== null) this.#catcher!.lay(there.shadow, there.vehicle, pose.heading);
      return { pose, ...there };
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

  /** Brings the shadow map up to date: the camera looks at nothing, the sun at everything. */
  #castShadows(): void {
    const renderer = this.#renderer;
    renderer.shadowMap.needsUpdate = true;
    this.#backdrop.quad.visible = false;
    this.#tile.scissor.set(0, 0, 1, 1);
    renderer.setRenderTarget(this.#tile);
    renderer.render(this.#scene, this.#nowhere);
    this.#backdrop.quad.visible = true;
  }

  /** Draws a piece of the picture into the lower left corner of the tile. */
  #drawTile({ x, y, width, height }: PictureArea): void {
    const { camera } = this.#spec;
    this.#tile.viewport.set(-x, -y, camera.width, camera.height);
    this.#tile.scissor.set(0, 0, width, height);
    this.#backdrop.from(x, y);
    this.#renderer.setRenderTarget(this.#tile);
    this.#renderer.render(this.#scene, this.#camera);
  }

  /** What may touch which rectangle in this frame: vehicles with their light and shade, signals with theirs. */
  #changed(vehicles: readonly Placed[]): Changed[] {
    const { width, height, shutter } = this.#spec.camera;
    const found: Changed[] = [];
    const add = (things: readonly THREE.Object3D[], extent: Extent) => {
      found.push({ area: extent.area(), things });
    };
    for (const { vehicle, lights, shadow, pose } of vehicles) {
      const extent = new Extent(this.#camera, width, height);
      for (const offset of [-shutter / 2, shutter / 2]) {
        this.#put(vehicle, pose, offset);
        extent.hull(vehicle.hull, vehicle.group.matrixWorld);
      }
      const around = shadow === null ? [lights] : [lights, shadow];
      for (const thing of around) {
        thing.updateMatrixWorld(true);
        extent.object(thing);
      }
      add([vehicle.group, ...around], extent);
    }
    for (const thing of [...this.#signals.map((signal) => signal.body), ...this.#signalGlare.children]) {
      thing.updateMatrixWorld(true);
      const extent = new Extent(this.#camera, width, height);
      extent.object(thing);
      add([thing], extent);
    }
    return found;
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

  dispose(): void {
    for (const { vehicle } of this.#onRoad.values()) vehicle.dispose();
    this.#tile.dispose();
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
