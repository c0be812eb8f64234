/**
 * Characters of the plates as strokes in a box 0..1 wide and 0..1 high (y down), drawn for this project
 * after the proportions of TT79/2024/TT-BCA App 04 (63×38 mm with a 10 mm stroke, 55×22 mm with 7 mm).
 * `M x y`, `L x y`, `A cx cy rx ry from to` (degrees, clockwise from three o'clock), one stroke an array item.
 */
export type Step =
  | readonly ['M' | 'L', number, number]
  | readonly ['A', number, number, number, number, number, number];
type Arc = Extract<Step, readonly ['A', ...unknown[]]>;
export type Glyph = readonly (readonly Step[])[];

const oval: Glyph = [[
  ['A', 0.5, 0.3, 0.5, 0.3, 180, 360], ['L', 1, 0.7], ['A', 0.5, 0.7, 0.5, 0.3, 0, 180], ['L', 0, 0.3],
]];
const bowl: readonly Step[] = [['M', 0, 0], ['L', 0.45, 0], ['A', 0.45, 0.35, 0.55, 0.35, -90, 0], ['L', 1, 0.65], ['A', 0.45, 0.65, 0.55, 0.35, 0, 90], ['L', 0, 1], ['L', 0, 0]];

export const GLYPHS: Readonly<Record<string, Glyph>> = {
  '0': oval,
  '1': [[['M', 0.05, 0.27], ['L', 0.62, 0.0], ['L', 0.62, 1]]],
  '2': [[['M', 0.02, 0.3], ['A', 0.5, 0.29, 0.48, 0.29, 180, 385], ['L', 0.0, 1], ['L', 1, 1]]],
  '3': [[['A', 0.47, 0.25, 0.44, 0.25, 190, 450], ['L', 0.38, 0.5]], [['M', 0.38, 0.5], ['L', 0.5, 0.5], ['A', 0.48, 0.75, 0.5, 0.25, -90, 172]]],
  '4': [[['M', 0.62, 0], ['L', 0, 0.74], ['L', 1, 0.74]], [['M', 0.72, 0.46], ['L', 0.72, 1]]],
  '5': [[['M', 0.93, 0], ['L', 0.12, 0], ['L', 0.07, 0.47], ['A', 0.5, 0.67, 0.5, 0.33, 215, 515]]],
  '6': [[['M', 0.72, 0], ['L', 0.13, 0.5]], [['A', 0.5, 0.69, 0.5, 0.31, 0, 360]]],
  '7': [[['M', 0, 0], ['L', 1, 0], ['L', 0.36, 1]]],
  '8': [[['A', 0.5, 0.25, 0.42, 0.25, 0, 360]], [['A', 0.5, 0.745, 0.5, 0.255, 0, 360]]],
  '9': [[['M', 0.28, 1], ['L', 0.87, 0.5]], [['A', 0.5, 0.31, 0.5, 0.31, 0, 360]]],
  A: [[['M', 0, 1], ['L', 0.5, 0], ['L', 1, 1]], [['M', 0.17, 0.68], ['L', 0.83, 0.68]]],
  B: [[['M', 0.5, 0.47], ['A', 0.55, 0.735, 0.45, 0.265, -90, 90], ['L', 0, 1], ['L', 0, 0], ['L', 0.52, 0], ['A', 0.52, 0.235, 0.4, 0.235, -90, 90], ['L', 0, 0.47]]],
  C: [[['M', 1, 0.33], ['A', 0.5, 0.3, 0.5, 0.3, 0, -180], ['L', 0, 0.7], ['A', 0.5, 0.7, 0.5, 0.3, 180, 0], ['L', 1, 0.67]]],
  D: [bowl],
  Đ: [bowl, [['M', -0.16, 0.5], ['L', 0.45, 0.5]]],
  E: [[['M', 1, 0], ['L', 0, 0], ['L', 0, 1], ['L', 1, 1]], [['M', 0, 0.49], ['L', 0.85, 0.49]]],
  F: [[['M', 1, 0], ['L', 0, 0], ['L', 0, 1]], [['M', 0, 0.5], ['L', 0.85, 0.5]]],
  G: [[['M', 1, 0.3], ['A', 0.5, 0.3, 0.5, 0.3, 0, -180], ['L', 0, 0.7], ['A', 0.5, 0.7, 0.5, 0.3, 180, 0], ['L', 1, 0.53], ['L', 0.58, 0.53]]],
  H: [[['M', 0, 0], ['L', 0, 1]], [['M', 1, 0], ['L', 1, 1]], [['M', 0, 0.49], ['L', 1, 0.49]]],
  I: [[['M', 0.5, 0], ['L', 0.5, 1]]],
  J: [[['M', 1, 0], ['L', 1, 0.7], ['A', 0.5, 0.7, 0.5, 0.3, 0, 170]]],
  K: [[['M', 0, 0], ['L', 0, 1]], [['M', 0.95, 0], ['L', 0.02, 0.6]], [['M', 0.34, 0.4], ['L', 1, 1]]],
  L: [[['M', 0, 0], ['L', 0, 1], ['L', 1, 1]]],
  M: [[['M', 0, 1], ['L', 0, 0], ['L', 0.5, 0.62], ['L', 1, 0], ['L', 1, 1]]],
  N: [[['M', 0, 1], ['L', 0, 0], ['L', 1, 1], ['L', 1, 0]]],
  O: oval,
  P: [[['M', 0, 1], ['L', 0, 0], ['L', 0.55, 0], ['A', 0.55, 0.27, 0.45, 0.27, -90, 90], ['L', 0, 0.54]]],
  Q: [...oval, [['M', 0.55, 0.72], ['L', 1.02, 1.02]]],
  R: [[['M', 0, 1], ['L', 0, 0], ['L', 0.55, 0], ['A', 0.55, 0.26, 0.45, 0.26, -90, 90], ['L', 0, 0.52]], [['M', 0.5, 0.52], ['L', 1, 1]]],
  S: [[['M', 0.97, 0.27], ['A', 0.5, 0.25, 0.46, 0.25, 5, -180], ['A', 0.5, 0.25, 0.46, 0.25, 180, 115], ['L', 0.7, 0.51], ['A', 0.5, 0.74, 0.5, 0.26, -62, 176]]],
  T: [[['M', 0, 0], ['L', 1, 0]], [['M', 0.5, 0], ['L', 0.5, 1]]],
  U: [[['M', 0, 0], ['L', 0, 0.7], ['A', 0.5, 0.7, 0.5, 0.3, 180, 0], ['L', 1, 0]]],
  V: [[['M', 0, 0], ['L', 0.5, 1], ['L', 1, 0]]],
  W: [[['M', 0, 0], ['L', 0.25, 1], ['L', 0.5, 0.2], ['L', 0.75, 1], ['L', 1, 0]]],
  X: [[['M', 0, 0], ['L', 1, 1]], [['M', 1, 0], ['L', 0, 1]]],
  Y: [[['M', 0, 0], ['L', 0.5, 0.52], ['L', 1, 0]], [['M', 0.5, 0.5], ['L', 0.5, 1]]],
  Z: [[['M', 0, 0], ['L', 1, 0], ['L', 0, 1], ['L', 1, 1]]],
};

