import type { Context, Db } from '../storage/context.js';
import { CaseError } from './errors.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { readCase } from './record.js';
import { activeReviews } from './second-review.js';
import { transition, type Moved } from './transitions.js';

/**
 * Takes one's own decision back within the seconds that the house allows, before a notice is made: another machine's clock
 * may run ahead of ours, so the notice itself is looked for. The decision stays on record as taken back; the case is a
 * candidate again.
 * @throws {CaseError} `NOT_ALLOWED` for another officer's decision, `UNDO_TOO_LATE`, `CASE_NOT_FOUND`
 */
export async function undoDecision(
  ctx: Context,
  undo: { readonly caseId: string; readonly officer: Officer },
): Promise<Moved> {
  const { caseId, officer } = undo;
  assertMayDecide(officer);
  return ctx.db.transaction().execute(async (trx) => {
    const record = await readCase(trx, caseId, true);
    const last = (await activeReviews(trx, caseId)).at(-1);
    if (!last || (record.state !== 'confirmed' && record.state !== 'rejected')) {
      throw new CaseError('UNDO_TOO_LATE', 'there is no decision to take back');
    }
    if (last.officerId !== officer.id)
      throw new CaseError('NOT_ALLOWED', 'only who decided may take it back');
    const at = ctx.clock.now();
    if (at.getTime() >= last.at.getTime() + ctx.config.undoSeconds * 1000) {
      throw new CaseError('UNDO_TOO_LATE', 'the time to take the decision back is over');
    }
    if (await hasNotice(trx, caseId)) throw new CaseError('UNDO_TOO_LATE', 'the notice has been made');
    // The job has not been handed over before its time; a decision made again gets a new one.
    await trx
      .deleteFrom('outbox')
      .where('key', '=', caseId)
      .where('topic', '=', 'issue')
      .where('dispatched_at', 'is', null)
      .execute();
    await trx.updateTable('reviews').set({ undone_at: at }).where('id', '=', last.id).execute();
    return transition(trx, {
      caseId,
      event: 'undo',
      actor: actorOf(officer),
      at,
      data: { reviewId: last.id },
    });
  });
}

/** A notice is made under the lock of its case, which the caller holds. */
async function hasNotice(trx: Db, caseId: string): Promise<boolean> {
  const row = await trx
    .selectFrom('notices')
    .select('id')
    .where('case_id', '=', caseId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
