import * as THREE from 'three';
import { gridSurface, type Vec } from '../kit.js';

/**
 * A body as its side profile carried across the width with rounded edges, closed by two side panels.
 * Vehicle coordinates: x to the bow, y up, z to the right, metres, origin on the ground amidships.
 */
export interface ShellSpec {
  /** From the lower front edge over bonnet and roof to the lower rear edge. Names mark places for the skin. */
  readonly profile: readonly (readonly [x: number, y: number, name?: string])[];
  /** Half width at a height. */
  readonly halfWidth: (y: number) => number;
  /** Radius of the edge between roof and sides. */
  readonly edge: number;
  readonly arches: readonly { readonly x: number; readonly radius: number; readonly height: number }[];
  /** How far the corners of bow and stern lie behind the middle. */
  readonly bow: number;
  readonly stern: number;
  /** Rise of the middle over the edges across roof and bonnet. */
  readonly crown: number;
}

export interface Shell {
  readonly length: number;
  readonly height: number;
  readonly strip: THREE.BufferGeometry;
  readonly sides: THREE.BufferGeometry;
  /** Profile position of a named point, 0 front to 1 rear. */
  s(name: string): number;
  /** A point on the strip; t −1 left … 1 right; `lift` metres outwards. */
  at(s: number, t: number, lift?: number): Vec;
  /** Upper edge of the side panel at x. */
  top(x: number): number;
  bottom(x: number): number;
  /** A piece of the strip as a surface of its own, for lamps and grilles. Corners as [s, t]. */
  patch(corners: readonly [Corner, Corner, Corner, Corner], lift: number): THREE.BufferGeometry;
  /** Foremost (or rearmost) x of the profile between two heights. */
  reach(end: 'front' | 'rear', low: number, high: number): number;
}
export type Corner = readonly [s: number, t: number];

const SAMPLES = 72;

