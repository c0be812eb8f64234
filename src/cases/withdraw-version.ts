import { appendLeaf } from '../evidence/log.js';
import { forgetTracks } from '../judging/store.js';
import { recordWithdrawal } from '../sites/index.js';
import type { Context } from '../storage/context.js';
import { voidCase } from './answers.js';
import { rejectCase } from './decide.js';
import { CaseError } from './errors.js';
import { assertMayDecide, type Officer } from './officers.js';

export interface Withdrawn {
  /** Violations of which no case was made yet. */
  readonly dropped: number;
  /** Candidates that were rejected. */
  readonly rejected: number;
  /** Confirmed, notified, disputed and paid cases that were voided; what was paid is given back. */
  readonly voided: number;
}

interface Wrong {
  readonly siteId: string;
  readonly siteVersion: number;
  readonly officer: Officer;
  readonly reason: string;
}

/**
 * Takes back everything that rests on one version of a site, when it turns out to have been wrong (a yellow time, a
 * limit, a line drawn askew). The other way round there is nothing: cases are only ever confirmed one by one.
 * The withdrawal itself is recorded first: from then on nothing new is judged, matched, confirmed or sent by the version.
 * Each case is its own transaction; one that somebody decides at the same moment is taken up again as it is then.
 * Called again after a fault it goes on with what is left.
 * @throws {CaseError} `NOT_ALLOWED`, `REASON_REQUIRED`
 * @throws {SiteError} `SITE_NOT_FOUND`
 */
export async function withdrawSiteVersion(ctx: Context, wrong: Wrong): Promise<Withdrawn> {
  assertMayDecide(wrong.officer);
  if (wrong.reason.trim() === '')
    throw new CaseError('REASON_REQUIRED', 'a version is withdrawn for a reason');
  const done = { dropped: await stopUsing(ctx, wrong), rejected: 0, voided: 0 };
  for (let left = await restingOn(ctx, wrong); left.length > 0; left = await restingOn(ctx, wrong)) {
    for (const one of left) {
      const became = await takeBack(ctx, wrong, one);
      if (became !== 'stale') done[became] += 1;
    }
  }
  return done;
}

async function stopUsing(ctx: Context, wrong: Wrong): Promise<number> {
  const { siteId, siteVersion: version, officer } = wrong;
  const reason = wrong.reason.trim();
  return ctx.db.transaction().execute(async (trx) => {
    const at = ctx.clock.now();
    if (await recordWithdrawal(trx, { siteId, version, officerId: officer.id, reason, at })) {
      // Vehicles on the road just now were measured by it.
      await forgetTracks(trx, siteId, at);
      const entry = { officer: officer.username, reason, at: at.toISOString() };
      await appendLeaf(trx, { kind: 'withdrawal', subject: `${siteId}/${version}`, entry, at });
    }
    const { numUpdatedRows } = await trx
      .updateTable('violations')
      .set({ state: 'dropped', drop_reason: 'site-version-withdrawn' })
      .where('site_id', '=', siteId)
      .where('site_version', '=', version)
      .where('state', '=', 'found')
      .executeTakeFirst();
    return Number(numUpdatedRows);
  });
}

interface Resting {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}

const restingOn = (ctx: Context, wrong: Wrong): Promise<Resting[]> =>
  ctx.db
    .selectFrom('cases as c')
    .innerJoin('violations as v', 'v.id', 'c.violation_id')
    .where('v.site_id', '=', wrong.siteId)
    .where('v.site_version', '=', wrong.siteVersion)
    .where('c.state', 'not in', ['rejected', 'void'])
    .orderBy('c.created_at')
    .select(['c.id', 'c.state', 'c.version'])
    .execute();

async function takeBack(
  ctx: Context,
  { officer, reason }: Wrong,
  { id: caseId, state, version }: Resting,
): Promise<'rejected' | 'voided' | 'stale'> {
  try {
    if (state !== 'candidate') {
      await voidCase(ctx, { caseId, officer, version, reason });
      return 'voided';
    }
    const decision = { caseId, officer, version, openedAt: null };
    await rejectCase(ctx, { ...decision, reason: 'site-or-device-error', note: reason });
    return 'rejected';
  } catch (error) {
    if (error instanceof CaseError && error.code === 'STALE_VERSION') return 'stale';
    throw error;
  }
}
