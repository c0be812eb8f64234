import type { PlateInk, PlateShape, PlateSpec } from '../../picture-spec.js';
import { Random } from '../random.js';
import { drawGlyph } from './pen.js';

/** Plate sizes in millimetres (TT79/2024/TT-BCA Art 37.3-37.4). */
export const PLATE_SIZE: Readonly<Record<PlateShape, { width: number; height: number }>> = {
  long: { width: 520, height: 110 },
  short: { width: 330, height: 165 },
  motorcycle: { width: 190, height: 140 },
};

/** Car plates made before 2025 were 470 mm long; both generations are on the road. */
export function plateSize(shape: PlateShape, grain: number): { width: number; height: number } {
  return shape === 'long' && grain % 5 < 2 ? { width: 470, height: 110 } : PLATE_SIZE[shape];
}

interface Type {
  readonly width: number;
  readonly height: number;
  readonly stroke: number;
  readonly dash: readonly [number, number];
  readonly dot: number;
  readonly gap: number;
}
const CAR: Type = { width: 38, height: 63, stroke: 10, dash: [14, 10], dot: 10, gap: 10 };
const MOTORCYCLE: Type = { width: 23, height: 55, stroke: 7, dash: [12, 7], dot: 7, gap: 9 };

const PAPER: Readonly<Record<PlateInk, { ground: string; ink: string; rim: string }>> = {
  white: { ground: '#e9ebec', ink: '#15171c', rim: 'rgba(25,28,36,0.75)' },
  yellow: { ground: '#f0b81c', ink: '#17150f', rim: 'rgba(40,30,5,0.7)' },
  blue: { ground: '#1c49a0', ink: '#eef1f4', rim: 'rgba(235,240,248,0.8)' },
  red: { ground: '#b3161b', ink: '#f3efee', rim: 'rgba(245,235,235,0.8)' },
  paper: { ground: '#dcd9cf', ink: '#2c2c33', rim: 'rgba(60,60,70,0.25)' },
};

/** Red letters of diplomatic and international series on white (Luật 36/2024 Art 36.2.đ, e). */
const RED_SERIES = /(?:NG|QT)/;

function advance(character: string, type: Type): number {
  if (character === '-') return type.dash[0];
  if (character === '.') return type.dot;
  return type.width;
}

function rowWidth(row: string, type: Type): number {
  let width = -type.gap;
  for (const character of row) width += advance(character, type) + type.gap;
  return width;
}

function drawRow(
  context: CanvasRenderingContext2D,
  row: string,
  type: Type,
  left: number,
  top: number,
  ink: string,
): void {
  let x = left;
  const red = RED_SERIES.exec(row);
  [...row].forEach((character, index) => {
    const isRed = red !== null && index >= red.index && index < red.index + 2;
    context.strokeStyle = context.fillStyle = isRed ? '#b5161c' : ink;
    if (character === '-') {
      context.fillRect(x, top + type.height / 2 - type.dash[1] / 2, type.dash[0], type.dash[1]);
    } else if (character === '.') {
      context.beginPath();
      context.arc(
        x + type.dot / 2,
        top + type.height - type.dot / 2 - (type.height > 60 ? 2 : 1),
        type.dot / 2,
        0,
        2 * Math.PI,
      );
      context.fill();
    } else {
      // A "1" is a narrow stroke at the right of its cell: that is the wider gap which the circular orders before it.
      const narrow = character === '1' ? 0.62 : 1;
      drawGlyph(context, character, {
        x: x + type.width * (1 - narrow) * 0.7,
        y: top,
        width: type.width * narrow,
        height: type.height,
        stroke: type.stroke,
      });
    }
    x += advance(character, type) + type.gap;
  });
}

function roundedRect(
  context: CanvasRenderingContext2D,
  inset: number,
  width: number,
  height: number,
  radius: number,
): void {
  context.beginPath();
  context.roundRect(inset, inset, width - 2 * inset, height - 2 * inset, radius);
}

/** Road film thickens to the lower edge; mud comes in splashes. */
function soil(
  context: CanvasRenderingContext2D,
  random: Random,
  width: number,
  height: number,
  amount: number,
): void {
  const film = context.createLinearGradient(0, 0, 0, height);
  film.addColorStop(0, `rgba(118,108,92,${(0.1 + 0.35 * amount).toFixed(3)})`);
  film.addColorStop(1, `rgba(96,84,66,${(0.15 + 0.6 * amount).toFixed(3)})`);
  context.fillStyle = film;
  context.fillRect(0, 0, width, height);
  const splashes = Math.floor(amount * 60);
  for (let i = 0; i < splashes; i++) {
    context.fillStyle = `rgba(${random.whole(70, 110)},${random.whole(62, 92)},${random.whole(45, 70)},${random.between(0.2, 0.85).toFixed(3)})`;
    context.beginPath();
    const size = random.between(2, 14) * (0.5 + amount);
    context.ellipse(
      random.between(0, width),
      height * Math.sqrt(random.next()),
      size,
      size * random.between(0.4, 1),
      random.between(0, 3),
      0,
      7,
    );
    context.fill();
  }
}

