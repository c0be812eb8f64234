import { cloneSuspicion } from '../registry/index.js';
import type { Context } from '../storage/context.js';
import { appendEvent } from './events.js';
import { readCase, siteOf } from './record.js';
import { dropReviews } from './second-review.js';

/**
 * Looks for a clone once more before a case is confirmed. The match asked right after the act; since then the same plate
 * may have gone by elsewhere, breaking no law and so waking nobody. What is found holds the case, and its new version
 * sends the officer back to look. One that was looked into before stays settled.
 * @throws {CaseError} `CASE_NOT_FOUND`
 */
export async function holdLateClone(ctx: Context, caseId: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const record = await readCase(trx, caseId, true);
    if (record.state !== 'candidate' || record.vehicle === null || record.plateText === null) return;
    if (record.holds.some((h) => h.code === 'CLONE_SUSPECTED')) return;
    const site = await siteOf(trx, record);
    const found = await cloneSuspicion(trx, record.plateText, site, record.occurredAt);
    if (!found) return;
    const at = ctx.clock.now();
    await trx
      .updateTable('cases')
      .set({
        holds: JSON.stringify([...record.holds, found.hold]),
        version: record.version + 1,
        updated_at: at,
      })
      .where('id', '=', caseId)
      .execute();
    await dropReviews(trx, caseId, at);
    await appendEvent(trx, {
      caseId,
      kind: 'rematch',
      actor: 'system:registry',
      at,
      data: { holds: [found.hold.code] },
    });
  });
}
