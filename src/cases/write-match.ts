import { canonicalJson } from '../evidence/index.js';
import { deadline } from '../law/index.js';
import { holds as holdList, sealOwner, unsealOwner, type Hold, type Match } from '../registry/index.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { nextAlarm } from './alarms.js';
import { appendEvent } from './events.js';
import { dropReviews } from './second-review.js';

/** What a match found, with what the case shows of the plate. */
export type Found = Match & { readonly plateText: string | null; readonly plateColour: string | null };

/** The act that a case is opened from. */
export interface MatchedAct {
  readonly id: string;
  readonly law_code: string;
  readonly occurred_at: Date;
  readonly site_id: string;
}

function columnsOf(ctx: Context, caseId: string, found: Found) {
  return {
    plate_text: found.plateText,
    plate_colour: found.plateColour,
    holds: JSON.stringify(found.holds),
    vehicle: found.vehicle === null ? null : JSON.stringify(found.vehicle),
    owner_sealed: found.owner === null ? null : sealOwner(ctx.keys, caseId, found.owner),
    owner_kind: found.owner?.kind ?? null,
    digital_account: found.owner?.digitalAccount ?? null,
  };
}

/** False if the case is there already: however often the job runs, a violation has one case. */
export async function openCaseRow(
  ctx: Context,
  trx: Db,
  caseId: string,
  violation: MatchedAct,
  found: Found,
): Promise<boolean> {
  const at = ctx.clock.now();
  const noticeDueAt = deadline('notice', violation.occurred_at);
  const expiresAt = deadline('limitation', violation.occurred_at);
  const made = await trx
    .insertInto('cases')
    .values({
      id: caseId,
      violation_id: violation.id,
      state: 'candidate',
      ...columnsOf(ctx, caseId, found),
      law_code: violation.law_code,
      occurred_at: violation.occurred_at,
      site_id: violation.site_id,
      notice_due_at: noticeDueAt,
      expires_at: expiresAt,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('violation_id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) return false;
  await appendEvent(trx, {
    caseId,
    kind: 'open',
    actor: 'system:registry',
    at,
    to: 'candidate',
    data: { holds: codes(found.holds) },
  });
  await trx.updateTable('violations').set({ state: 'matched' }).where('id', '=', violation.id).execute();
  const alarm = nextAlarm({ noticeDueAt, expiresAt }, at);
  if (alarm) await enqueue(trx, 'remind', caseId, alarm.at);
  return true;
}

/**
 * Writes what is new about a candidate; the officer who has it open is told by the version. False, with nothing written,
 * if the case is no longer at the version `from` that was matched: its colour or holds may be others now.
 */
export async function rematch(
  ctx: Context,
  trx: Db,
  caseId: string,
  found: Found,
  from: number | null,
): Promise<boolean> {
  const row = await trx
    .selectFrom('cases')
    .select(['state', 'holds', 'vehicle', 'owner_sealed', 'version'])
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state !== 'candidate') return true;
  if (row.version !== from) return false;
  const owner = row.owner_sealed === null ? null : unsealOwner(ctx.keys, caseId, row.owner_sealed);
  const same =
    sameJson(row.holds, found.holds) && sameJson(row.vehicle, found.vehicle) && sameJson(owner, found.owner);
  if (same) return true;
  const at = ctx.clock.now();
  await trx
    .updateTable('cases')
    .set({ ...columnsOf(ctx, caseId, found), version: row.version + 1, updated_at: at })
    .where('id', '=', caseId)
    .execute();
  await appendEvent(trx, {
    caseId,
    kind: 'rematch',
    actor: 'system:registry',
    at,
    data: { holds: codes(found.holds) },
  });
  await dropReviews(trx, caseId, at);
  return true;
}

/** The other half of a suspected clone is as doubtful as this one: its open candidates are matched again, once. */
export async function warnClone(trx: Db, match: Match): Promise<void> {
  if (match.clonePassage === null) return;
  const others = await trx
    .selectFrom('cases as c')
    .innerJoin('violations as v', 'v.id', 'c.violation_id')
    .where('v.passage_id', '=', match.clonePassage)
    .where('c.state', '=', 'candidate')
    .select(['v.id', 'c.holds'])
    .execute();
  for (const other of others) {
    if (!holdList.parse(other.holds).some((h) => h.code === 'CLONE_SUSPECTED'))
      await enqueue(trx, 'match', other.id);
  }
}

const codes = (found: readonly Hold[]): string[] =>
  found.filter((h) => h.cleared === undefined).map((h) => h.code);

/** Postgres keeps jsonb with its keys in another order. */
const sameJson = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);