/**
 * Draws a plate in millimetres on a canvas of `scale` pixels a millimetre.
 * @param grain seed of wear, so that two plates of one clip do not age alike
 */
export function drawPlate(plate: PlateSpec, grain: number, scale = 2): HTMLCanvasElement {
  const size = plateSize(plate.shape, grain);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(size.width * scale);
  canvas.height = Math.round(size.height * scale);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2d canvas');
  const random = new Random(grain);
  const paper = PAPER[plate.ink];
  context.scale(scale, scale);
  context.fillStyle = '#0c0d0f';
  context.fillRect(0, 0, size.width, size.height);
  roundedRect(context, 1, size.width, size.height, 9);
  context.fillStyle = paper.ground;
  context.fill();
  const fade = context.createLinearGradient(0, 0, size.width * random.between(-0.3, 0.3), size.height);
  fade.addColorStop(0, `rgba(255,255,255,${random.between(0, 0.12).toFixed(3)})`);
  fade.addColorStop(1, `rgba(40,44,54,${random.between(0, 0.16).toFixed(3)})`);
  context.fillStyle = fade;
  context.fill();
  if (plate.ink !== 'paper') {
    roundedRect(context, 4.5, size.width, size.height, 6.5);
    context.strokeStyle = paper.rim;
    context.lineWidth = random.between(1.2, 2.6);
    context.stroke();
  }

  const type = plate.shape === 'motorcycle' ? MOTORCYCLE : CAR;
  const rows = plate.rows;
  const free = size.height - rows.length * type.height;
  const between = rows.length === 2 ? Math.min(free / 3, 16) : 0;
  const top = (free - between) / 2;
  rows.forEach((row, index) => {
    const natural = rowWidth(row, type);
    const squeeze = Math.min(1, (size.width - 18) / natural);
    const y = top + index * (type.height + between);
    context.save();
    context.translate((size.width - natural * squeeze) / 2, 0);
    context.scale(squeeze, 1);
    // The shade of the embossing beside each stroke.
    context.globalAlpha = 0.28;
    context.translate(1, 1.4);
    drawRow(context, row, type, 0, y, plate.ink === 'blue' || plate.ink === 'red' ? '#0a0f20' : '#ffffff');
    context.globalAlpha = 1;
    context.translate(-1, -1.4);
    drawRow(context, row, type, 0, y, paper.ink);
    context.restore();
  });
  for (const [x, y] of bolts(plate.shape, size)) {
    context.fillStyle = 'rgba(90,92,96,0.9)';
    context.beginPath();
    context.arc(x, y, 3.6, 0, 7);
    context.fill();
  }
  const base = plate.state === 'dirty' ? random.between(0.45, 0.95) : random.next() ** 3 * 0.35;
  soil(context, random, size.width, size.height, base);
  if (plate.state === 'covered') cover(context, random, size.width, size.height);
  return canvas;
}

function bolts(
  shape: PlateShape,
  { width, height }: { width: number; height: number },
): readonly (readonly [number, number])[] {
  if (shape === 'motorcycle')
    return [
      [width * 0.28, 7],
      [width * 0.72, 7],
    ];
  return [
    [14, height / 2],
    [width - 14, height / 2],
  ];
}

/** A rag, a mask or tape over some characters. */
function cover(context: CanvasRenderingContext2D, random: Random, width: number, height: number): void {
  const share = random.between(0.35, 0.75);
  const left = random.chance(0.5) ? 0 : width * (1 - share);
  context.fillStyle = random.pick(['#3a3d42', '#7a7468', '#a8a49a', '#22252b']);
  context.beginPath();
  context.moveTo(left, 0);
  for (let i = 0; i <= 8; i++)
    context.lineTo(left + (width * share * i) / 8, random.between(0, height * 0.06));
  for (let i = 8; i >= 0; i--)
    context.lineTo(left + (width * share * i) / 8, height * random.between(0.85, 1));
  context.fill();
}

/** Letters as on plates, for advertisements, signs and shirts; one line, any height. */
export function drawLettering(
  context: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  height: number,
  ink: string,
): number {
  const type: Type = {
    width: height * 0.56,
    height,
    stroke: height * 0.15,
    dash: [height * 0.22, height * 0.15],
    dot: height * 0.15,
    gap: height * 0.16,
  };
  drawRow(context, text, type, x, y, ink);
  return rowWidth(text, type);
}

export function letteringWidth(text: string, height: number): number {
  const type: Type = {
    width: height * 0.56,
    height,
    stroke: 0,
    dash: [height * 0.22, 0],
    dot: height * 0.15,
    gap: height * 0.16,
  };
  return rowWidth(text, type);
}
