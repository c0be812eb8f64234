import sharp from 'sharp';
import { frameBytes } from '../../evidence/index.js';
import type { Context } from '../../storage/context.js';
import { refusal } from './refusal.js';

/** Derived pictures are made on the way out; what is stored is never touched. */
export type Crop = readonly [x0: number, y0: number, x1: number, y1: number];

/**
 * The pushed bytes of a frame that belongs to a case's passage, as they were pushed.
 * @throws {HttpRefusal} 404 if the frame is not one of the case's
 * @throws {EvidenceError} `FRAME_LET_GO`
 */
export async function framePicture(
  ctx: Context,
  caseId: string,
  frameId: string,
): Promise<{ bytes: Buffer; sha256: string }> {
  const row = await ctx.db
    .selectFrom('cases')
    .innerJoin('violations', 'violations.id', 'cases.violation_id')
    .innerJoin('passages', 'passages.id', 'violations.passage_id')
    .select(['passages.track', 'violations.evidence'])
    .where('cases.id', '=', caseId)
    .executeTakeFirst();
  const belongs = row !== undefined && JSON.stringify([row.track, row.evidence]).includes(`"${frameId}"`);
  const frame = belongs
    ? await ctx.db.selectFrom('frames').select('sha256').where('id', '=', frameId).executeTakeFirst()
    : undefined;
  if (frame === undefined) throw refusal(404, 'NO_SUCH_FRAME');
  return { bytes: await frameBytes(ctx, { frameId, sha256: frame.sha256 }), sha256: frame.sha256 };
}

/** A part of the picture with `pad` of its own size around it, enlarged to at most `width` pixels, as JPEG. */
export async function cropOf(bytes: Buffer, crop: Crop, pad: number, width: number): Promise<Buffer> {
  const picture = sharp(bytes, { limitInputPixels: 64_000_000 });
  const { width: w = 0, height: h = 0 } = await picture.metadata();
  const [x0, y0, x1, y1] = crop;
  const px = (x1 - x0) * pad;
  const py = (y1 - y0) * pad;
  const left = Math.max(0, Math.floor(x0 - px));
  const top = Math.max(0, Math.floor(y0 - py));
  const right = Math.min(w, Math.ceil(x1 + px));
  const bottom = Math.min(h, Math.ceil(y1 + py));
  if (right - left < 2 || bottom - top < 2) throw refusal(400, 'INVALID_REQUEST', 'box');
  return picture
    .extract({ left, top, width: right - left, height: bottom - top })
    .resize({ width, withoutEnlargement: false, kernel: 'cubic' })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** A small overview for the frame strip. */
export function thumbnailOf(bytes: Buffer, width: number): Promise<Buffer> {
  return sharp(bytes, { limitInputPixels: 64_000_000 }).resize({ width }).jpeg({ quality: 78 }).toBuffer();
}
