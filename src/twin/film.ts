import type { CameraFilm, PictureArea, Weather } from './picture-spec.js';
import type { PictureSize } from './stage.js';
import { fallingRain } from './rain.js';
import { Random, seedOf } from './scene/random.js';

const TILE = 512;
let grain: Float32Array | null = null;

/** Noise of a sensor after demosaicing, in 8-bit steps: mostly brightness, some colour. A square that repeats. */
function grainTile(): Float32Array {
  if (grain !== null) return grain;
  const random = new Random(20240717);
  const bell = () => random.next() + random.next() + random.next() - 1.5;
  grain = new Float32Array(TILE * TILE * 3);
  for (let i = 0; i < grain.length; i += 3) {
    const grey = bell() * 1.7;
    for (let k = 0; k < 3; k++) grain[i + k] = grey + bell() * 0.9;
  }
  return grain;
}

/** The last step of a camera's picture: what moves is laid into the still picture, rain falls before it, and all gets its grain. */
export class Film {
  readonly #size: PictureSize;
  readonly #still: Buffer;
  readonly #film: CameraFilm;
  readonly #seed: number;
  readonly #rain: boolean;
  readonly #work: Buffer;

  /** @param still RGBA rows from the lower edge up */
  constructor(size: PictureSize, still: Buffer, film: CameraFilm, seed: number, weather: Weather) {
    if (still.length !== size.width * size.height * 4)
      throw new RangeError(`a still of ${still.length} bytes for ${size.width}×${size.height} pixels`);
    this.#size = size;
    this.#still = still;
    this.#film = film;
    this.#seed = seed;
    this.#rain = weather === 'rain';
    this.#work = Buffer.allocUnsafe(still.length);
  }

  /** The picture as RGB rows from the upper edge down. @param pixels RGBA of the areas one after the other */
  develop(index: number, areas: readonly PictureArea[], pixels: Buffer): Buffer {
    const { width, height } = this.#size;
    const work = this.#work;
    this.#still.copy(work);
    let from = 0;
    for (const area of areas) {
      const row = area.width * 4;
      for (let y = 0; y < area.height; y++, from += row)
        pixels.copy(work, ((area.y + y) * width + area.x) * 4, from, from + row);
    }
    if (this.#rain) fallingRain(work, this.#size, this.#film.haze, seedOf(this.#seed, `rain${index}`));
    return this.#grained(work, width, height, seedOf(this.#seed, `frame${index}`));
  }

  #grained(work: Buffer, width: number, height: number, seed: number): Buffer {
    const tile = grainTile();
    // Bright places have less of it: the camera's gamma presses them together.
    const gain = Float32Array.from(
      { length: 3 * 255 + 1 },
      (_, sum) => this.#film.noise * (1.35 - (0.75 * sum) / (3 * 255)),
    );
    const out = new Uint8ClampedArray(width * height * 3);
    const [dx, dy] = [seed % 509, (seed >>> 9) % 503];
    let to = 0;
    for (let y = height - 1; y >= 0; y--) {
      const tileRow = ((y + dy) % TILE) * TILE;
      let at = y * width * 4;
      for (let x = 0; x < width; x++, at += 4, to += 3) {
        const r = work[at]!;
        const g = work[at + 1]!;
        const b = work[at + 2]!;
        const n = (tileRow + ((x + dx) % TILE)) * 3;
        const k = gain[r + g + b]!;
        out[to] = r + tile[n]! * k;
        out[to + 1] = g + tile[n + 1]! * k;
        out[to + 2] = b + tile[n + 2]! * k;
      }
    }
    return Buffer.from(out.buffer);
  }
}
