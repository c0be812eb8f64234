import type * as THREE from 'three';
import { box, weld, type Vec } from '../kit.js';
import { dress, type Model } from './model.js';
import { buildShell, type Corner, type Shell } from './shell.js';
import { CHROME, DARK_GLASS, GAP, GLASS, PAINT, PLASTIC, SHADE, Skin, stuff, type Stuff } from './skin.js';
import { wheel } from './wheel.js';

interface BusForm {
  readonly length: number;
  readonly width: number;
  readonly height: number;
  readonly sill: number;
  readonly windowLow: number;
  readonly windowHigh: number;
  readonly doors: readonly number[];
  readonly stripe: Stuff;
}

const BUS_FORMS: Readonly<Record<'coach' | 'city-bus', BusForm>> = {
  coach: {
    length: 11.8,
    width: 2.5,
    height: 3.5,
    sill: 0.38,
    windowLow: 1.75,
    windowHigh: 3.0,
    doors: [4.6],
    stripe: stuff('#23407c', 0.35),
  },
  'city-bus': {
    length: 10.6,
    width: 2.48,
    height: 3.05,
    sill: 0.34,
    windowLow: 1.35,
    windowHigh: 2.55,
    doors: [4.1, -0.3],
    stripe: stuff('#e8e9ea', 0.4),
  },
};

/** Builds a coach or a city bus. */
export function buildBus(style: keyof typeof BUS_FORMS): Model {
  const form = BUS_FORMS[style];
  const { length, height } = form;
  const h = length / 2;
  const half = form.width / 2;
  const coach = style === 'coach';
  const wheels = coach ? [h - 2.5, -h + 3.1] : [h - 2.4, -h + 3.0];
  const radius = 0.5;
  const shell = buildShell({
    profile: [
      [h - 0.15, form.sill - 0.05, 'lip'],
      [h - 0.02, form.sill + 0.08],
      [h, 0.7, 'bumper'],
      [h - 0.01, 0.95],
      [h - 0.03, 1.12, 'nose'],
      [h - 0.06, 1.22, 'cowl'],
      [h - 0.16, 1.9],
      [h - 0.32, height - 0.62, 'header'],
      [h - 0.46, height - 0.25],
      [h - 0.8, height - 0.03],
      [h - 1.6, height],
      [0, height],
      [-h + 1, height],
      [-h + 0.35, height - 0.05, 'roofEnd'],
      [-h + 0.1, height - 0.32],
      [-h + 0.06, height - 0.5, 'rearTop'],
      [-h + 0.02, form.windowLow + 0.1, 'backlight'],
      [-h, form.windowLow - 0.1, 'deck'],
      [-h, 1.0, 'tail'],
      [-h, 0.66, 'bumperRear'],
      [-h + 0.12, form.sill, 'lipRear'],
    ],
    halfWidth: (y) =>
      half * (y > form.windowLow ? 1 - 0.035 * ((y - form.windowLow) / (height - form.windowLow)) : 1),
    edge: 0.16,
    crown: 0.05,
    bow: 0.22,
    stern: 0.08,
    arches: wheels.map((x) => ({ x, radius: radius * 1.14, height: radius })),
  });
  const strip = new Skin(2048, 512, PAINT);
  paintEnds(strip, shell, form, coach);
  const side = new Skin(2048, 512, PAINT);
  paintFlank(side, shell, form, wheels, coach);

  const trim: THREE.BufferGeometry[] = [];
  const bright: THREE.BufferGeometry[] = [];
  for (const x of wheels) {
    for (const outer of [1, -1] as const) {
      const w = wheel(radius, 0.3, [x, radius, outer * (half - 0.18)], outer, 6, true);
      trim.push(...w.trim);
      bright.push(...w.bright);
    }
  }
  trim.push(box([length * 0.94, 1.0, form.width - 0.76], '#08090a', [0, 0.8, 0]));
  for (const outer of [1, -1]) {
    trim.push(box([0.12, 0.5, 0.22], '#121315', [h + 0.16, height - 0.95, outer * (half + 0.05)]));
    trim.push(box([0.35, 0.05, 0.05], '#121315', [h - 0.02, height - 0.62, outer * (half - 0.02)]));
  }
  // Air conditioner and hatches on the roof, which a gantry camera sees most.
  const ac = coach ? [2.6, 1.7] : [3.0, 1.6];
  trim.push(box([ac[0]!, 0.22, ac[1]!], '#b9bcbf', [-1.2, height + 0.06, 0]));
  for (const x of [2.4, -3.6]) trim.push(box([0.8, 0.06, 0.7], '#a5a8ab', [x, height + 0.01, 0]));

  const s = (name: string) => shell.s(name);
  const lamp = (corners: readonly [Corner, Corner, Corner, Corner], lift = 0.012) => [
    shell.patch(corners, lift),
    shell.patch(
      corners.map(([a, t]) => [a, -t] as const) as unknown as [Corner, Corner, Corner, Corner],
      lift,
    ),
  ];
  const headLow = s('bumper') - 0.002;
  const head = lamp([
    [headLow, 0.58],
    [headLow + 0.011, 0.58],
    [headLow + 0.013, 0.93],
    [headLow + 0.001, 0.93],
  ]);
  const tailLow = s('bumperRear') - 0.006;
  const tail = lamp([
    [tailLow, 0.78],
    [s('tail') - 0.02, 0.8],
    [s('tail') - 0.02, 0.95],
    [tailLow, 0.94],
  ]);
  const brake = lamp(
    [
      [tailLow - 0.008, 0.82],
      [tailLow - 0.018, 0.82],
      [tailLow - 0.018, 0.92],
      [tailLow - 0.008, 0.92],
    ],
    0.02,
  );
  const [rightTurn, leftTurn] = lamp(
    [
      [tailLow - 0.002, 0.82],
      [tailLow - 0.007, 0.82],
      [tailLow - 0.007, 0.93],
      [tailLow - 0.002, 0.93],
    ],
    0.02,
  );
  const [rightFront, leftFront] = lamp([
    [headLow + 0.001, 0.935],
    [headLow + 0.013, 0.935],
    [headLow + 0.014, 0.985],
    [headLow + 0.002, 0.985],
  ]);
  const headAt = shell.at(headLow + 0.006, 0.75, 0.03);
  const tailAt = shell.at(tailLow - 0.012, 0.87, 0.03);
  const both = (p: Vec): Vec[] => [p, [p[0], p[1], -p[2]]];
  return {
    length,
    width: form.width,
    height,
    skins: dress(shell, strip, side),
    painted: null,
    parts: { trim: weld(trim), bright: weld(bright) },
    lamps: {
      head: weld(head),
      tail: weld(tail),
      brake: weld(brake),
      left: weld([leftFront!, leftTurn!]),
      right: weld([rightFront!, rightTurn!]),
    },
    headAt: both(headAt),
    tailAt: both(tailAt),
    frontPlate: { at: [shell.reach('front', 0.5, 0.7) + 0.02, 0.58, 0], lean: 0.02 },
    rearPlate: { at: [shell.reach('rear', 0.7, 0.95) - 0.02, 0.86, 0], lean: 0.02 },
  };
}

