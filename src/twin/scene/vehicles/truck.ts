import * as THREE from 'three';
import { bar, box, weld } from '../kit.js';
import { dress, type Finish, type LampName, type Model } from './model.js';
import { buildShell, type Corner } from './shell.js';
import { PAINT, Skin } from './skin.js';
import type { TruckForm, TruckStyle } from './truck-form.js';
import { paintCab, paintDoor } from './truck-skin.js';
import { wheel } from './wheel.js';

const TRUCK_FORMS: Readonly<Record<TruckStyle, TruckForm>> = {
  'small-truck': {
    length: 5.3,
    width: 1.75,
    cab: { length: 1.55, height: 2.0, floor: 0.42 },
    load: 'tarpaulin',
    deck: 0.82,
    top: 2.25,
    axles: [0.85, 3.75],
    radius: 0.34,
    loadWidth: 1.8,
  },
  'box-truck': {
    length: 7.4,
    width: 2.2,
    cab: { length: 1.75, height: 2.5, floor: 0.5 },
    load: 'box',
    deck: 1.0,
    top: 3.25,
    axles: [1.15, 5.3],
    radius: 0.44,
    loadWidth: 2.3,
  },
  'flatbed-truck': {
    length: 9.2,
    width: 2.4,
    cab: { length: 2.0, height: 2.85, floor: 0.55 },
    load: 'flatbed',
    deck: 1.15,
    top: 2.9,
    axles: [1.4, 6.2, 7.5],
    radius: 0.5,
    loadWidth: 2.45,
  },
  'tractor-trailer': {
    length: 16.2,
    width: 2.46,
    cab: { length: 2.2, height: 3.35, floor: 0.55 },
    load: 'container',
    deck: 1.45,
    top: 4.05,
    axles: [1.45, 4.3, 5.6, 12.1, 13.4, 14.7],
    radius: 0.5,
    loadWidth: 2.46,
  },
};

/** Builds a truck: a lofted cab on a frame with its load. */
export function buildTruck(style: TruckStyle, variant: number): Model {
  const form = TRUCK_FORMS[style];
  const bow = form.length / 2;
  const half = form.width / 2;
  const { cab } = form;
  const back = bow - cab.length;
  const low = cab.floor;
  const H = cab.height;
  const glassLow = low + (H - low) * 0.44;
  const shell = buildShell({
    profile: [
      [bow - 0.12, low - 0.1, 'lip'],
      [bow - 0.02, low],
      [bow, low + 0.22, 'bumper'],
      [bow - 0.01, low + 0.4],
      [bow - 0.04, glassLow - 0.1, 'nose'],
      [bow - 0.07, glassLow, 'cowl'],
      [bow - 0.2, glassLow + (H - glassLow) * 0.45],
      [bow - 0.33, H - 0.28, 'header'],
      [bow - 0.5, H - 0.08],
      [bow - 0.8, H],
      [back + 0.3, H, 'roofEnd'],
      [back + 0.08, H - 0.08],
      [back, H - 0.3, 'rearTop'],
      [back, low + 0.5, 'deck'],
      [back, low + 0.2, 'tail'],
      [back + 0.02, low, 'lipRear'],
    ],
    halfWidth: (y) => half * (1 - 0.05 * Math.max(0, (y - glassLow) / (H - glassLow))),
    edge: 0.11,
    crown: 0.03,
    bow: 0.14,
    stern: 0,
    arches: [{ x: bow - form.axles[0]!, radius: form.radius * 1.18, height: form.radius }],
  });
  const strip = new Skin(1024, 512, PAINT);
  paintCab(strip, shell, style);
  const side = new Skin(512, 512, PAINT);
  paintDoor(side, shell, form, bow, glassLow);

  const parts: Record<Finish, THREE.BufferGeometry[]> = { trim: [], bright: [], cloth: [], gloss: [] };
  frame(parts, form, bow, half);
  for (const outer of [1, -1]) {
    parts.trim.push(box([0.09, 0.42, 0.2], '#131416', [bow - 0.1, glassLow + 0.35, outer * (half + 0.16)]));
    parts.trim.push(
      bar(
        [bow - 0.25, glassLow + 0.62, outer * half],
        [bow - 0.1, glassLow + 0.55, outer * (half + 0.15)],
        0.02,
        '#131416',
      ),
    );
  }
  const stern = -form.length / 2;
  load(parts, form, back - 0.12, stern, variant);

  const s = (name: string) => shell.s(name);
  const lamp = (corners: readonly [Corner, Corner, Corner, Corner], lift = 0.012) => [
    shell.patch(corners, lift),
    shell.patch(
      corners.map(([a, t]) => [a, -t] as const) as unknown as [Corner, Corner, Corner, Corner],
      lift,
    ),
  ];
  const base = s('bumper') + 0.004;
  const head = lamp([
    [base, 0.62],
    [base + 0.03, 0.62],
    [base + 0.032, 0.92],
    [base + 0.002, 0.92],
  ]);
  const [rightTurn, leftTurn] = lamp([
    [base + 0.002, 0.925],
    [base + 0.03, 0.925],
    [base + 0.03, 0.985],
    [base + 0.004, 0.985],
  ]);
  const lampY = form.deck - 0.28;
  const rear = (z: number, w: number, h: number) => box([0.05, h, w], '#ffffff', [stern - 0.01, lampY, z]);
  const edge = form.loadWidth / 2 - 0.2;
  const headAt = shell.at(base + 0.015, 0.77, 0.03);
  const lamps: Partial<Record<LampName, THREE.BufferGeometry>> = {
    head: weld(head),
    tail: weld([rear(edge, 0.16, 0.12), rear(-edge, 0.16, 0.12)]),
    brake: weld([rear(edge - 0.17, 0.14, 0.12), rear(-edge + 0.17, 0.14, 0.12)]),
    left: weld([leftTurn!.toNonIndexed(), strip2(rear(-edge - 0.13, 0.09, 0.12))]),
    right: weld([rightTurn!.toNonIndexed(), strip2(rear(edge + 0.13, 0.09, 0.12))]),
  };
  return {
    length: form.length,
    width: Math.max(form.width, form.loadWidth),
    height: Math.max(H, form.top),
    skins: dress(shell, strip, side),
    painted: null,
    parts: {
      trim: weld(parts.trim),
      bright: weld(parts.bright),
      ...(parts.gloss.length > 0 ? { gloss: weld(parts.gloss) } : {}),
      ...(parts.cloth.length > 0 ? { cloth: weld(parts.cloth) } : {}),
    },
    lamps,
    headAt: [headAt, [headAt[0], headAt[1], -headAt[2]]],
    tailAt: [
      [stern - 0.05, lampY, edge],
      [stern - 0.05, lampY, -edge],
    ],
    frontPlate: { at: [shell.reach('front', low - 0.02, low + 0.14) + 0.03, low + 0.06, 0], lean: 0.02 },
    rearPlate: { at: [stern - 0.05, lampY - 0.02, 0], lean: 0 },
  };
}

