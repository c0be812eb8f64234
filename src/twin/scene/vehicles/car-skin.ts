import type { CarForm } from './car-forms.js';
import type { Shell } from './shell.js';
import { CABIN, CHROME, GAP, GLASS, PLASTIC, RED, SHADE, stuff, type Skin } from './skin.js';

/** Bow, bonnet, roof and stern of a car on its strip. */
export function paintStrip(skin: Skin, shell: Shell, form: CarForm): void {
  const X = (s: number) => s * skin.width;
  const Y = (t: number) => (0.5 + t / 2) * skin.height;
  const s = (name: string) => shell.s(name);
  const quad =
    (s0: number, s1: number, t0: number, t1: number, inset = 0) =>
    (c: CanvasRenderingContext2D) => {
      c.moveTo(X(s0), Y(-t0));
      c.lineTo(X(s1), Y(-t1));
      c.lineTo(X(s1), Y(t1));
      c.lineTo(X(s0), Y(t0));
      c.closePath();
      void inset;
    };
  const bumper = s('bumper');
  const nose = s('nose');
  const lip = s('lip');
  // Bow: lower intake, grille with a bright frame, fog lamps, the shade of the bonnet's edge.
  skin.fill(PLASTIC, quad(lip, lip + (bumper - lip) * 0.35, 1, 0.9));
  skin.fill(PLASTIC, quad(lip + (bumper - lip) * 0.4, bumper - 0.004, 0.5, 0.58));
  const grilleLow = bumper + (nose - bumper) * 0.42;
  const grilleHigh = nose - (nose - bumper) * 0.02;
  skin.fill(CHROME, quad(grilleLow - 0.003, grilleHigh + 0.003, 0.4, 0.56));
  skin.fill(stuff('#141517', 0.5, 0.2), quad(grilleLow, grilleHigh, 0.37, 0.53));
  for (let i = 1; i < 4; i++) {
    const at = grilleLow + ((grilleHigh - grilleLow) * i) / 4;
    skin.stroke(stuff('#55585c', 0.3, 0.8), 2, (c) => {
      c.moveTo(X(at), Y(-0.45));
      c.lineTo(X(at), Y(0.45));
    });
  }
  skin.fill(CHROME, (c) => c.ellipse(X((grilleLow + grilleHigh) / 2), Y(0), 5, 13, 0, 0, 7));
  for (const t of [-0.78, 0.78]) {
    skin.fill(PLASTIC, (c) => c.ellipse(X(lip + (bumper - lip) * 0.75), Y(t), 9, 26, 0, 0, 7));
    skin.fill(CHROME, (c) => c.ellipse(X(lip + (bumper - lip) * 0.75), Y(t), 5, 11, 0, 0, 7));
  }
  skin.fill(SHADE, quad(bumper - 0.005, bumper + 0.003, 0.98, 0.98), 0.5);
  skin.stroke(GAP, 2, (c) => {
    c.moveTo(X(nose + 0.008), Y(-0.9));
    c.quadraticCurveTo(X(nose + 0.001), Y(0), X(nose + 0.008), Y(0.9));
  });
  for (const t of [-0.84, 0.84])
    skin.stroke(GAP, 1.6, (c) => {
      c.moveTo(X(nose + 0.008), Y(t));
      c.lineTo(X(s('cowl')), Y(t * 1.03));
    });
  for (const t of [-0.5, 0.5])
    skin.stroke(
      SHADE,
      3,
      (c) => {
        c.moveTo(X(nose + 0.02), Y(t * 0.8));
        c.lineTo(X(s('cowl')), Y(t));
      },
      0.5,
    );

  glassPane(skin, X, Y, s('cowl'), s('header') - 0.004, 0.9, 0.87, true);
  const roofStart = s('header');
  const roofEnd = s('roofEnd');
  for (const t of [-0.86, 0.86])
    skin.stroke(GAP, 2, (c) => {
      c.moveTo(X(roofStart), Y(t));
      c.lineTo(X(roofEnd), Y(t));
    });
  glassPane(skin, X, Y, s('backlight') - 0.006, roofEnd + 0.012, 0.84, 0.8, false);

  if (form.bed !== undefined) {
    skin.fill(CABIN, quad(s(form.bed.from) + 0.012, s(form.bed.to) - 0.012, 0.9, 0.9));
    for (let i = 0; i < 9; i++)
      skin.stroke(stuff('#1d1f22', 0.8), 5, (c) => {
        const t = -0.8 + i * 0.2;
        c.moveTo(X(s('bed') + 0.014), Y(t));
        c.lineTo(X(s('deck') - 0.014), Y(t));
      });
  }
  const deck = s('deck');
  const tail = s('tail');
  const rear = s('bumperRear');
  skin.stroke(GAP, 2.2, (c) => {
    c.moveTo(X(rear - 0.006), Y(-0.8));
    c.lineTo(X(rear - 0.006), Y(0.8));
  });
  for (const t of [-0.82, 0.82])
    skin.stroke(GAP, 1.8, (c) => {
      c.moveTo(X(s('backlight')), Y(t));
      c.lineTo(X(rear - 0.006), Y(t * 0.98));
    });
  // The recess of the rear plate and the bright strip above it.
  const recessTop = deck + (tail - deck) * 0.3;
  if (form.tailLamp === 'wide') {
    skin.fill(SHADE, quad(recessTop, tail + 0.006, 0.36, 0.38), 0.8);
    skin.fill(CHROME, quad(recessTop - 0.004, recessTop + 0.002, 0.4, 0.4));
  } else {
    skin.fill(SHADE, quad(deck + 0.002, tail, 0.42, 0.42), 0.7);
    skin.fill(CHROME, quad(deck - 0.002, deck + 0.004, 0.44, 0.44));
  }
  skin.fill(CHROME, (c) => c.ellipse(X(deck - 0.004), Y(0), 5, 10, 0, 0, 7));
  skin.fill(PLASTIC, quad(rear + 0.012, 1, 0.75, 0.85));
  for (const t of [-0.8, 0.8]) skin.fill(RED, quad2(X, Y, rear + 0.004, rear + 0.012, t - 0.08, t + 0.08));
  if (form.cladding) skin.fill(PLASTIC, quad(rear + 0.004, 1, 1, 1));
}