function paintEnds(skin: Skin, shell: Shell, form: BusForm, coach: boolean): void {
  const { X, Y, quad } = skin.unrolled();
  const s = (name: string) => shell.s(name);
  skin.fill(form.stripe, quad(s('nose') - 0.014, s('nose') - 0.004, 1));
  skin.fill(PLASTIC, quad(s('lip'), s('bumper') - 0.012, 0.9));
  skin.fill(SHADE, quad(s('bumper') - 0.012, s('bumper') - 0.008, 1));
  for (const t of [-1, 1])
    skin.fill(PLASTIC, (c) => c.rect(X(s('bumper') - 0.005), Y(t * 0.76) - 52, X(0.021), 104));
  skin.fill(CHROME, (c) => c.ellipse(X(s('nose') - 0.009), Y(0), 7, 20, 0, 0, 7));
  skin.fill(stuff('#0c0d0e', 0.3), quad(s('cowl') - 0.004, s('header') + 0.026, 0.97, 0.95));
  skin.fill(GLASS, quad(s('cowl') + 0.002, s('header') - 0.002, 0.94, 0.92));
  skin.fill(stuff('#0b0c0d', 0.4), quad(s('cowl') + 0.002, s('header') - 0.002, 0.012));
  skin.fill(stuff('#1c2024', 0.15, 0.7), quad(s('cowl') + 0.002, s('cowl') + 0.022, 0.93), 0.75);
  skin.fill(
    stuff('#333c43', 0.1, 0.88),
    (c) => c.ellipse(X(s('cowl') + 0.03), Y(-0.5), 17, 60, 0, 0, 7),
    0.8,
  );
  // Destination board.
  skin.fill(stuff('#111214', 0.3), quad(s('header') + 0.002, s('header') + 0.02, 0.6));
  skin.draw((c) => {
    c.fillStyle = '#f0962a';
    for (let i = 0; i < 26; i++)
      c.fillRect(X(s('header') + 0.007), Y(-0.5 + i * 0.038), X(0.006) - (i % 3) * 2, 6 + (i % 4) * 2);
  });
  for (const t of [-0.55, 0.1])
    skin.stroke(stuff('#08090a', 0.8), 4, (c) => {
      c.moveTo(X(s('cowl')), Y(t));
      c.lineTo(X(s('cowl') + 0.008), Y(t + 0.45));
    });
  const panels = 7;
  for (let i = 1; i < panels; i++) {
    const at = s('header') + 0.05 + ((s('roofEnd') - s('header') - 0.07) * i) / panels;
    skin.stroke(
      GAP,
      1.5,
      (c) => {
        c.moveTo(X(at), Y(-0.9));
        c.lineTo(X(at), Y(0.9));
      },
      0.6,
    );
  }
  if (coach) skin.fill(form.stripe, quad(s('header') + 0.06, s('header') + 0.14, 0.98, 0.4), 0.9);
  // Stern: window, engine grille, doors' gap.
  skin.fill(stuff('#0c0d0e', 0.3), quad(s('rearTop') - 0.002, s('backlight') + 0.002, 0.84));
  skin.fill(DARK_GLASS, quad(s('rearTop') + 0.002, s('backlight') - 0.002, 0.8));
  const low = s('tail') + 0.004;
  skin.stroke(GAP, 3, (c) =>
    c.rect(X(s('deck') + 0.012), Y(-0.7), X(low - s('deck') - 0.012), Y(0.7) - Y(-0.7)),
  );
  for (let i = 0; i < 7; i++)
    skin.stroke(
      PLASTIC,
      3,
      (c) => {
        const at = s('deck') + 0.018 + i * 0.0035;
        c.moveTo(X(at), Y(-0.55));
        c.lineTo(X(at), Y(0.55));
      },
      0.8,
    );
  skin.fill(PLASTIC, quad(s('bumperRear') + 0.004, 1, 1));
  for (const t of [-1, 1])
    skin.fill(stuff('#3a0c0e', 0.3), (c) =>
      c.rect(X(s('tail') - 0.022), Y(t * 0.87) - 24, X(s('bumperRear') - s('tail') + 0.018), 48),
    );
}

