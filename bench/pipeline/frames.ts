import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { normal, seeded } from '../pictures/random.js';

const WIDTH = 1920;
const HEIGHT = 1080;

/** The JPEGs of a folder and of those in it, as they are. */
export async function framesOf(folder: string, most: number): Promise<Buffer[]> {
  const names = await readdir(folder, { recursive: true });
  const pictures = names
    .filter((name) => /\.jpe?g$/i.test(name))
    .sort()
    .slice(0, most);
  return Promise.all(pictures.map((name) => readFile(join(folder, name))));
}

/**
 * Full-HD street scenes put together from four labelled frames each: more vehicles than most junctions show, so a
 * hard day for the second look. `data` is the folder with `vehicles/scenes.jsonl`.
 */
export async function mosaics(data: string, count: number): Promise<Buffer[]> {
  const lines = (await readFile(join(data, 'vehicles/scenes.jsonl'), 'utf8')).trim().split('\n');
  const scenes = lines
    .map((line) => JSON.parse(line) as { file: string; w: number; h: number; split: string })
    .filter((scene) => scene.split === 'val' && scene.w >= 480 && scene.w > scene.h);
  const random = seeded(3);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const tiles = await Promise.all(
        [0, 1, 2, 3].map(async (place) => {
          const scene = scenes[Math.floor(random() * scenes.length)]!;
          const input = await sharp(join(data, 'vehicles', scene.file))
            .resize(WIDTH / 2, HEIGHT / 2, { fit: 'cover' })
            .toBuffer();
          return { input, left: (place % 2) * (WIDTH / 2), top: Math.floor(place / 2) * (HEIGHT / 2) };
        }),
      );
      return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#727272' } })
        .composite(tiles)
        .jpeg({ quality: 85 })
        .toBuffer();
    }),
  );
}

/** Drawn full-HD scenes of a few vehicles with plates, grainy as a sensor makes them: for a machine without any pictures. */
export async function drawn(count: number): Promise<Buffer[]> {
  const random = seeded(5);
  return Promise.all(
    Array.from({ length: count }, async () => {
      const vehicles = Array.from({ length: 8 }, () => vehicle(random)).join('');
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
        <rect width="100%" height="100%" fill="#8b8f92"/><rect y="0" width="100%" height="240" fill="#b9c7d3"/>
        <path d="M700 240 L1220 240 L1900 1080 L20 1080 Z" fill="#54575a"/>${vehicles}</svg>`;
      const { data, info } = await sharp(Buffer.from(svg))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      const grainy = Uint8ClampedArray.from(data, (value) => value + normal(random) * 5);
      return sharp(Buffer.from(grainy.buffer), { raw: info }).jpeg({ quality: 85 }).toBuffer();
    }),
  );
}

function vehicle(random: () => number): string {
  const y = 300 + random() * 560;
  const size = 0.3 + ((y - 300) / 560) * 0.7;
  const [w, h] = [300 * size, 240 * size];
  const x = 300 + random() * 1200;
  const paint = ['#d8d8d6', '#1e2022', '#7d1a1a', '#28406e', '#8e9297'][Math.floor(random() * 5)]!;
  const plate = { w: w * 0.3, h: w * 0.3 * 0.5, x: x + w * 0.35, y: y + h * 0.68 };
  return `<g><rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${w * 0.1}" fill="${paint}"/>
    <rect x="${x + w * 0.12}" y="${y + h * 0.1}" width="${w * 0.76}" height="${h * 0.32}" rx="${w * 0.05}" fill="#2a343c"/>
    <rect x="${x + w * 0.04}" y="${y + h * 0.52}" width="${w * 0.14}" height="${h * 0.14}" fill="#b3261e"/>
    <rect x="${x + w * 0.82}" y="${y + h * 0.52}" width="${w * 0.14}" height="${h * 0.14}" fill="#b3261e"/>
    <rect x="${plate.x}" y="${plate.y}" width="${plate.w}" height="${plate.h}" fill="#f2f2ee" stroke="#222"/>
    <text x="${plate.x + plate.w / 2}" y="${plate.y + plate.h * 0.45}" font-size="${plate.h * 0.42}" text-anchor="middle" font-family="sans-serif" font-weight="bold">30F</text>
    <text x="${plate.x + plate.w / 2}" y="${plate.y + plate.h * 0.9}" font-size="${plate.h * 0.42}" text-anchor="middle" font-family="sans-serif" font-weight="bold">256.58</text></g>`;
}
