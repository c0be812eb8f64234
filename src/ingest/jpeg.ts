import { IngestError } from './errors.js';

const START = Buffer.from([0xff, 0xd8, 0xff]);
const END = Buffer.from([0xff, 0xd9]);
// Cameras append private data after the end mark; a lost frame is worse than one that vision sets aside later.
const TRAILER = 64 * 1024;

/**
 * Looks at the first and last bytes only: a picture is never decoded before it is acknowledged.
 * @throws {IngestError} `BODY_EMPTY` | `NOT_JPEG` | `JPEG_TRUNCATED` (no end mark in the last 64 KiB)
 */
export function checkJpegEnds(picture: Buffer): void {
  if (picture.length === 0) throw new IngestError('BODY_EMPTY', 'the picture has no bytes');
  if (!picture.subarray(0, 3).equals(START)) {
    throw new IngestError('NOT_JPEG', 'the picture does not begin with a JPEG start mark (FF D8 FF)');
  }
  const from = Math.max(3, picture.length - TRAILER);
  if (picture.subarray(from).lastIndexOf(END) < 0) {
    throw new IngestError('JPEG_TRUNCATED', 'the picture ends before its JPEG end mark (FF D9)');
  }
}
