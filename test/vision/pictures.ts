import sharp from 'sharp';

/** A flat JPEG. */
export function plainJpeg(width: number, height: number, background = '#808080'): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

/** A drawn JPEG. */
export function drawnJpeg(width: number, height: number, shapes: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapes}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#777' }).jpeg({ quality: 92 }).toBuffer();
}

/** A JPEG of a few hundred bytes that says of itself that it has 20,000 x 20,000 pixels. */
export async function bomb(): Promise<Buffer> {
  const bytes = Buffer.from(await plainJpeg(64, 64));
  const frameHeader = bytes.indexOf(Buffer.from([0xff, 0xc0]));
  bytes.writeUInt16BE(20_000, frameHeader + 5);
  bytes.writeUInt16BE(20_000, frameHeader + 7);
  return bytes;
}
