import { sql } from 'kysely';
import { newId } from '../core/ids.js';
import { appendLeaf, framesDigest } from '../evidence/index.js';
import type { Context, Db } from '../storage/context.js';
import { listForRemoval } from '../storage/kept-bytes.js';
import { holdsStand } from './holds.js';
import { neededUntil } from './needed.js';
import { letGoBefore } from './policy.js';
import { takeReady, type ReadyFrame } from './ready.js';
import { removeBytes } from './remove-bytes.js';

/** One portion is one deletion record: small, so that nothing waits long for its locks. */
const PORTION = 1000;

type House = Pick<Context, 'db' | 'blobs' | 'clock' | 'config'>;

export interface LetGoSum {
  frames: number;
  bytes: number;
  records: number;
  /** Files taken from the store, those of earlier runs among them. */
  removed: number;
}

/**
 * Lets go what the policy lets go, portion by portion, and removes the bytes; what an earlier run left over goes first.
 * At most `portions` of them. Any number of boxes may do so at once.
 */
export async function letGoAll(ctx: House, portions = Infinity): Promise<LetGoSum> {
  const sum = { frames: 0, bytes: 0, records: 0, removed: await removeBytes(ctx) };
  for (let i = 0; i < portions; i += 1) {
    const { looked, record } = await letGoPortion(ctx);
    if (looked === 0) break;
    if (record === null) continue;
    sum.frames += record.frames;
    sum.bytes += record.bytes;
    sum.records += 1;
    sum.removed += await removeBytes(ctx);
  }
  return sum;
}

export interface DeletionRecord {
  readonly id: string;
  readonly frames: number;
  readonly bytes: number;
}

/**
 * Looks at the next frames whose time is over, and marks those that nobody needs as let go, with a deletion record in the
 * evidence log, in one transaction. No byte is touched here: only what has committed may be removed, so that a crash leaves
 * bytes for the next run and never a row that says something else than what was done.
 */
export async function letGoPortion(
  ctx: House,
  limit = PORTION,
): Promise<{ readonly looked: number; readonly record: DeletionRecord | null }> {
  const now = ctx.clock.now();
  const before = letGoBefore(ctx.config, now);
  if (before === null) return { looked: 0, record: null };
  return ctx.db.transaction().execute(async (trx) => {
    await holdsStand(trx);
    const ready = await takeReady(trx, before, now, limit);
    if (ready.length === 0) return { looked: 0, record: null };
    const needed = await neededUntil(
      trx,
      ready.map((frame) => frame.id),
      { before, now },
    );
    await lookAgain(trx, needed);
    const free = ready.filter((frame) => !needed.has(frame.id));
    const record = free.length === 0 ? null : await recordDeletion(trx, free, ctx.config.retentionHours, now);
    return { looked: ready.length, record };
  });
}

async function lookAgain(trx: Db, needed: ReadonlyMap<string, Date>): Promise<void> {
  if (needed.size === 0) return;
  await sql`
    update frames f set look_again_at = n.until
    from unnest(${[...needed.keys()]}::uuid[], ${[...needed.values()]}::timestamptz[]) as n (id, until)
    where f.id = n.id`.execute(trx);
}

async function recordDeletion(
  trx: Db,
  frames: readonly ReadyFrame[],
  hours: number,
  now: Date,
): Promise<DeletionRecord> {
  const received = frames.map((frame) => frame.received_at.getTime());
  const record = {
    id: newId(now.getTime()),
    frames: frames.length,
    bytes: frames.reduce((sum, frame) => sum + frame.bytes, 0),
  };
  await trx
    .insertInto('deletion_records')
    .values({
      ...record,
      at: now,
      policy_hours: hours,
      received_from: new Date(Math.min(...received)),
      received_to: new Date(Math.max(...received)),
      digest: framesDigest(frames),
    })
    .execute();
  await trx
    .updateTable('frames')
    .set({ let_go_at: now, deletion_id: record.id })
    .where(
      'id',
      'in',
      frames.map((frame) => frame.id),
    )
    .execute();
  await listForRemoval(
    trx,
    frames.map((frame) => frame.sha256),
    now,
  );
  // Last, since the log is one chain: whoever seals meanwhile waits for us from here on only.
  await appendLeaf(trx, { kind: 'deletion', subject: record.id, at: now });
  return record;
}
