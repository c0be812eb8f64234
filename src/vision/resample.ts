import type { Box } from './observation.js';
import type { Raster } from './raster.js';

/** For each target pixel of one axis: where its source pixels begin and how much each weighs. */
interface Taps {
  readonly start: Int32Array;
  readonly weights: Float64Array;
  readonly count: number;
}

/**
 * Weights of one axis, from [from, to) of a source of `limit` pixels onto `size` pixels: area when it shrinks,
 * linear when it grows. Beyond the picture its edge pixel is repeated.
 */
function tapsOf(from: number, to: number, size: number, limit: number): Taps {
  const scale = (to - from) / size;
  const count = scale <= 1 ? 2 : Math.ceil(scale) + 1;
  const start = new Int32Array(size);
  const weights = new Float64Array(size * count);
  for (let i = 0; i < size; i++) {
    if (scale <= 1) {
      const centre = from + (i + 0.5) * scale - 0.5;
      const base = Math.floor(centre);
      start[i] = base;
      weights[i * 2] = 1 - (centre - base);
      weights[i * 2 + 1] = centre - base;
    } else {
      const left = from + i * scale;
      const base = Math.floor(left);
      start[i] = base;
      for (let k = 0; k < count; k++) {
        const part = Math.min(left + scale, base + k + 1) - Math.max(left, base + k);
        weights[i * count + k] = Math.max(0, part) / scale;
      }
    }
  }
  return fold(start, weights, count, size, limit);
}

/** Moves weights that fall outside the picture onto its edge pixels, so that the inner loop need not ask. */
function fold(start: Int32Array, weights: Float64Array, count: number, size: number, limit: number): Taps {
  const width = Math.min(count, limit);
  const folded = new Float64Array(size * width);
  for (let i = 0; i < size; i++) {
    const base = Math.min(Math.max(start[i]!, 0), limit - width);
    for (let k = 0; k < count; k++) {
      const pixel = Math.min(Math.max(start[i]! + k, 0), limit - 1);
      const slot = Math.min(Math.max(pixel - base, 0), width - 1);
      folded[i * width + slot]! += weights[i * count + k]!;
    }
    start[i] = base;
  }
  return { start, weights: folded, count: width };
}

/** Stretches a part of the picture (fractions of pixels allowed, also beyond its edge) onto `width` x `height` RGB bytes. */
export function stretch(source: Raster, part: Box, width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height * 3);
  const across = tapsOf(part[0], part[2], width, source.width);
  const down = tapsOf(part[1], part[3], height, source.height);
  const first = across.start[0]!;
  const span = (across.start[width - 1]! + across.count - first) * 3;
  const row = new Float64Array(span);
  const { data } = source;
  let o = 0;
  for (let y = 0; y < height; y++) {
    row.fill(0);
    for (let k = 0; k < down.count; k++) {
      const weight = down.weights[y * down.count + k]!;
      if (weight === 0) continue;
      const base = ((down.start[y]! + k) * source.width + first) * 3;
      for (let i = 0; i < span; i++) row[i]! += weight * data[base + i]!;
    }
    for (let x = 0; x < width; x++) {
      let r = 0.5;
      let g = 0.5;
      let b = 0.5;
      let i = (across.start[x]! - first) * 3;
      for (let k = 0; k < across.count; k++, i += 3) {
        const weight = across.weights[x * across.count + k]!;
        r += weight * row[i]!;
        g += weight * row[i + 1]!;
        b += weight * row[i + 2]!;
      }
      out[o++] = r;
      out[o++] = g;
      out[o++] = b;
    }
  }
  return out;
}

