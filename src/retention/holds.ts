import { sql } from 'kysely';
import { actorOf, assertMayDecide, type Officer } from '../cases/officers.js';
import { newId } from '../core/ids.js';
import { appendLeaf } from '../evidence/index.js';
import type { Context, Db } from '../storage/context.js';
import { RetentionError } from './errors.js';

const LOCK = sql`hashtextextended('legal holds', 0)`;

/** No hold is laid until the transaction ends. Any number of those who let frames go hold it together. */
export const holdsStand = (trx: Db): Promise<unknown> =>
  sql`select pg_advisory_xact_lock_shared(${LOCK})`.execute(trx);

export interface NewHold {
  readonly cameraId: string;
  readonly from: Date;
  readonly to: Date;
  readonly reason: string;
  readonly officer: Officer;
}

export interface LaidHold {
  readonly id: string;
  /** Pictures that it keeps, and those of its time that were let go before. */
  readonly kept: number;
  readonly gone: number;
}

/**
 * Keeps every frame of a camera and a time, whatever the policy, until an officer lifts the hold. Waits for those who let
 * frames go just now, so that what is told here holds from here on.
 * @throws {CaseError} `NOT_ALLOWED`
 * @throws {RetentionError} `CAMERA_UNKNOWN` | `REASON_REQUIRED` | `TIME_EMPTY`
 */
export async function layHold(ctx: Pick<Context, 'db' | 'clock'>, hold: NewHold): Promise<LaidHold> {
  const { cameraId, from, to, officer } = hold;
  assertMayDecide(officer);
  const reason = reasoned(hold.reason);
  if (to <= from) throw new RetentionError('TIME_EMPTY', 'a hold ends after it begins');
  return ctx.db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx);
    const camera = await trx.selectFrom('cameras').select('id').where('id', '=', cameraId).executeTakeFirst();
    if (camera === undefined) throw new RetentionError('CAMERA_UNKNOWN', `no camera ${cameraId}`);
    const at = ctx.clock.now();
    const id = newId(at.getTime());
    await trx
      .insertInto('legal_holds')
      .values({ id, camera_id: cameraId, from_at: from, to_at: to, reason, officer_id: officer.id, at })
      .execute();
    const entry = { camera: cameraId, from, to, reason, by: actorOf(officer) };
    await appendLeaf(trx, { kind: 'hold', subject: id, entry, at });
    const { rows } = await sql<{ kept: number; gone: number }>`
      select count(*) filter (where let_go_at is null)::int as kept, count(let_go_at)::int as gone from frames
      where camera_id = ${cameraId} and captured_at between ${from} and ${to}`.execute(trx);
    return { id, ...rows[0]! };
  });
}

/**
 * Ends a hold; it stays on record. Its frames go with the policy again, within a day.
 * @throws {CaseError} `NOT_ALLOWED`
 * @throws {RetentionError} `HOLD_NOT_FOUND` | `HOLD_LIFTED` | `REASON_REQUIRED`
 */
export async function liftHold(
  ctx: Pick<Context, 'db' | 'clock'>,
  lift: { readonly id: string; readonly reason: string; readonly officer: Officer },
): Promise<void> {
  const { id, officer } = lift;
  assertMayDecide(officer);
  const reason = reasoned(lift.reason);
  await ctx.db.transaction().execute(async (trx) => {
    const at = ctx.clock.now();
    const hold = await trx
      .selectFrom('legal_holds')
      .select('lifted_at')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (hold === undefined) throw new RetentionError('HOLD_NOT_FOUND', `no hold ${id}`);
    if (hold.lifted_at !== null) throw new RetentionError('HOLD_LIFTED', `hold ${id} was lifted before`);
    await trx
      .updateTable('legal_holds')
      .set({ lifted_at: at, lifted_by: officer.id, lift_reason: reason })
      .where('id', '=', id)
      .execute();
    await appendLeaf(trx, { kind: 'hold-lifted', subject: id, entry: { reason, by: actorOf(officer) }, at });
  });
}

/** Every hold with who and why, the newest first. */
export const holds = (db: Db) =>
  db
    .selectFrom('legal_holds as h')
    .innerJoin('officers as o', 'o.id', 'h.officer_id')
    .leftJoin('officers as l', 'l.id', 'h.lifted_by')
    .select([
      'h.id',
      'h.camera_id as cameraId',
      'h.from_at as from',
      'h.to_at as to',
      'h.reason',
      'o.username as by',
      'h.at',
      'h.lifted_at as liftedAt',
      'l.username as liftedBy',
      'h.lift_reason as liftReason',
    ])
    .orderBy('h.at', 'desc')
    .execute();

function reasoned(text: string): string {
  if (text.trim() === '')
    throw new RetentionError('REASON_REQUIRED', 'a hold is laid and lifted for a reason');
  return text.trim();
}
