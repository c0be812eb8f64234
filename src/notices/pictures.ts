import sharp, { type Region, type Sharp } from 'sharp';
import type { Box } from '../core/box.js';
import { NoticeError } from './errors.js';

sharp.cache(false);

const LIMIT_PIXELS = 50_000_000;

/** The whole frame at `width` pixels with the vehicle outlined. Made on the fly; the frame itself is never touched. */
export async function overview(frame: Buffer, vehicle: Box | null, width = 1200): Promise<Buffer> {
  const size = await sizeOf(frame);
  const scale = Math.min(1, width / size.width);
  const w = Math.round(size.width * scale);
  const h = Math.round(size.height * scale);
  const picture = open(frame).resize(w, h);
  if (vehicle) picture.composite([{ input: outline(w, h, vehicle, scale) }]);
  return picture.jpeg({ quality: 82, mozjpeg: false }).toBuffer();
}

/** The plate with a margin of a fifth, enlarged without inventing detail (cubic, at most 6 times). */
export async function plateCrop(frame: Buffer, plate: Box, width = 480): Promise<Buffer> {
  return crop(frame, plate, 0.2, width, 6);
}

/** The vehicle with a margin of a tenth. */
export async function vehicleCrop(frame: Buffer, vehicle: Box, width = 800): Promise<Buffer> {
  return crop(frame, vehicle, 0.1, width, 3);
}

async function crop(
  frame: Buffer,
  box: Box,
  margin: number,
  width: number,
  largest: number,
): Promise<Buffer> {
  const size = await sizeOf(frame);
  const region = widened(box, margin, size);
  return open(frame)
    .extract(region)
    .resize({ width: Math.max(1, Math.min(width, Math.round(region.width * largest))), kernel: 'cubic' })
    .jpeg({ quality: 88 })
    .toBuffer();
}

/** Makes the given regions unrecognisable (bystanders, their plates); `keep`, the vehicle's own plate, stays as it was. */
export async function blurred(frame: Buffer, regions: readonly Box[], keep: Box | null): Promise<Buffer> {
  if (regions.length === 0) return frame;
  const size = await sizeOf(frame);
  const patches = await Promise.all(regions.map((box) => mosaic(frame, widened(box, 0.15, size))));
  if (keep) {
    const own = widened(keep, 0.05, size);
    patches.push({ input: await open(frame).extract(own).png().toBuffer(), left: own.left, top: own.top });
  }
  return open(frame).composite(patches).jpeg({ quality: 90 }).toBuffer();
}

/** Down to a few pixels and up again: unlike a blur it cannot be undone by sharpening. */
async function mosaic(frame: Buffer, region: Region): Promise<{ input: Buffer; left: number; top: number }> {
  const few = await open(frame).extract(region).resize(4, 3, { fit: 'fill' }).png().toBuffer();
  const input = await sharp(few)
    .resize(region.width, region.height, { fit: 'fill', kernel: 'cubic' })
    .png()
    .toBuffer();
  return { input, left: region.left, top: region.top };
}

function open(frame: Buffer): Sharp {
  return sharp(frame, { limitInputPixels: LIMIT_PIXELS });
}

async function sizeOf(frame: Buffer): Promise<{ width: number; height: number }> {
  try {
    const { width, height } = await open(frame).metadata();
    return { width, height };
  } catch (cause) {
    throw new NoticeError('PICTURE_MISSING', 'frame cannot be decoded', { cause });
  }
}

function widened(box: Box, share: number, size: { width: number; height: number }): Region {
  const dx = (box[2] - box[0]) * share;
  const dy = (box[3] - box[1]) * share;
  const left = Math.max(0, Math.min(size.width - 2, Math.floor(box[0] - dx)));
  const top = Math.max(0, Math.min(size.height - 2, Math.floor(box[1] - dy)));
  const right = Math.max(left + 2, Math.min(size.width, Math.ceil(box[2] + dx)));
  const bottom = Math.max(top + 2, Math.min(size.height, Math.ceil(box[3] + dy)));
  return { left, top, width: right - left, height: bottom - top };
}

function outline(w: number, h: number, box: Box, scale: number): Buffer {
  const [x0, y0, x1, y1] = box.map((v) => v * scale) as [number, number, number, number];
  const rect = `x="${x0.toFixed(1)}" y="${y0.toFixed(1)}" width="${(x1 - x0).toFixed(1)}" height="${(y1 - y0).toFixed(1)}" rx="4"`;
  const line = Math.max(2, w / 300);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}">
<rect ${rect} fill="none" stroke="#fff" stroke-width="${line * 2}"/><rect ${rect} fill="none" stroke="#d11a2a" stroke-width="${line}"/></svg>`,
  );
}