function strip2(geometry: THREE.BufferGeometry): THREE.BufferGeometry {
  geometry.deleteAttribute('color');
  return geometry;
}

function frame(
  parts: Record<Finish, THREE.BufferGeometry[]>,
  form: TruckForm,
  bow: number,
  half: number,
): void {
  const stern = -form.length / 2;
  form.axles.forEach((fromBow, index) => {
    const x = bow - fromBow;
    for (const outer of [1, -1] as const) {
      const twin = index > 0 && form.radius > 0.4;
      const w = wheel(
        form.radius,
        twin ? 0.5 : 0.27,
        [x, form.radius, outer * (half - (twin ? 0.27 : 0.16))],
        outer,
        6,
        true,
      );
      parts.trim.push(...w.trim);
      parts.bright.push(...w.bright);
    }
  });
  for (const z of [0.38, -0.38])
    parts.trim.push(box([form.length * 0.94, 0.22, 0.1], '#1a1b1d', [-0.1, form.deck - 0.25, z]));
  parts.trim.push(
    box([form.cab.length * 0.8, 0.5, form.width - 0.5], '#0b0c0d', [bow - form.cab.length / 2, 0.75, 0]),
  );
  // Under-run bar, mud flaps, tank.
  parts.trim.push(box([0.1, 0.24, form.loadWidth - 0.06], '#2a2b2d', [stern + 0.06, form.deck - 0.28, 0]));
  const last = bow - form.axles[form.axles.length - 1]!;
  for (const z of [half - 0.25, -half + 0.25])
    parts.trim.push(box([0.03, 0.42, 0.48], '#101112', [last - form.radius - 0.18, 0.42, z]));
  if (form.length > 6) {
    parts.bright.push(box([1.1, 0.5, 0.45], '#8d9196', [bow - form.cab.length - 0.9, 0.72, half - 0.28]));
    parts.trim.push(box([0.9, 0.45, 0.45], '#26272a', [bow - form.cab.length - 0.9, 0.72, -half + 0.28]));
  }
}

const LOADS = {
  box: ['#d9dcdf', '#e7e5df', '#b9c3cc', '#c8ccd0', '#9fb6c9'],
  tarpaulin: ['#2f5d46', '#2b4d7c', '#4a6f8f', '#3f6b52', '#7d8186'],
  container: ['#8c2f24', '#27508a', '#2e6b54', '#b3591f', '#6f7377', '#d8d9d6', '#7a1f2b'],
  flatbed: ['#31507a', '#6d2620', '#49654a', '#2d5f78'],
} as const;

