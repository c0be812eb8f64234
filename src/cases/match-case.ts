import { idOf } from '../core/ids.js';
import {
  holds as holdList,
  matchVehicle,
  registerOf,
  seenVehicle,
  type VehicleRegister,
} from '../registry/index.js';
import { isWithdrawn, isWithdrawnLocked, siteVersionOf } from '../sites/index.js';
import type { Context, Db } from '../storage/context.js';
import { evidenceList, framesOf } from './record.js';
import { openCaseRow, rematch, warnClone } from './write-match.js';

export const caseIdOf = (violationId: string): string => idOf('case', violationId);

/**
 * Matches a violation with the register and opens its one case, or matches the candidate that is there again (an officer
 * cleared a hold, another camera saw the plate). Asked again with nothing new it changes nothing; a case that an officer
 * has decided is left alone. A case that changed while the register was asked is matched anew: what an officer stated
 * meanwhile is not overwritten by the answer to an older question. Gives the case's id, or null for a violation that is
 * gone or dropped.
 */
export async function matchCase(
  ctx: Context,
  violationId: string,
  register: VehicleRegister = registerOf(ctx),
): Promise<string | null> {
  const violation = await readViolation(ctx.db, violationId);
  if (!violation || violation.state === 'dropped') return null;
  const caseId = caseIdOf(violationId);
  for (;;) {
    const done = await matchOnce(ctx, register, violation, caseId);
    if (done !== 'changed-meanwhile') return done === 'dropped' ? null : caseId;
  }
}

async function matchOnce(
  ctx: Context,
  register: VehicleRegister,
  violation: ReadViolation,
  caseId: string,
): Promise<'done' | 'dropped' | 'changed-meanwhile'> {
  const before = await ctx.db
    .selectFrom('cases')
    .select(['state', 'holds', 'stated_colour', 'version'])
    .where('id', '=', caseId)
    .executeTakeFirst();
  if (before && before.state !== 'candidate') return 'done';
  const version = { siteId: violation.site_id, version: violation.site_version };
  // Nobody is looked up for what a wrong version saw; a case that is there already is taken back by the withdrawal.
  if (await isWithdrawn(ctx.db, version)) return before ? 'done' : dropViolation(ctx.db, violation.id);

  const seen = seenVehicle.parse({
    kind: violation.kind,
    bodyColour: violation.body_colour,
    plate: violation.plate,
  });
  const match = await matchVehicle(
    ctx.db,
    register,
    {
      violationId: violation.id,
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
  return ctx.db.transaction().execute(async (trx) => {
    if (await isWithdrawnLocked(trx, version)) return before ? 'done' : dropViolation(trx, violation.id);
    if (!(await openCaseRow(ctx, trx, caseId, violation, found))) {
      if (!(await rematch(ctx, trx, caseId, found, before?.version ?? null))) return 'changed-meanwhile';
    }
    await warnClone(trx, match);
    return 'done';
  });
}

async function dropViolation(db: Db, id: string): Promise<'dropped'> {
  await db
    .updateTable('violations')
    .set({ state: 'dropped', drop_reason: 'site-version-withdrawn' })
    .where('id', '=', id)
    .where('state', '=', 'found')
    .execute();
  return 'dropped';
}

type ReadViolation = NonNullable<Awaited<ReturnType<typeof readViolation>>>;

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
