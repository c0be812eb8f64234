import sharp from 'sharp';
import { VisionError } from './errors.js';
import type { Raster } from './raster.js';

/** No traffic camera makes more; a bomb of a few kilobytes can unpack to gigabytes. */
export const PIXEL_LIMIT = 50_000_000;

// Each vision process owns one core; libvips' own threads and cache would only take them from its neighbours.
sharp.cache(false);
sharp.concurrency(1);

/**
 * JPEG, PNG or WebP to RGB, once a frame. An EXIF orientation is not applied: boxes are pixels of the picture as pushed.
 * @throws VisionError EMPTY_IMAGE, NOT_AN_IMAGE, TRUNCATED_IMAGE, DAMAGED_IMAGE, IMAGE_TOO_LARGE
 */
export async function decode(bytes: Uint8Array): Promise<Raster> {
  if (bytes.length === 0) throw new VisionError('EMPTY_IMAGE', 'the picture has no bytes');
  if (!isPicture(bytes)) throw new VisionError('NOT_AN_IMAGE', 'the bytes are no JPEG, PNG or WebP');
  try {
    const { data, info } = await sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: 'truncated' })
      .toColourspace('srgb')
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  } catch (cause) {
    throw explain(cause);
  }
}

/** The first bytes decide; libvips would also take SVG and others, which no camera sends and which can name other files. */
function isPicture(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(12, bytes.length)).toString('latin1');
  return (
    head.startsWith('\xff\xd8\xff') ||
    head.startsWith('\x89PNG\r\n\x1a\n') ||
    (head.startsWith('RIFF') && head.slice(8) === 'WEBP')
  );
}

function explain(cause: unknown): VisionError {
  const said = cause instanceof Error ? cause.message : String(cause);
  if (/pixel limit|dimensions? exceed|too (large|big)/i.test(said)) {
    return new VisionError('IMAGE_TOO_LARGE', `the picture has more than ${PIXEL_LIMIT} pixels`, { cause });
  }
  if (/premature end|truncated|end of (file|stream|input)|not enough|unexpected end/i.test(said)) {
    return new VisionError('TRUNCATED_IMAGE', 'the picture ends before it is complete', { cause });
  }
  return new VisionError('DAMAGED_IMAGE', 'the picture cannot be decoded', { cause });
}