function load(
  parts: Record<Finish, THREE.BufferGeometry[]>,
  form: TruckForm,
  front: number,
  stern: number,
  variant: number,
): void {
  const colours = LOADS[form.load];
  const colour = colours[variant % colours.length]!;
  const dark = new THREE.Color(colour).multiplyScalar(0.72).getStyle();
  const length = front - stern;
  const middle = (front + stern) / 2;
  const w = form.loadWidth;
  const { deck, top } = form;
  if (form.load === 'flatbed') {
    parts.trim.push(box([length, 0.14, w], '#5b4a37', [middle, deck, 0]));
    for (const z of [w / 2, -w / 2]) {
      parts.gloss.push(box([length, 0.62, 0.06], colour, [middle, deck + 0.35, z]));
      for (let i = 0; i <= 8; i++)
        parts.gloss.push(
          box([0.07, 0.7, 0.09], dark, [stern + 0.05 + ((length - 0.1) * i) / 8, deck + 0.35, z]),
        );
    }
    parts.gloss.push(
      box([0.06, 0.62, w], colour, [stern, deck + 0.35, 0]),
      box([0.06, top - deck - 0.5, w], dark, [front, deck + (top - deck) / 2 - 0.2, 0]),
    );
    for (let i = 1; i < 4; i++)
      parts.gloss.push(box([0.09, 0.66, 0.07], dark, [stern - 0.02, deck + 0.35, -w / 2 + (w * i) / 4]));
    // Sacks or stones above the drop sides.
    const heap = new THREE.SphereGeometry(1, 14, 8).toNonIndexed().scale(length * 0.46, 0.55, w * 0.44);
    const c = new Float32Array(heap.getAttribute('position').count * 3);
    const tone = new THREE.Color(variant % 2 === 0 ? '#7a6a52' : '#586470');
    for (let i = 0; i < c.length; i += 3) c.set([tone.r, tone.g, tone.b], i);
    heap.setAttribute('color', new THREE.BufferAttribute(c, 3));
    heap.translate(middle, deck + 0.45, 0);
    parts.cloth.push(heap);
    return;
  }
  const height = top - deck;
  const finish = form.load === 'tarpaulin' ? parts.cloth : parts.gloss;
  finish.push(box([length, height, w], colour, [middle, deck + height / 2, 0]));
  parts.trim.push(box([length + 0.04, 0.12, w + 0.04], '#3a3c3f', [middle, deck, 0]));
  if (form.load === 'container') {
    const ribs = Math.round(length / 0.28);
    for (let i = 0; i <= ribs; i++) {
      const x = stern + 0.1 + ((length - 0.2) * i) / ribs;
      for (const z of [w / 2, -w / 2])
        finish.push(box([0.13, height - 0.25, 0.05], dark, [x, deck + height / 2, z]));
      finish.push(box([0.13, 0.03, w - 0.3], dark, [x, top + 0.005, 0]));
    }
  } else if (form.load === 'tarpaulin') {
    // Sheet sides below, hoops under the cloth above.
    const lower = height * 0.38;
    for (const z of [w / 2, -w / 2])
      parts.gloss.push(box([length, lower, 0.06], '#4c5f74', [middle, deck + lower / 2, z]));
    parts.gloss.push(box([0.06, lower, w], '#4c5f74', [stern, deck + lower / 2, 0]));
    for (let i = 0; i <= 5; i++) {
      const x = stern + (length * i) / 5;
      for (const z of [w / 2 + 0.01, -w / 2 - 0.01])
        finish.push(box([0.06, height, 0.04], dark, [x, deck + height / 2, z]));
      finish.push(box([0.06, 0.05, w], dark, [x, top + 0.01, 0]));
    }
  } else {
    for (let i = 0; i <= 6; i++) {
      const x = stern + 0.03 + ((length - 0.06) * i) / 6;
      for (const z of [w / 2, -w / 2])
        finish.push(box([0.05, height, 0.03], dark, [x, deck + height / 2, z]));
    }
    for (const z of [w / 2, -w / 2])
      for (const y of [deck + 0.05, top - 0.04])
        parts.bright.push(box([length, 0.09, 0.04], '#a9adb1', [middle, y, z]));
  }
  // Rear doors: a gap, four bars, hinges.
  parts.trim.push(box([0.02, height - 0.1, 0.03], '#17181a', [stern - 0.005, deck + height / 2, 0]));
  if (form.load !== 'tarpaulin') {
    for (const z of [-0.35, -0.15, 0.15, 0.35].map((k) => k * w))
      parts.bright.push(bar([stern - 0.03, deck + 0.08, z], [stern - 0.03, top - 0.08, z], 0.025, '#8a8d90'));
    for (const z of [w / 2 - 0.03, -w / 2 + 0.03])
      parts.gloss.push(box([0.06, height, 0.08], dark, [stern, deck + height / 2, z]));
    parts.gloss.push(box([0.06, 0.12, w], dark, [stern, top - 0.05, 0]));
  }
}