function paintFlank(
  skin: Skin,
  shell: Shell,
  form: BusForm,
  wheels: readonly number[],
  coach: boolean,
): void {
  const X = (x: number) => ((x + form.length / 2) / form.length) * skin.width;
  const Y = (y: number) => (1 - y / shell.height) * skin.height;
  const h = form.length / 2;
  const rect = (x0: number, x1: number, y0: number, y1: number) => (c: CanvasRenderingContext2D) =>
    c.rect(X(x0), Y(y1), X(x1) - X(x0), Y(y0) - Y(y1));
  if (coach) {
    skin.fill(form.stripe, (c) => {
      c.moveTo(X(h), Y(1.0));
      c.lineTo(X(-1), Y(1.45));
      c.lineTo(X(-h), Y(3.2));
      c.lineTo(X(-h), Y(2.2));
      c.lineTo(X(-1.6), Y(1.1));
      c.lineTo(X(h), Y(0.8));
      c.closePath();
    });
  } else {
    skin.fill(form.stripe, rect(-h, h, 2.62, 3.05));
    skin.fill(stuff('#e3b21c', 0.4), rect(-h, h, 1.02, 1.12));
  }
  skin.fill(stuff('#0c0d0f', 0.25), rect(-h + 0.5, h - 0.75, form.windowLow - 0.06, form.windowHigh + 0.08));
  const windows = coach ? 6 : 7;
  const width = (form.length - 1.4) / windows;
  for (let i = 0; i < windows; i++) {
    const x0 = -h + 0.58 + i * width;
    skin.fill(i % 2 ? GLASS : DARK_GLASS, rect(x0, x0 + width - 0.1, form.windowLow, form.windowHigh));
    skin.fill(stuff('#8c2f2f', 0.8), rect(x0 + 0.1, x0 + 0.32, form.windowLow, form.windowHigh), 0.25);
  }
  for (const x of form.doors) {
    skin.fill(stuff('#101113', 0.3), rect(x - 0.5, x + 0.5, 0.45, form.windowHigh + 0.06));
    skin.fill(DARK_GLASS, rect(x - 0.44, x - 0.03, 0.55, form.windowHigh));
    skin.fill(DARK_GLASS, rect(x + 0.03, x + 0.44, 0.55, form.windowHigh));
  }
  for (let x = -h + 1.2; x < h - 1; x += 1.35)
    skin.stroke(
      GAP,
      1.6,
      (c) => {
        c.moveTo(X(x), Y(form.windowLow - 0.12));
        c.lineTo(X(x), Y(form.sill));
      },
      0.7,
    );
  skin.stroke(
    GAP,
    2,
    (c) => {
      c.moveTo(X(-h), Y(1.05));
      c.lineTo(X(h), Y(1.05));
    },
    0.5,
  );
  skin.fill(SHADE, rect(-h, h, 0, form.sill + 0.12));
  for (const x of wheels)
    skin.stroke(PLASTIC, 10, (c) =>
      c.arc(X(x), Y(0.5), 0.62 * (skin.width / form.length), Math.PI, 2 * Math.PI),
    );
}