function quad2(
  X: (s: number) => number,
  Y: (t: number) => number,
  s0: number,
  s1: number,
  t0: number,
  t1: number,
) {
  return (c: CanvasRenderingContext2D) => c.rect(X(s0), Y(t0), X(s1) - X(s0), Y(t1) - Y(t0));
}

/** A windscreen or rear window with black edge, dim seats behind it and, in front, wipers. */
function glassPane(
  skin: Skin,
  X: (s: number) => number,
  Y: (t: number) => number,
  low: number,
  high: number,
  tLow: number,
  tHigh: number,
  front: boolean,
): void {
  const pane = (grow: number) => (c: CanvasRenderingContext2D) => {
    const d = Math.sign(high - low) * grow;
    c.moveTo(X(low - d), Y(-tLow - grow * 1.6));
    c.quadraticCurveTo(X(low - d - Math.sign(high - low) * 0.008), Y(0), X(low - d), Y(tLow + grow * 1.6));
    c.lineTo(X(high + d), Y(tHigh + grow * 1.6));
    c.lineTo(X(high + d), Y(-tHigh - grow * 1.6));
    c.closePath();
  };
  skin.fill(stuff('#0d0e10', 0.3, 0), pane(0.0045));
  skin.fill(GLASS, pane(0));
  const at = (k: number) => X(low + (high - low) * k);
  // Dashboard (or parcel shelf) and head-rests, dimmer than the sky in the glass.
  skin.fill(
    stuff('#20252a', 0.1, 0.85),
    (c) => {
      c.moveTo(at(0), Y(-tLow));
      c.lineTo(at(0.22), Y(-tLow));
      c.lineTo(at(0.22), Y(tLow));
      c.lineTo(at(0), Y(tLow));
    },
    0.7,
  );
  for (const t of [-0.42, 0.42]) {
    skin.fill(
      stuff('#39424a', 0.1, 0.88),
      (c) => c.ellipse(at(0.48), Y(t), Math.abs(at(0.2) - at(0)), Math.abs(Y(0.2) - Y(0)), 0, 0, 7),
      0.8,
    );
    skin.fill(
      stuff('#343d44', 0.1, 0.88),
      (c) => c.ellipse(at(0.7), Y(t), Math.abs(at(0.11) - at(0)), Math.abs(Y(0.1) - Y(0)), 0, 0, 7),
      0.8,
    );
  }
  if (front) {
    skin.fill(stuff('#14171a', 0.2, 0.7), (c) => c.ellipse(at(0.92), Y(0), 14, 18, 0, 0, 7));
    for (const [from, to] of [
      [-0.1, -0.75],
      [0.6, 0.02],
    ] as const) {
      skin.stroke(stuff('#0a0a0b', 0.8), 3, (c) => {
        c.moveTo(at(0), Y(from));
        c.lineTo(at(0.05), Y(to));
      });
    }
  } else {
    for (let i = 1; i < 7; i++)
      skin.stroke(
        stuff('#2d3236', 0.3, 0.4),
        1,
        (c) => {
          c.moveTo(at(i / 7), Y(-tLow * 0.95));
          c.lineTo(at(i / 7), Y(tLow * 0.95));
        },
        0.6,
      );
  }
}

