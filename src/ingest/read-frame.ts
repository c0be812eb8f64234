import { sql } from 'kysely';
import type { Box, FrameReading } from '../vision/observation.js';
import type { FrameHints } from '../vision/eyes.js';
import { siteVersion } from '../sites/site-schema.js';
import { idOf } from '../core/ids.js';
import type { Context, Db } from '../storage/context.js';
import { HopelessJob } from '../storage/handlers.js';
import { NotNow } from '../storage/outage.js';
import { enqueue } from '../storage/outbox.js';
import { isPictureFault, VisionError } from '../vision/errors.js';
import { frameClaims } from './claims.js';

/** Whoever turns bytes into a reading: the pool of vision processes. */
export interface FrameReader {
  read(frame: { bytes: Uint8Array } & FrameHints): Promise<FrameReading>;
}

/** How often a picture may bring its reader down before it is set aside. A store that is away does not count. */
const TRIES = 3;

/**
 * The `read` job: one accepted frame becomes observations, once. The frame's bytes are the ones that were pushed,
 * checked against their SHA-256. Writes the reading, its observations and the site's `judge` job in one transaction.
 * @throws {HopelessJob} for a picture that cannot be read, or that has failed three times; {NotNow} for one that has not
 * yet; {StorageError} `BLOB_MISSING` | `BLOB_CORRUPT`, of which the operator must hear; `BLOB_UNAVAILABLE` and whatever the
 * database throws, to be tried until the store is back
 */
export async function readFrame(ctx: Context, reader: FrameReader, frameId: string): Promise<void> {
  const frame = await ctx.db.selectFrom('frames').selectAll().where('id', '=', frameId).executeTakeFirst();
  if (frame === undefined || frame.state !== 'received') return;
  const bytes = await ctx.blobs.get(frame.sha256);
  const hints = await hintsFor(ctx, frame);
  let reading: FrameReading;
  try {
    reading = await reader.read({ bytes, ...hints });
  } catch (error) {
    const code = error instanceof VisionError ? error.code : 'VISION_FAILED';
    if (isPictureFault(error)) throw new HopelessJob(code, { cause: error });
    // The house is stopping: that is not the picture's fault.
    const stopping = code === 'VISION_CLOSED';
    if (!stopping && (await countFailure(ctx, frameId)) >= TRIES)
      throw new HopelessJob(code, { cause: error });
    throw new NotNow(code, { cause: error });
  }
  await storeReading(ctx, frame, reading);
}

async function countFailure(ctx: Context, frameId: string): Promise<number> {
  const { attempts } = await ctx.db
    .updateTable('frames')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', frameId)
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return attempts;
}

/** A frame that could not be read is kept with the reason; judging goes on without it. */
export async function setFrameAside(ctx: Context, frameId: string, reason: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const frame = await trx
      .updateTable('frames')
      .set({ state: 'set_aside', set_aside_reason: reason.slice(0, 500), read_at: ctx.clock.now() })
      .where('id', '=', frameId)
      .where('state', '=', 'received')
      .returning('site_id')
      .executeTakeFirst();
    if (frame !== undefined) await enqueue(trx, 'judge', frame.site_id);
  });
}

/**
 * Puts a frame that was set aside back to where `readFrame` takes it up. One that judging has gone past stays past: what is
 * read in it now is kept and shown, and left out of the judgement, which must come out the same when it is replayed.
 */
export async function readAgain(db: Db, frameId: string): Promise<void> {
  await db
    .updateTable('frames')
    .set({
      state: 'received',
      attempts: 0,
      set_aside_reason: null,
      read_at: null,
      judged_late: sql<boolean>`judged_late or judged_at is not null`,
    })
    .where('id', '=', frameId)
    .where('state', '=', 'set_aside')
    .execute();
}

interface FrameRow {
  readonly id: string;
  readonly site_id: string;
  readonly camera_id: string;
  readonly captured_at: Date;
  readonly claims: unknown;
}

async function hintsFor(ctx: Context, frame: FrameRow): Promise<FrameHints> {
  const claimed = frameClaims.safeParse(frame.claims);
  const plateBox = claimed.success ? (claimed.data.plate?.box as Box | undefined) : undefined;
  const row = await ctx.db
    .selectFrom('site_versions')
    .select('body')
    .where('site_id', '=', frame.site_id)
    .where('valid_from', '<=', frame.captured_at)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', frame.captured_at)]))
    .orderBy('version', 'desc')
    .executeTakeFirst();
  const site = row === undefined ? undefined : siteVersion.safeParse(row.body);
  const camera = site?.success ? site.data.cameras.find((c) => c.id === frame.camera_id) : undefined;
  return {
    ...(plateBox === undefined ? {} : { plateBox }),
    ...(camera === undefined ? {} : { lamps: camera.lamps }),
    ...(camera?.readingArea === undefined ? {} : { readingArea: camera.readingArea }),
  };
}

async function storeReading(ctx: Context, frame: FrameRow, reading: FrameReading): Promise<void> {
  const { observations, ...rest } = reading;
  await ctx.db.transaction().execute(async (trx) => {
    const taken = await trx
      .updateTable('frames')
      .set({ state: 'read', read_at: ctx.clock.now(), reading: JSON.stringify(rest) })
      .where('id', '=', frame.id)
      .where('state', '=', 'received')
      .returning('id')
      .executeTakeFirst();
    // Another process has read it meanwhile: its reading stands.
    if (taken === undefined) return;
    if (observations.length > 0) {
      await trx
        .insertInto('observations')
        .values(
          observations.map((seen, idx) => ({
            id: idOf('observation', frame.id, idx),
            frame_id: frame.id,
            site_id: frame.site_id,
            camera_id: frame.camera_id,
            captured_at: frame.captured_at,
            idx,
            kind: seen.kind,
            box: JSON.stringify(seen.box),
            score: seen.score,
            body_colour: seen.bodyColour,
            plate: seen.plate === null ? null : JSON.stringify(seen.plate),
          })),
        )
        .execute();
    }
    await enqueue(trx, 'judge', frame.site_id);
  });
}