export interface Pen {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly stroke: number;
}

/** Draws one character whose outer edge fills the pen's box. Unknown characters leave a gap. */
export function drawGlyph(context: CanvasRenderingContext2D, character: string, pen: Pen): void {
  const glyph = GLYPHS[character];
  if (glyph === undefined) return;
  const half = pen.stroke / 2;
  const left = pen.x + half;
  const top = pen.y + half;
  const w = pen.width - pen.stroke;
  const h = pen.height - pen.stroke;
  context.lineWidth = pen.stroke;
  context.lineJoin = 'round';
  context.lineCap = 'butt';
  for (const stroke of glyph) {
    context.beginPath();
    for (const step of stroke) {
      if (step[0] === 'M') context.moveTo(left + step[1] * w, top + step[2] * h);
      else if (step[0] === 'L') context.lineTo(left + step[1] * w, top + step[2] * h);
      else {
        const [, cx, cy, rx, ry, from, to] = step as Arc;
        const a = (from * Math.PI) / 180;
        let b = (to * Math.PI) / 180;
        const reverse = to < from;
        if (!reverse && b - a >= 2 * Math.PI) b = a + 2 * Math.PI - 1e-4;
        context.ellipse(left + cx * w, top + cy * h, rx * w, ry * h, 0, a, b, reverse);
        if (!reverse && to - from >= 360) context.closePath();
      }
    }
    context.stroke();
  }
}