/** Windows, doors, handles and sills on its flanks. */
export function paintSide(skin: Skin, shell: Shell, form: CarForm): void {
  const maxX = Math.max(...form.profile.map((p) => p[0]));
  const X = (x: number) => ((x - maxX + shell.length) / shell.length) * skin.width;
  const Y = (y: number) => (1 - y / shell.height) * skin.height;
  const belt = (x: number): number => {
    const [a, b] = [form.belt[0]!, form.belt[form.belt.length - 1]!];
    return a[1] + ((x - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
  };
  const { front, rear, margin } = form.glass;
  const pane = (grow: number) => (c: CanvasRenderingContext2D) => {
    const lower: [number, number][] = [];
    const upper: [number, number][] = [];
    for (let i = 0; i <= 60; i++) {
      const x = front + grow + ((rear - front - 2 * grow) * i) / 60;
      const low = belt(x) + 0.03 - grow;
      const high = shell.top(x) - margin + grow;
      if (high > low + 0.01) {
        lower.push([x, low]);
        upper.push([x, high]);
      }
    }
    lower.forEach(([x, y], i) => (i === 0 ? c.moveTo(X(x), Y(y)) : c.lineTo(X(x), Y(y))));
    upper.reverse().forEach(([x, y]) => c.lineTo(X(x), Y(y)));
    c.closePath();
  };
  const metre = skin.width / shell.length;
  skin.fill(CHROME, pane(0.022), form.cladding ? 0 : 0.9);
  skin.fill(PLASTIC, pane(0.014));
  skin.fill(GLASS, pane(-0.006));
  for (const [x, width] of form.pillars) {
    skin.fill(PLASTIC, (c) => {
      c.moveTo(X(x + width / 2), Y(belt(x)));
      c.lineTo(X(x - width / 2), Y(belt(x)));
      c.lineTo(X(x - width / 2 - 0.05), Y(shell.top(x) - margin));
      c.lineTo(X(x + width / 2 - 0.05), Y(shell.top(x) - margin));
    });
  }
  for (const x of form.doors) {
    skin.stroke(GAP, 2.4, (c) => {
      c.moveTo(X(x), Y(belt(x) + 0.02));
      c.quadraticCurveTo(X(x + 0.03), Y(0.6), X(x - 0.02), Y(0.32));
    });
  }
  skin.stroke(GAP, 2, (c) => {
    c.moveTo(X(form.doors[0]!), Y(0.31));
    c.lineTo(X(form.doors[form.doors.length - 1]!), Y(0.31));
  });
  for (const x of form.handles) {
    skin.fill(SHADE, (c) => c.ellipse(X(x - 0.08), Y(belt(x) - 0.11), metre * 0.11, metre * 0.032, 0, 0, 7));
    skin.fill(CHROME, (c) => c.rect(X(x - 0.17), Y(belt(x) - 0.1), metre * 0.17, metre * 0.022));
  }
  // The crease along the flank, then the sill.
  skin.stroke(
    SHADE,
    4,
    (c) => {
      c.moveTo(X(front + 0.7), Y(belt(front) - 0.2));
      c.lineTo(X(rear - 0.3), Y(belt(rear) - 0.14));
    },
    0.55,
  );
  const sill = form.cladding ? 0.4 : 0.27;
  skin.fill(form.cladding ? PLASTIC : SHADE, (c) => c.rect(0, Y(sill), skin.width, skin.height));
  if (form.cladding) {
    for (const x of [form.wheels.front, form.wheels.rear]) {
      skin.fill(PLASTIC, (c) =>
        c.arc(X(x), Y(form.wheels.radius), metre * form.wheels.radius * 1.32, Math.PI, 2 * Math.PI),
      );
    }
  } else {
    for (const x of [form.wheels.front, form.wheels.rear]) {
      skin.stroke(
        SHADE,
        5,
        (c) => c.arc(X(x), Y(form.wheels.radius), metre * form.wheels.radius * 1.24, Math.PI, 2 * Math.PI),
        0.7,
      );
    }
  }
}
