import * as THREE from 'three';
import type { PixelBox, SeenPlate, SeenVehicle } from '../picture-spec.js';
import type { Vehicle } from './vehicles/vehicle.js';

/** Draws who is where in plain numbers instead of colours, and counts pixels. */
export class Measure {
  readonly #target: THREE.WebGLRenderTarget;
  readonly #pixels: Uint8Array;
  /** Pixels of the picture along a counted pixel. */
  readonly #step: number;
  readonly #width: number;
  readonly #height: number;
  readonly #flat = new THREE.MeshBasicMaterial({ fog: false, toneMapped: false });
  readonly #stage = new THREE.Scene();
  readonly #channels = [0, 1, 2, 3].map(
    (channel) =>
      new THREE.ShaderMaterial({
        vertexShader:
          'void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4( position, 1.0 ); }',
        fragmentShader: `void main() { gl_FragColor = vec4( ${[0, 1, 2, 3].map((c) => (c === channel ? '1.0' : '0.0')).join(', ')} ); }`,
        blending: THREE.CustomBlending,
        blendEquation: THREE.MaxEquation,
        blendSrc: THREE.OneFactor,
        blendDst: THREE.OneFactor,
        depthTest: false,
        depthWrite: false,
      }),
  );

  constructor(width: number, height: number) {
    this.#width = width;
    this.#height = height;
    this.#step = width > 800 ? 2 : 1;
    const [w, h] = [Math.ceil(width / this.#step), Math.ceil(height / this.#step)];
    this.#target = new THREE.WebGLRenderTarget(w, h, {
      type: THREE.UnsignedByteType,
      minFilter: THREE.NearestFilter,
      magFilter: THREE.NearestFilter,
    });
    this.#pixels = new Uint8Array(w * h * 4);
  }

  /**
   * @param depth draws the depth of what may stand in the way but is no vehicle
   * @returns boxes clipped to the picture with hidden parts included, visible share by pixel count, plates that face the camera
   */
  run(
    renderer: THREE.WebGLRenderer,
    camera: THREE.PerspectiveCamera,
    depth: THREE.Object3D,
    vehicles: readonly Vehicle[],
  ): SeenVehicle[] {
    const clearColour = renderer.getClearColor(new THREE.Color());
    const clearAlpha = renderer.getClearAlpha();
    renderer.setClearColor(0x000000, 0);
    renderer.autoClear = false;
    renderer.setRenderTarget(this.#target);
    renderer.clear();
    this.#stage.overrideMaterial = null;
    this.#stage.add(depth);
    renderer.render(this.#stage, camera);
    this.#stage.remove(depth);
    vehicles.forEach((vehicle, i) => this.#drawVehicle(renderer, camera, vehicle, i + 1));
    renderer.readRenderTargetPixels(
      this.#target,
      0,
      0,
      this.#target.width,
      this.#target.height,
      this.#pixels,
    );
    const seen = new Float64Array(vehicles.length + 1);
    const seenPlate = new Float64Array(vehicles.length + 1);
    for (let p = 0; p < this.#pixels.length; p += 4) {
      const id = this.#pixels[p]!;
      if (id === 0) continue;
      seen[id]! += 1;
      if (this.#pixels[p + 1]! > 0) seenPlate[id]! += 1;
    }
    const boxes = vehicles.map((vehicle) =>
      this.#box(
        camera,
        vehicle.hull.map((v) => v.clone().applyMatrix4(vehicle.group.matrixWorld)),
      ),
    );
    // Who shares no pixel with another's box is whole; the others are drawn once more, each alone in a channel.
    const meets = (a: PixelBox, b: PixelBox) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    const doubtful = vehicles
      .map((_, i) => i)
      .filter(
        (i) =>
          boxes[i] !== null && boxes.some((other, k) => k !== i && other !== null && meets(boxes[i]!, other)),
      );
    const wholes = this.#alone(renderer, camera, vehicles, doubtful);
    const found: SeenVehicle[] = [];
    vehicles.forEach((vehicle, i) => {
      const box = boxes[i];
      if (box === null || box === undefined || box[2] - box[0] < 3 || box[3] - box[1] < 3) return;
      const whole = wholes.get(i) ?? seen[i + 1]!;
      if (whole === 0) return;
      found.push({
        id: vehicle.look.id,
        box,
        visible: Math.min(1, Math.round((seen[i + 1]! / whole) * 1000) / 1000),
        visiblePx: seen[i + 1]! * this.#step ** 2,
        plate: this.#plate(camera, vehicle, box, seenPlate[i + 1]! * this.#step ** 2),
      });
    });
    renderer.setClearColor(clearColour, clearAlpha);
    renderer.autoClear = true;
    return found;
  }

  /** Pixels of each vehicle with nothing before it, four vehicles a reading. */
  #alone(
    renderer: THREE.WebGLRenderer,
    camera: THREE.PerspectiveCamera,
    vehicles: readonly Vehicle[],
    which: readonly number[],
  ): Map<number, number> {
    const counts = new Map<number, number>();
    for (let first = 0; first < which.length; first += 4) {
      const group = which.slice(first, first + 4);
      renderer.setRenderTarget(this.#target);
      renderer.clear();
      group.forEach((index, channel) => {
        const material = this.#channels[channel]!;
        const { group: body } = vehicles[index]!;
        const parent = body.parent;
        this.#stage.add(body);
        this.#stage.overrideMaterial = material;
        renderer.render(this.#stage, camera);
        parent?.add(body);
      });
      renderer.readRenderTargetPixels(
        this.#target,
        0,
        0,
        this.#target.width,
        this.#target.height,
        this.#pixels,
      );
      const sums = [0, 0, 0, 0];
      for (let p = 0; p < this.#pixels.length; p++) if (this.#pixels[p]! > 127) sums[p & 3]! += 1;
      group.forEach((index, channel) => counts.set(index, sums[channel]!));
    }
    return counts;
  }

  #drawVehicle(
    renderer: THREE.WebGLRenderer,
    camera: THREE.PerspectiveCamera,
    vehicle: Vehicle,
    id: number,
  ): void {
    const plates = vehicle.plates.map((p) => p.mesh);
    for (const plate of plates) plate.visible = false;
    this.#number(renderer, camera, vehicle.group, id, 0);
    for (const plate of plates) plate.visible = true;
    for (const mesh of vehicle.meshes) mesh.visible = false;
    this.#number(renderer, camera, vehicle.group, id, 255);
    for (const mesh of vehicle.meshes) mesh.visible = true;
  }

  #number(
    renderer: THREE.WebGLRenderer,
    camera: THREE.PerspectiveCamera,
    object: THREE.Object3D,
    id: number,
    green: number,
  ): void {
    const parent = object.parent;
    this.#stage.add(object);
    this.#flat.color.setRGB(id / 255, green / 255, 0, THREE.LinearSRGBColorSpace);
    this.#stage.overrideMaterial = this.#flat;
    renderer.render(this.#stage, camera);
    parent?.add(object);
  }

  #project(camera: THREE.PerspectiveCamera, point: THREE.Vector3): readonly [number, number] | null {
    const p = point.clone().applyMatrix4(camera.matrixWorldInverse);
    if (p.z > -0.5) return null;
    p.applyMatrix4(camera.projectionMatrix);
    return [((p.x + 1) / 2) * this.#width, ((1 - p.y) / 2) * this.#height];
  }

  #box(camera: THREE.PerspectiveCamera, points: readonly THREE.Vector3[]): PixelBox | null {
    const shown = points.map((p) => this.#project(camera, p)).filter((p) => p !== null);
    if (shown.length < points.length * 0.6) return null;
    return this.#clip(shown);
  }

  #clip(points: readonly (readonly [number, number])[]): PixelBox | null {
    const x0 = Math.max(0, Math.min(...points.map((p) => p[0])));
    const y0 = Math.max(0, Math.min(...points.map((p) => p[1])));
    const x1 = Math.min(this.#width, Math.max(...points.map((p) => p[0])));
    const y1 = Math.min(this.#height, Math.max(...points.map((p) => p[1])));
    if (x1 <= x0 || y1 <= y0) return null;
    return [round(x0), round(y0), round(x1), round(y1)];
  }

  #plate(
    camera: THREE.PerspectiveCamera,
    vehicle: Vehicle,
    around: PixelBox,
    visiblePx: number,
  ): SeenPlate | null {
    const eye = camera.getWorldPosition(new THREE.Vector3());
    for (const plate of vehicle.plates) {
      const corners = plate.corners.map((c) => c.clone().applyMatrix4(vehicle.group.matrixWorld));
      const normal = plate.normal.clone().transformDirection(vehicle.group.matrixWorld);
      const centre = corners.reduce((sum, c) => sum.add(c), new THREE.Vector3()).multiplyScalar(0.25);
      if (normal.dot(eye.clone().sub(centre).normalize()) < 0.1) continue;
      const shown = corners.map((c) => this.#project(camera, c));
      if (shown.some((p) => p === null)) continue;
      const points = shown as (readonly [number, number])[];
      const clipped = this.#clip(points);
      if (clipped === null) continue;
      const box: PixelBox = [
        Math.max(clipped[0], around[0]),
        Math.max(clipped[1], around[1]),
        Math.min(clipped[2], around[2]),
        Math.min(clipped[3], around[3]),
      ];
      if (box[2] <= box[0] || box[3] <= box[1]) continue;
      const edge = (a: number, b: number) =>
        Math.hypot(points[a]![0] - points[b]![0], points[a]![1] - points[b]![1]);
      return {
        side: plate.side,
        box,
        corners: points.map(([x, y]) => [round(x), round(y)] as const),
        heightPx: round((edge(0, 3) + edge(1, 2)) / 2),
        visiblePx,
      };
    }
    return null;
  }

  dispose(): void {
    this.#target.dispose();
    this.#flat.dispose();
    for (const material of this.#channels) material.dispose();
  }

  /** The housing of a lamp in pixels. */
  boxOf(camera: THREE.PerspectiveCamera, points: readonly THREE.Vector3[]): PixelBox | null {
    const shown = points.map((p) => this.#project(camera, p));
    return shown.some((p) => p === null) ? null : this.#clip(shown as (readonly [number, number])[]);
  }
}

const round = (n: number) => Math.round(n * 100) / 100;
