import { GLYPHS, type Arc } from './glyphs.js';

/** The outer edge of a character and the width of its stroke, in the canvas's units. */
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
  // Stamped corners are square; only where two strokes meet at a sharp angle are they cut off.
  context.lineJoin = 'miter';
  context.miterLimit = 2;
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
