import { newId, sha256 } from '../core/ids.js';
import { canonicalJson } from '../evidence/index.js';
import type { Context, Db } from '../storage/context.js';
import { held, listForRemoval } from '../storage/kept-bytes.js';
import { isDataError } from '../storage/outage.js';
import { enqueue } from '../storage/outbox.js';
import { noteSpoke } from './cameras.js';
import { IngestError } from './errors.js';
import type { FramePush } from './push.js';
import { spendSignature } from './signatures.js';

export interface Accepted {
  readonly id: string;
  readonly sha256: string;
  /** The frame was here before; nothing new was made. */
  readonly duplicate: boolean;
}

/**
 * Makes a pushed frame durable. When it resolves, the bytes are fsynced under their SHA-256 and the row with its jobs
 * is committed; the picture is not decoded. The same frame again gives the same id.
 * @throws {IngestError} `REPLAYED` | `FRAME_CONFLICT` (same camera, instant and sequence, other bytes or claims)
 * | `METADATA_INVALID` (the database cannot keep it) | `STORAGE_DOWN` (nothing was acknowledged, push again)
 */
export async function acceptFrame(
  ctx: Pick<Context, 'db' | 'blobs' | 'clock'>,
  push: FramePush,
): Promise<Accepted> {
  try {
    const name = await ctx.blobs.put(push.picture);
    const receivedAt = ctx.clock.now();
    return await ctx.db.transaction().execute(async (db) => {
      if (push.signature !== undefined) await spendSignature(db, push.camera.id, push.signature, receivedAt);
      await noteSpoke(db, push.camera.id, receivedAt, push.clockOffsetMs);
      const made = await insertFrame(db, push, name, receivedAt);
      if (made === undefined) return knownFrame(db, push, name, receivedAt);
      const { id, letGoBefore } = made;
      // The bytes of an old frame that was let go: they may have been removed since they were put above.
      if (letGoBefore) await ctx.blobs.put(push.picture);
      await enqueue(db, 'read', id);
      await enqueue(db, 'seal', `frame/${id}`);
      return { id, sha256: name, duplicate: false };
    });
  } catch (error) {
    if (error instanceof IngestError) throw error;
    // The same push would be refused for ever, and a camera that stores and forwards would send nothing else.
    if (isDataError(error))
      throw new IngestError('METADATA_INVALID', 'what is said of the picture cannot be kept', {
        cause: error,
      });
    throw new IngestError('STORAGE_DOWN', 'the frame could not be stored, push it again', { cause: error });
  }
}

async function insertFrame(
  db: Db,
  push: FramePush,
  name: string,
  receivedAt: Date,
): Promise<{ id: string; letGoBefore: boolean } | undefined> {
  return db
    .insertInto('frames')
    .values({
      id: newId(receivedAt.getTime()),
      camera_id: push.camera.id,
      site_id: push.camera.siteId,
      sequence: push.metadata.sequence,
      captured_at: push.metadata.capturedAt,
      received_at: receivedAt,
      clock_offset_ms: push.clockOffsetMs,
      sha256: name,
      bytes: push.picture.length,
      content_type: push.contentType,
      headers: JSON.stringify(push.original),
      claims: JSON.stringify(push.metadata.claims),
    })
    .onConflict((conflict) => conflict.columns(['camera_id', 'captured_at', 'sequence']).doNothing())
    .returning((eb) => ['id', held(eb.ref('sha256')).as('letGoBefore')])
    .executeTakeFirst();
}

async function knownFrame(db: Db, push: FramePush, name: string, now: Date): Promise<Accepted> {
  const known = await db
    .selectFrom('frames')
    .select(['id', 'sha256', 'claims', 'let_go_at'])
    .where('camera_id', '=', push.camera.id)
    .where('captured_at', '=', push.metadata.capturedAt)
    .where('sequence', '=', push.metadata.sequence)
    .executeTakeFirstOrThrow();
  const differs =
    known.sha256 !== name
      ? 'bytes'
      : canonicalJson(known.claims) !== canonicalJson(push.metadata.claims)
        ? 'claims'
        : undefined;
  if (differs !== undefined) {
    throw new IngestError(
      'FRAME_CONFLICT',
      `frame ${known.id} has this sequence and instant, but other ${differs}`,
      {
        field: differs === 'bytes' ? 'body' : 'X-Claims',
        details: { id: known.id, sha256: known.sha256, pushed: sha256(push.picture) },
      },
    );
  }
  // Its picture was let go and has just been put again: it goes as the record says.
  if (known.let_go_at !== null) await listForRemoval(db, [name], now);
  return { id: known.id, sha256: name, duplicate: true };
}
