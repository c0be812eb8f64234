import type { PictureSize } from './stage.js';
import { Random } from './scene/random.js';

/** Streaks over a megapixel: what falls between the lens and the road while the shutter is open. */
const PER_MEGAPIXEL = 420;

/**
 * Draws falling drops over a picture, as pale streaks that let the road through; near ones are long, wide and faint.
 * @param picture RGBA rows from the lower edge up, changed in place
 * @param haze sRGB, 0 to 1: drops take on the light around them
 */
export function fallingRain(
  picture: Buffer,
  { width, height }: PictureSize,
  haze: readonly [number, number, number],
  seed: number,
): void {
  const random = new Random(seed);
  const scale = height / 1080;
  const slant = random.between(-0.02, 0.02) + 0.06;
  const light = haze.map((c) => 255 * Math.min(1, c * 0.8 + 0.25));
  const drops = Math.round((PER_MEGAPIXEL * width * height) / 1e6 / scale ** 2);
  for (let i = 0; i < drops; i++) {
    const near = random.next() ** 3;
    const length = (14 + 120 * near) * scale * random.between(0.7, 1.3);
    const half = (0.5 + 2.2 * near) * scale;
    const opacity = (0.34 - 0.24 * near) * random.between(0.5, 1);
    const x0 = random.between(-0.02, 1.02) * width;
    const y0 = random.between(-0.1, 1.02) * height;
    for (let y = Math.max(0, Math.ceil(y0)); y < Math.min(height, y0 + length); y++) {
      const along = (y - y0) / length;
      const fade = opacity * Math.min(1, 5 * along, 5 * (1 - along));
      const middle = x0 + (y - y0) * slant;
      for (
        let x = Math.max(0, Math.floor(middle - half));
        x <= Math.min(width - 1, Math.ceil(middle + half));
        x++
      ) {
        const share = fade * Math.max(0, 1 - Math.abs(x - middle) / (half + 0.5));
        const at = (y * width + x) * 4;
        for (let k = 0; k < 3; k++) picture[at + k]! += Math.round((light[k]! - picture[at + k]!) * share);
      }
    }
  }
}