export function buildShell(spec: ShellSpec): Shell {
  const curve = new THREE.CatmullRomCurve3(
    spec.profile.map(([x, y]) => new THREE.Vector3(x, y, 0)),
    false,
    'centripetal',
    0.5,
  );
  curve.arcLengthDivisions = 900;
  const points = curve.getSpacedPoints(SAMPLES);
  const lengths = curve.getLengths(900);
  const total = lengths[900] ?? 1;
  const named = new Map<string, number>();
  spec.profile.forEach(([, , name], i) => {
    if (name !== undefined)
      named.set(name, (lengths[Math.round((i / (spec.profile.length - 1)) * 900)] ?? 0) / total);
  });
  const xs = points.map((p) => p.x);
  const maxX = Math.max(...xs);
  const minX = Math.min(...xs);
  const height = Math.max(...points.map((p) => p.y));
  const widest = Math.max(...points.map((p) => spec.halfWidth(p.y)));

  const profileAt = (s: number) => {
    const f = Math.min(Math.max(s, 0), 1) * SAMPLES;
    const i = Math.min(Math.floor(f), SAMPLES - 1);
    const a = points[i]!;
    const b = points[i + 1]!;
    const before = points[Math.max(i - 1, 0)]!;
    const after = points[Math.min(i + 2, SAMPLES)]!;
    const tx = after.x - before.x;
    const ty = after.y - before.y;
    const n = Math.hypot(tx, ty) || 1;
    // The profile runs from the bow over the top to the stern: its left-hand normal points outwards.
    return { x: a.x + (b.x - a.x) * (f - i), y: a.y + (b.y - a.y) * (f - i), nx: ty / n, ny: -tx / n };
  };
  const warp = (x: number, z: number): number => {
    const k = Math.pow(Math.min(Math.abs(z) / widest, 1), 2.6);
    const front = Math.max(0, (x - (maxX - 0.75)) / 0.75);
    const rear = Math.max(0, (minX + 0.75 - x) / 0.75);
    return x - spec.bow * k * front * front + spec.stern * k * rear * rear;
  };
  const at = (s: number, t: number, lift = 0): Vec => {
    const p = profileAt(s);
    const w = spec.halfWidth(p.y);
    const r = Math.min(spec.edge, w * 0.5);
    const z = Math.abs(t) * w;
    const over = Math.max(0, z - (w - r)) / r;
    const angle = Math.asin(Math.min(over, 1));
    const drop = r * (1 - Math.cos(angle)) + spec.crown * Math.pow(Math.min(z / w, 1), 2) * 0.8;
    const x = p.x - p.nx * drop + p.nx * lift * Math.cos(angle);
    const y = p.y - p.ny * drop + p.ny * lift * Math.cos(angle);
    const side = Math.sign(t) * (z + lift * Math.sin(angle));
    return [warp(x, side), y, side];
  };

  const across: number[] = [];
  const flat = 1 - spec.edge / widest;
  for (const k of [0, 0.5, 1]) across.push(k * flat);
  for (const degrees of [35, 65, 90]) across.push(flat + (1 - flat) * Math.sin((degrees * Math.PI) / 180));
  const columns = [
    ...across
      .slice(1)
      .reverse()
      .map((t) => -t),
    ...across,
  ];
  const strip = orient(
    gridSurface(SAMPLES, columns.length - 1, (iu, iv) => {
      const t = columns[iv]!;
      return { at: at(iu / SAMPLES, t), uv: [iu / SAMPLES, 0.5 - t / 2] };
    }),
  );

  const outline: [number, number][] = [];
  for (let i = 0; i <= SAMPLES; i++) {
    const p = profileAt(i / SAMPLES);
    const drop = Math.min(spec.edge, spec.halfWidth(p.y) * 0.5) + spec.crown * 0.8;
    outline.push([p.x - p.nx * drop, p.y - p.ny * drop]);
  }
  const span = (x: number): [number, number] => {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i <= SAMPLES; i++) {
      const [ax, ay] = outline[i]!;
      const [bx, by] = outline[(i + 1) % outline.length]!;
      if ((ax - x) * (bx - x) > 0 || ax === bx) continue;
      const y = ay + ((x - ax) / (bx - ax)) * (by - ay);
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    return low === Infinity ? [NaN, NaN] : [low, high];
  };
  const bottom = (x: number): number => {
    let y = span(x)[0];
    for (const arch of spec.arches) {
      const d = Math.abs(x - arch.x);
      if (d < arch.radius) y = Math.max(y, arch.height + Math.sqrt(arch.radius ** 2 - d ** 2) * 0.98);
    }
    return y;
  };
  const top = (x: number): number => span(x)[1];
  const outlineX = outline.map((p) => p[0]);
  const lowX = Math.min(...outlineX) + 1e-3;
  const highX = Math.max(...outlineX) - 1e-3;
  const stations = new Set<number>();
  for (let i = 0; i <= 46; i++)
    stations.add(lowX + ((highX - lowX) * (1 - Math.cos((Math.PI * i) / 46))) / 2);
  for (const arch of spec.arches) {
    for (let k = -7; k <= 7; k++)
      stations.add(arch.x + arch.radius * Math.sin((k / 7) * (Math.PI / 2)) * 0.9999);
  }
  const sorted = [...stations].filter((x) => x >= lowX && x <= highX).sort((a, b) => a - b);
  const rows = 8;
  const panel = (side: 1 | -1) =>
    orient(
      gridSurface(sorted.length - 1, rows, (iu, iv) => {
        const x = sorted[iu]!;
        const high = top(x);
        const low = Math.min(bottom(x), high);
        const y = low + ((high - low) * iv) / rows;
        const z = side * spec.halfWidth(y);
        return { at: [warp(x, z), y, z], uv: [(x - minX) / (maxX - minX), y / height] };
      }),
    );
  const left = panel(-1);
  const right = panel(1);
  const sides = mergeTwo(left, right);

  return {
    length: maxX - minX,
    height,
    strip,
    sides,
    s(name) {
      const found = named.get(name);
      if (found === undefined) throw new RangeError(`the profile has no point ${name}`);
      return found;
    },
    at,
    top,
    bottom,
    patch(corners, lift) {
      const n = 5;
      const geometry = gridSurface(n, n, (iu, iv) => {
        const u = iu / n;
        const v = iv / n;
        const mix = (axis: 0 | 1) =>
          (corners[0][axis] * (1 - u) + corners[1][axis] * u) * (1 - v) +
          (corners[3][axis] * (1 - u) + corners[2][axis] * u) * v;
        return { at: at(mix(0), mix(1), lift), uv: [u, v] };
      });
      return orient(geometry);
    },
    reach(end, low, high) {
      const near = points
        .filter((p) => p.y >= low && p.y <= high && (end === 'front' ? p.x > 0 : p.x < 0))
        .map((p) => p.x);
      return end === 'front' ? Math.max(...near) : Math.min(...near);
    },
  };
}

/** Turns a patch so that its faces look away from the vehicle's middle. */
function orient(geometry: THREE.BufferGeometry): THREE.BufferGeometry {
  const positions = geometry.getAttribute('position');
  const normals = geometry.getAttribute('normal');
  let sum = 0;
  for (let i = 0; i < positions.count; i++) {
    sum +=
      positions.getX(i) * normals.getX(i) * 0.5 +
      (positions.getY(i) - 0.5) * normals.getY(i) +
      positions.getZ(i) * normals.getZ(i);
  }
  if (sum >= 0) return geometry;
  const index = geometry.getIndex();
  if (index !== null) {
    for (let i = 0; i < index.count; i += 3) {
      const a = index.getX(i);
      index.setX(i, index.getX(i + 1));
      index.setX(i + 1, a);
    }
  }
  geometry.computeVertexNormals();
  return geometry;
}

function mergeTwo(a: THREE.BufferGeometry, b: THREE.BufferGeometry): THREE.BufferGeometry {
  const merged = new THREE.BufferGeometry();
  for (const name of ['position', 'normal', 'uv'] as const) {
    const first = a.getAttribute(name);
    const second = b.getAttribute(name);
    const data = new Float32Array(first.array.length + second.array.length);
    data.set(first.array as Float32Array, 0);
    data.set(second.array as Float32Array, first.array.length);
    merged.setAttribute(name, new THREE.BufferAttribute(data, first.itemSize));
  }
  const offset = a.getAttribute('position').count;
  merged.setIndex([
    ...(a.getIndex()?.array ?? []),
    ...[...(b.getIndex()?.array ?? [])].map((i) => i + offset),
  ]);
  return merged;
}
