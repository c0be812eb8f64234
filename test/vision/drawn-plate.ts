import sharp from 'sharp';
import { GLYPHS, type Step } from '../../src/twin/scene/plate/glyphs.js';

/** A plate as an SVG group in millimetres; rows as painted, `['29-X1', '123.45']`. Sizes as TT79/2024/TT-BCA has them. */
export function platePicture(rows: readonly string[], ground = '#e9ebec', ink = '#15171c') {
  const motorcycle = rows.length === 2;
  const size = motorcycle ? { width: 190, height: 140 } : { width: 520, height: 110 };
  const type = motorcycle ? { w: 23, h: 55, stroke: 7, gap: 9 } : { w: 38, h: 63, stroke: 10, gap: 10 };
  const strokes = rows.map((row, i) => {
    const cells = [...row].map((c) => (c === '-' || c === '.' ? type.w * 0.4 : type.w));
    const width = cells.reduce((sum, cell) => sum + cell + type.gap, -type.gap);
    const top = motorcycle ? 9 + i * (type.h + 12) : (size.height - type.h) / 2;
    let x = (size.width - width) / 2;
    return [...row].map((c, k) => {
      const drawn = character(c, x, top, cells[k]!, type.h, type.stroke);
      x += cells[k]! + type.gap;
      return drawn;
    });
  });
  const { width, height } = size;
  const svg = `<rect width="${width}" height="${height}" rx="6" fill="${ground}"/>
    <rect x="2" y="2" width="${width - 4}" height="${height - 4}" rx="5" fill="none" stroke="${ink}" stroke-width="2"/>
    <g fill="none" stroke="${ink}" stroke-width="${type.stroke}" stroke-linejoin="round">${strokes.flat().join('')}</g>`;
  return { svg, ...size };
}

/** A plate on a grey ground with this much of its size around it; `cut` takes away from the right. */
export async function plateJpeg(
  rows: readonly string[],
  { margin = 0.08, cut = 0, height = 60, ground = '#e9ebec', ink = '#15171c' } = {},
): Promise<Buffer> {
  const plate = platePicture(rows, ground, ink);
  const [mx, my] = [plate.width * margin, plate.height * margin];
  const box = [-mx, -my, plate.width * (1 - cut) + mx * (cut > 0 ? 0 : 2), plate.height + 2 * my];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box.join(' ')}" width="${Math.round((box[2]! / box[3]!) * height)}" height="${height}">
    <rect x="-999" y="-999" width="2999" height="2999" fill="#565a5e"/>${plate.svg}</svg>`;
  return sharp(Buffer.from(svg)).blur(0.6).jpeg({ quality: 90 }).toBuffer();
}

function character(c: string, x: number, y: number, w: number, h: number, stroke: number): string {
  const line = (x1: number, y1: number, x2: number): string => `<path d="M${x1} ${y1}L${x2} ${y1}"/>`;
  if (c === '-') return line(x, y + h / 2, x + w);
  if (c === '.') return line(x, y + h - stroke, x + w);
  const inset = stroke / 2;
  const at = (px: number, py: number): string =>
    `${(x + inset + px * (w - stroke)).toFixed(2)} ${(y + inset + py * (h - stroke)).toFixed(2)}`;
  return (GLYPHS[c] ?? [])
    .map(
      (path) =>
        `<path d="M${path
          .flatMap(points)
          .map(([a, b]) => at(a, b))
          .join('L')}"/>`,
    )
    .join('');
}

function points(step: Step): [number, number][] {
  if (step[0] !== 'A') return [[step[1], step[2]]];
  const [, cx, cy, rx, ry, from, to] = step;
  return Array.from({ length: 13 }, (_, i) => {
    const angle = ((from + ((to - from) * i) / 12) * Math.PI) / 180;
    return [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];
  });
}
