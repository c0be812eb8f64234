/** Hue in degrees, saturation and value 0 to 1, of an sRGB pixel. */
export function hsv(
  r: number,
  g: number,
  b: number,
): readonly [hue: number, saturation: number, value: number] {
  const high = Math.max(r, g, b);
  const low = Math.min(r, g, b);
  const range = high - low;
  if (range === 0) return [0, 0, high / 255];
  const sector =
    high === r ? ((g - b) / range + 6) % 6 : high === g ? (b - r) / range + 2 : (r - g) / range + 4;
  return [sector * 60, range / high, high / 255];
}

/** Calls `see` with about `most` pixels spread evenly over the whole-pixel part of a box; says how many there were. */
export function samplePixels(
  frame: { data: Uint8Array; width: number },
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  most: number,
  see: (r: number, g: number, b: number) => void,
): number {
  const left = Math.max(0, Math.floor(x0));
  const top = Math.max(0, Math.floor(y0));
  const right = Math.min(frame.width, Math.ceil(x1));
  const bottom = Math.min(frame.data.length / 3 / frame.width, Math.ceil(y1));
  const step = Math.max(1, Math.ceil(Math.sqrt(Math.max(0, (right - left) * (bottom - top)) / most)));
  let count = 0;
  for (let y = top; y < bottom; y += step) {
    for (let x = left; x < right; x += step) {
      const p = (y * frame.width + x) * 3;
      see(frame.data[p]!, frame.data[p + 1]!, frame.data[p + 2]!);
      count++;
    }
  }
  return count;
}
