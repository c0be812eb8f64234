import type { Context } from '../storage/context.js';
import { voidCase } from './answers.js';
import { rejectCase } from './decide.js';
import { assertMayDecide, type Officer } from './officers.js';

export interface Withdrawn {
  /** Candidates that were rejected. */
  readonly rejected: number;
  /** Confirmed, notified, disputed and paid cases that were voided; what was paid is given back. */
  readonly voided: number;
}

/**
 * Takes back everything that rests on one version of a site, when it turns out to have been wrong (a yellow time, a
 * limit, a line drawn askew). The other way round there is nothing: cases are only ever confirmed one by one.
 * Each case is its own transaction; called again after a fault it goes on with what is left.
 * @throws {CaseError} `NOT_ALLOWED`, `REASON_REQUIRED`, `STALE_VERSION` if somebody decides a case at the same moment
 */
export async function withdrawSiteVersion(
  ctx: Context,
  wrong: {
    readonly siteId: string;
    readonly siteVersion: number;
    readonly officer: Officer;
    readonly reason: string;
  },
): Promise<Withdrawn> {
  const { officer, reason } = wrong;
  assertMayDecide(officer);
  const cases = await ctx.db
    .selectFrom('cases as c')
    .innerJoin('violations as v', 'v.id', 'c.violation_id')
    .where('v.site_id', '=', wrong.siteId)
    .where('v.site_version', '=', wrong.siteVersion)
    .where('c.state', 'not in', ['rejected', 'void'])
    .orderBy('c.created_at')
    .select(['c.id', 'c.state', 'c.version'])
    .execute();
  const done = { rejected: 0, voided: 0 };
  for (const { id: caseId, state, version } of cases) {
    if (state === 'candidate') {
      const decision = { caseId, officer, version, openedAt: null };
      await rejectCase(ctx, { ...decision, reason: 'site-or-device-error', note: reason });
      done.rejected += 1;
    } else {
      await voidCase(ctx, { caseId, officer, version, reason });
      done.voided += 1;
    }
  }
  return done;
}
