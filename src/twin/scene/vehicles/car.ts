import * as THREE from 'three';
import { box, part, weld, type Vec } from '../kit.js';
import { CAR_FORMS } from './car-forms.js';
import { paintSide, paintStrip } from './car-skin.js';
import { dress, type Model } from './model.js';
import { buildShell, type Corner } from './shell.js';
import { PAINT, Skin } from './skin.js';
import { wheel } from './wheel.js';

/** Builds a passenger car; the paint comes later. */
export function buildCar(style: keyof typeof CAR_FORMS): Model {
  const form = CAR_FORMS[style];
  const half = form.width / 2;
  const beltY = form.belt[0]![1];
  const roofY = Math.max(...form.profile.map((p) => p[1]));
  const shell = buildShell({
    profile: form.profile,
    edge: 0.1,
    crown: 0.035,
    bow: form.bow,
    stern: form.stern,
    arches: [form.wheels.front, form.wheels.rear].map((x) => ({
      x,
      radius: form.wheels.radius * 1.16,
      height: form.wheels.radius,
    })),
    halfWidth(y) {
      const low = Math.min(1, 0.93 + 0.07 * Math.min(1, Math.max(0, (y - 0.15) / 0.35)));
      if (y <= beltY) return half * low * (1 - 0.03 * Math.max(0, (y - 0.7) / (beltY - 0.6)));
      const up = (y - beltY) / (roofY - beltY);
      return half * (0.97 - form.tumble * Math.pow(up, 1.15));
    },
  });
  const strip = new Skin(1536, 512, PAINT);
  paintStrip(strip, shell, form);
  const side = new Skin(1280, 448, PAINT);
  paintSide(side, shell, form);

  const trim: THREE.BufferGeometry[] = [];
  const bright: THREE.BufferGeometry[] = [];
  const { front, rear, radius } = form.wheels;
  for (const x of [front, rear]) {
    for (const outer of [1, -1] as const) {
      const w = wheel(
        radius,
        0.21,
        [x, radius, outer * (half - 0.125)],
        outer,
        style === 'suv' ? 5 : style === 'hatchback' ? 8 : 6,
      );
      trim.push(...w.trim);
      bright.push(...w.bright);
    }
  }
  const length = shell.length;
  // A dark floor closes the wheel arches and keeps light from passing under the body.
  trim.push(
    box([length * 0.78, beltY - 0.42, form.width - 0.62], '#08090a', [0, 0.22 + (beltY - 0.42) / 2, 0]),
  );
  const mirrorX = (form.glass.front ?? 1) - 0.12;
  const painted: THREE.BufferGeometry[] = [];
  for (const outer of [1, -1]) {
    painted.push(
      part(new THREE.SphereGeometry(0.11, 10, 8).toNonIndexed().scale(0.75, 0.75, 1.05), '#ffffff', [
        mirrorX,
        beltY + 0.09,
        outer * (half + 0.09),
      ]),
    );
    trim.push(box([0.07, 0.04, 0.12], '#151515', [mirrorX, beltY + 0.03, outer * (half + 0.01)]));
  }
  if (form.rails === true) {
    for (const outer of [1, -1])
      bright.push(box([1.9, 0.03, 0.035], '#9a9da0', [-0.55, roofY + 0.02, outer * half * 0.7]));
  }
  trim.push(
    part(new THREE.ConeGeometry(0.035, 0.1, 6).toNonIndexed().scale(2, 1, 0.6), '#111111', [
      -roofY * 0.6,
      roofY + 0.03,
      0,
    ]),
  );

  const lampPatch = (corners: readonly [Corner, Corner, Corner, Corner], lift = 0.008) => [
    shell.patch(corners, lift),
    shell.patch(
      corners.map(([s, t]) => [s, -t] as const) as unknown as [Corner, Corner, Corner, Corner],
      lift,
    ),
  ];
  const s = (name: string) => shell.s(name);
  const nose = s('nose');
  const bumper = s('bumper');
  const mid = bumper + (nose - bumper) * 0.45;
  const head = lampPatch([
    [mid + 0.002, 0.6],
    [nose + 0.008, 0.56],
    [nose + 0.016, 0.965],
    [mid + (nose - bumper) * 0.22, 0.985],
  ]);
  const tailTop = form.tailLamp === 'wide' ? s('deck') + 0.006 : s('backlight') - 0.03;
  const tailLow = s('tail') - 0.004;
  const tailIn = form.tailLamp === 'wide' ? 0.52 : 0.74;
  const tail = lampPatch([
    [tailTop, tailIn + 0.05],
    [tailLow, tailIn],
    [tailLow, 0.985],
    [tailTop, 0.975],
  ]);
  const third = s('roofEnd') + 0.008;
  const brake = [
    ...lampPatch(
      [
        [tailTop + 0.01, tailIn + 0.12],
        [tailLow - 0.012, tailIn + 0.1],
        [tailLow - 0.012, 0.93],
        [tailTop + 0.01, 0.93],
      ],
      0.014,
    ),
    shell.patch(
      [
        [third, -0.16],
        [third + 0.006, -0.16],
        [third + 0.006, 0.16],
        [third, 0.16],
      ],
      0.012,
    ),
  ];
  const [leftFront, rightFront] = split(
    lampPatch(
      [
        [mid + 0.004, 0.86],
        [mid + 0.014, 0.86],
        [mid + 0.016, 0.975],
        [mid + 0.006, 0.975],
      ],
      0.014,
    ),
  );
  const [leftRear, rightRear] = split(
    lampPatch(
      [
        [tailLow - 0.01, tailIn + 0.04],
        [tailLow - 0.002, tailIn + 0.04],
        [tailLow - 0.002, 0.96],
        [tailLow - 0.01, 0.96],
      ],
      0.016,
    ),
  );
  const headCentre = shell.at((mid + nose) / 2 + 0.004, 0.78, 0.02);
  const tailCentre = shell.at((tailTop + tailLow) / 2, (tailIn + 0.97) / 2, 0.02);
  const mirrored = (p: Vec): Vec[] => [p, [p[0], p[1], -p[2]]];

  return {
    length,
    width: form.width,
    height: roofY,
    skins: dress(shell, strip, side),
    painted: weld(painted),
    parts: { trim: weld(trim), bright: weld(bright) },
    lamps: {
      head: weld(head),
      tail: weld(tail),
      brake: weld(brake),
      left: weld([leftFront, leftRear]),
      right: weld([rightFront, rightRear]),
    },
    headAt: mirrored(headCentre),
    tailAt: mirrored(tailCentre),
    frontPlate: {
      at: [
        shell.reach('front', form.frontPlateY - 0.09, form.frontPlateY + 0.09) + 0.02,
        form.frontPlateY,
        0,
      ],
      lean: 0.04,
    },
    rearPlate: {
      at: [shell.reach('rear', form.rearPlateY - 0.1, form.rearPlateY + 0.1) - 0.02, form.rearPlateY, 0],
      lean: 0.08,
    },
  };
}

function split([right, left]: THREE.BufferGeometry[]): [THREE.BufferGeometry, THREE.BufferGeometry] {
  if (left === undefined || right === undefined) throw new Error('a lamp has two sides');
  return [left, right];
}