/** Where in a larger canvas a part of a picture goes. `stride` is the canvas's width; all in pixels. */
export interface Place {
  readonly canvas: Uint8Array;
  readonly stride: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Draws a part of the picture into its place on a canvas, as cheaply as a detector allows: copied where the size is the
 * same, else the mean of 2 x 2 source pixels spread over those that a canvas pixel covers (more beyond a factor of 4),
 * which costs a third of the full area. Enlarging is linear.
 */
export function draw(source: Raster, part: Box, place: Place): void {
  const scaleX = (part[2] - part[0]) / place.width;
  const scaleY = (part[3] - part[1]) / place.height;
  if (scaleX < 1 || scaleY < 1) {
    return copy(stretch(source, part, place.width, place.height), place.width, 0, 0, place);
  }
  const inside = part[0] >= 0 && part[1] >= 0 && part[2] <= source.width && part[3] <= source.height;
  if (scaleX === 1 && scaleY === 1 && inside && Number.isInteger(part[0]) && Number.isInteger(part[1])) {
    return copy(source.data, source.width, part[0], part[1], place);
  }
  const taps = Math.max(2, Math.ceil(Math.max(scaleX, scaleY) / 2));
  const columns = spread(part[0], scaleX, place.width, source.width, taps, 3);
  const rows = spread(part[1], scaleY, place.height, source.height, taps, source.width * 3);
  if (taps === 2) meanOfFour(source.data, columns, rows, place);
  else meanOfMany(source.data, columns, rows, taps, place);
}

function copy(data: Uint8Array, width: number, x: number, y: number, place: Place): void {
  for (let row = 0; row < place.height; row++) {
    const from = ((y + row) * width + x) * 3;
    const line = data.subarray(from, from + place.width * 3);
    place.canvas.set(line, ((place.top + row) * place.stride + place.left) * 3);
  }
}

/** Offsets of the `taps` source pixels of each canvas pixel of one axis; beyond the picture its edge pixel. */
function spread(
  from: number,
  scale: number,
  size: number,
  limit: number,
  taps: number,
  step: number,
): Int32Array {
  const offsets = new Int32Array(size * taps);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < taps; k++) {
      const at = Math.floor(from + (i + (k + 0.5) / taps) * scale);
      offsets[i * taps + k] = Math.min(Math.max(at, 0), limit - 1) * step;
    }
  }
  return offsets;
}

/** The red and the blue byte of a pixel that was taken as one word; sums of four fit between them. */
const RED_BLUE = 0xff00ff;

/**
 * A pixel is loaded and stored as one word of four bytes, of which the last is the next pixel's: half the time of doing
 * it byte by byte. Where a fourth byte would lie beyond the picture or the place, it goes by bytes.
 */
function meanOfFour(data: Uint8Array, columns: Int32Array, rows: Int32Array, place: Place): void {
  const { canvas, width } = place;
  const from = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const to = new DataView(canvas.buffer, canvas.byteOffset, canvas.byteLength);
  const furthest = width > 1 ? columns[width * 2 - 3]! : 0;
  for (let y = 0; y < place.height; y++) {
    const top = rows[y * 2]!;
    const bottom = rows[y * 2 + 1]!;
    const words = bottom + furthest + 4 <= data.length ? width - 1 : 0;
    let o = ((place.top + y) * place.stride + place.left) * 3;
    for (let x = 0; x < words; x++, o += 3) {
      const left = columns[x * 2]!;
      const right = columns[x * 2 + 1]!;
      const a = from.getInt32(top + left, true);
      const b = from.getInt32(top + right, true);
      const c = from.getInt32(bottom + left, true);
      const d = from.getInt32(bottom + right, true);
      const redBlue = (a & RED_BLUE) + (b & RED_BLUE) + (c & RED_BLUE) + (d & RED_BLUE) + 0x20002;
      const green = ((a >> 8) & 255) + ((b >> 8) & 255) + ((c >> 8) & 255) + ((d >> 8) & 255) + 2;
      to.setInt32(o, ((redBlue >> 2) & RED_BLUE) | ((green << 6) & 0xff00), true);
    }
    for (let x = words; x < width; x++) {
      const left = columns[x * 2]!;
      const right = columns[x * 2 + 1]!;
      for (let byte = 0; byte < 3; byte++, o++) {
        const upper = data[top + left + byte]! + data[top + right + byte]!;
        canvas[o] = (upper + data[bottom + left + byte]! + data[bottom + right + byte]! + 2) >> 2;
      }
    }
  }
}

function meanOfMany(
  data: Uint8Array,
  columns: Int32Array,
  rows: Int32Array,
  taps: number,
  place: Place,
): void {
  const share = 1 / (taps * taps);
  for (let y = 0; y < place.height; y++) {
    let o = ((place.top + y) * place.stride + place.left) * 3;
    for (let x = 0; x < place.width; x++) {
      let r = 0.5;
      let g = 0.5;
      let b = 0.5;
      for (let j = 0; j < taps; j++) {
        for (let i = 0; i < taps; i++) {
          const p = rows[y * taps + j]! + columns[x * taps + i]!;
          r += data[p]! * share;
          g += data[p + 1]! * share;
          b += data[p + 2]! * share;
        }
      }
      place.canvas[o++] = r;
      place.canvas[o++] = g;
      place.canvas[o++] = b;
    }
  }
}
