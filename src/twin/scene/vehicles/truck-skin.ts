import type { Shell } from './shell.js';
import { CHROME, GAP, GLASS, PLASTIC, SHADE, stuff, type Skin } from './skin.js';
import type { TruckForm, TruckStyle } from './truck-form.js';

/** The front of a cab. */
export function paintCab(skin: Skin, shell: Shell, style: TruckStyle): void {
  const { X, Y, quad } = skin.unrolled();
  const s = (name: string) => shell.s(name);
  const bumper = s('bumper');
  skin.fill(style === 'tractor-trailer' ? SHADE : PLASTIC, quad(0, bumper + 0.002, 1));
  skin.fill(stuff('#0c0d0e', 0.6), quad(0.004, bumper - 0.016, 0.55));
  const nose = s('nose');
  skin.fill(stuff('#17181a', 0.5, 0.2), quad(bumper + 0.036, nose - 0.01, 0.56, 0.62));
  for (let i = 1; i < 4; i++)
    skin.stroke(CHROME, 3, (c) => {
      const at = bumper + 0.036 + ((nose - bumper - 0.046) * i) / 4;
      c.moveTo(X(at), Y(-0.55));
      c.lineTo(X(at), Y(0.55));
    });
  skin.fill(CHROME, (c) => c.ellipse(X((bumper + nose) / 2 + 0.012), Y(0), 9, 24, 0, 0, 7));
  for (const t of [-1, 1])
    skin.fill(PLASTIC, (c) => c.rect(X(bumper + 0.002), Y(t * 0.79) - 50, X(0.036), 100));
  skin.fill(stuff('#0b0c0d', 0.4), quad(s('cowl') - 0.008, s('header') + 0.008, 0.93, 0.9));
  skin.fill(GLASS, quad(s('cowl'), s('header'), 0.89, 0.86));
  skin.fill(stuff('#1a1e22', 0.15, 0.7), quad(s('cowl'), s('cowl') + 0.03, 0.88), 0.75);
  for (const t of [-0.42, 0.42])
    skin.fill(
      stuff('#333c43', 0.1, 0.88),
      (c) => c.ellipse(X(s('cowl') + 0.055), Y(t), 26, 50, 0, 0, 7),
      0.8,
    );
  for (const t of [-0.6, 0.05])
    skin.stroke(stuff('#08090a', 0.8), 4, (c) => {
      c.moveTo(X(s('cowl')), Y(t));
      c.lineTo(X(s('cowl') + 0.012), Y(t + 0.5));
    });
  if (style === 'tractor-trailer') skin.fill(PLASTIC, quad(s('header') + 0.01, s('header') + 0.03, 0.9));
  skin.fill(SHADE, quad(s('rearTop'), 1, 1));
}

/** A cab's door with its window. */
export function paintDoor(skin: Skin, shell: Shell, form: TruckForm, bow: number, glassLow: number): void {
  const X = (x: number) => ((x - (bow - shell.length)) / shell.length) * skin.width;
  const Y = (y: number) => (1 - y / shell.height) * skin.height;
  const H = form.cab.height;
  const front = bow - 0.42;
  const rear = bow - Math.min(form.cab.length - 0.35, 1.4);
  const pane = (g: number) => (c: CanvasRenderingContext2D) => {
    c.moveTo(X(front + 0.14 + g), Y(glassLow - 0.05 - g));
    c.lineTo(X(rear - g), Y(glassLow + 0.02 - g));
    c.lineTo(X(rear - g), Y(H - 0.26 + g));
    c.lineTo(X(front - 0.06 + g), Y(H - 0.26 + g));
    c.closePath();
  };
  skin.fill(PLASTIC, pane(0.03));
  skin.fill(GLASS, pane(0));
  skin.stroke(GAP, 3, (c) => {
    c.moveTo(X(rear - 0.06), Y(H - 0.2));
    c.lineTo(X(rear - 0.06), Y(form.cab.floor + 0.05));
  });
  skin.stroke(GAP, 3, (c) => {
    c.moveTo(X(front + 0.2), Y(glassLow - 0.08));
    c.lineTo(X(front + 0.18), Y(form.cab.floor + 0.3));
  });
  skin.fill(PLASTIC, (c) => c.rect(X(rear + 0.02), Y(glassLow - 0.18), 30, 9));
  skin.fill(PLASTIC, (c) => c.rect(0, Y(form.cab.floor + 0.06), skin.width, skin.height));
}
