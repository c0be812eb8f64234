import { idOf } from '../core/ids.js';
import { deadline } from '../law/index.js';
import {
  holds as holdList,
  matchVehicle,
  registerOf,
  sealOwner,
  seenVehicle,
  type Hold,
  type Match,
  unsealOwner,
  type VehicleRegister,
} from '../registry/index.js';
import { siteVersionOf } from '../sites/index.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { nextAlarm } from './alarms.js';
import { appendEvent } from './events.js';
import { evidenceList, framesOf } from './record.js';
import { dropReviews } from './second-review.js';

export const caseIdOf = (violationId: string): string => idOf('case', violationId);

/**
 * Matches a violation with the register and opens its one case, or matches the candidate that is there again (an officer
 * cleared a hold, another camera saw the plate). Asked again with nothing new it changes nothing; a case that an officer
 * has decided is left alone. Gives the case's id, or null for a violation that is gone or dropped.
 */
export async function matchCase(
  ctx: Context,
  violationId: string,
  register: VehicleRegister = registerOf(ctx),
): Promise<string | null> {
  const violation = await readViolation(ctx.db, violationId);
  if (!violation || violation.state === 'dropped') return null;
  const caseId = caseIdOf(violationId);
  const before = await ctx.db
    .selectFrom('cases')
    .select(['state', 'holds', 'stated_colour'])
    .where('id', '=', caseId)
    .executeTakeFirst();
  if (before && before.state !== 'candidate') return caseId;

  const seen = seenVehicle.parse({
    kind: violation.kind,
    bodyColour: violation.body_colour,
    plate: violation.plate,
  });
  const match = await matchVehicle(
    ctx.db,
    register,
    {
      rule: violation.rule,
      occurredAt: violation.occurred_at,
      site: await siteVersionOf(ctx.db, violation.site_id, violation.site_version),
      frames: await framesOf(ctx.db, evidenceList.parse(violation.evidence)),
      seen,
      statedColour: (before?.stated_colour ?? null) as 'white' | 'yellow' | 'blue' | null,
      before: before ? holdList.parse(before.holds) : [],
    },
    { actor: 'system:registry', purpose: 'match-violation', caseId },
  );
  const found = {
    ...match,
    plateText: seen.plate?.text ?? null,
    plateColour: match.vehicle?.plateColour ?? seen.plate?.colour ?? null,
  };
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await openCaseRow(ctx, trx, caseId, violation, found))) await rematch(ctx, trx, caseId, found);
    await warnClone(trx, match);
  });
  return caseId;
}

type Found = Match & { readonly plateText: string | null; readonly plateColour: string | null };
type Violation = NonNullable<Awaited<ReturnType<typeof readViolation>>>;

function readViolation(db: Db, id: string) {
  return db
    .selectFrom('violations as v')
    .innerJoin('passages as p', 'p.id', 'v.passage_id')
    .where('v.id', '=', id)
    .select([
      'v.id',
      'v.state',
      'v.rule',
      'v.law_code',
      'v.occurred_at',
      'v.site_id',
      'v.site_version',
      'v.evidence',
      'p.kind',
      'p.body_colour',
      'p.plate',
    ]) // prettier-ignore
    .executeTakeFirst();
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
async function openCaseRow(
  ctx: Context,
  trx: Db,
  caseId: string,
  violation: Violation,
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

/** Writes what is new about a candidate; the officer who has it open is told by the version. */
async function rematch(ctx: Context, trx: Db, caseId: string, found: Found): Promise<void> {
  const row = await trx
    .selectFrom('cases')
    .select(['state', 'holds', 'vehicle', 'owner_sealed', 'version'])
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (row.state !== 'candidate') return;
  const owner = row.owner_sealed === null ? null : unsealOwner(ctx.keys, caseId, row.owner_sealed);
  const same =
    sameJson(row.holds, found.holds) && sameJson(row.vehicle, found.vehicle) && sameJson(owner, found.owner);
  if (same) return;
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
}

/** The other half of a suspected clone is as doubtful as this one: its open candidates are matched again, once. */
async function warnClone(trx: Db, match: Match): Promise<void> {
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
function sameJson(a: unknown, b: unknown): boolean {
  return sorted(a) === sorted(b);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
