import jsQR from 'jsqr';
import sharp from 'sharp';

/** The text of the first QR in a picture, or null. */
export async function readQr(picture: string | Buffer): Promise<string | null> {
  const { data, info } = await sharp(picture)
    .flatten({ background: '#fff' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const read = (jsQR as unknown as typeof jsQR.default)(new Uint8ClampedArray(data), info.width, info.height);
  return read?.data ?? null;
}
