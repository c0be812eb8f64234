import { startChore, type Chore } from '../storage/chore.js';
import type { Context } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { hasOpenJob } from '../storage/set-aside.js';

const EVERY_MS = 10 * 60_000;
const OLD_MS = 30 * 60_000;
const MOST = 500;

/**
 * Asks again for violations that are in no case and whose job was given up, say in a long outage of the register: each
 * has a statutory deadline that does not wait. Gives how many.
 */
export async function matchForgotten(ctx: Pick<Context, 'db' | 'clock'>): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const forgotten = await trx
      .selectFrom('violations as v')
      .select('v.id')
      .where('v.state', '=', 'found')
      .where('v.created_at', '<', new Date(ctx.clock.now().getTime() - OLD_MS))
      .where((eb) => eb.not(hasOpenJob('match', eb.ref('v.id'))))
      .orderBy('v.created_at')
      .limit(MOST)
      .forUpdate('v')
      .skipLocked()
      .execute();
    for (const { id } of forgotten) await enqueue(trx, 'match', id);
    return forgotten.length;
  });
}

/**
 * Asks again for the notices of confirmed cases that have none and whose job was given up: their term runs on. A case has
 * one notice however often it is asked for. Gives how many.
 */
export async function issueForgotten(ctx: Pick<Context, 'db' | 'clock'>): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const forgotten = await trx
      .selectFrom('cases as c')
      .select('c.id')
      .where('c.state', '=', 'confirmed')
      .where('c.updated_at', '<', new Date(ctx.clock.now().getTime() - OLD_MS))
      .where((eb) =>
        eb.not(
          eb.exists(eb.selectFrom('notices as n').select('n.id').where('n.case_id', '=', eb.ref('c.id'))),
        ),
      )
      .where((eb) => eb.not(hasOpenJob('issue', eb.ref('c.id'))))
      .orderBy('c.notice_due_at')
      .limit(MOST)
      .forUpdate('c')
      .skipLocked()
      .execute();
    for (const { id } of forgotten) await enqueue(trx, 'issue', id);
    return forgotten.length;
  });
}

/**
 * Asks again for deliveries that wait and whose job was given up. Those of owners without an account wait for paper, those
 * of voided cases for nothing. The notice's id keeps a second message from being made. Gives how many.
 */
export async function deliverForgotten(ctx: Pick<Context, 'db' | 'clock'>): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const forgotten = await trx
      .selectFrom('deliveries as d')
      .innerJoin('notices as n', 'n.id', 'd.notice_id')
      .innerJoin('cases as c', 'c.id', 'n.case_id')
      .select('d.notice_id')
      .where('d.state', '=', 'pending')
      .where('d.next_attempt_at', '<', new Date(ctx.clock.now().getTime() - OLD_MS))
      .where('c.state', '=', 'confirmed')
      .where('c.digital_account', 'is not', null)
      .where((eb) => eb.not(hasOpenJob('deliver', eb.ref('d.notice_id'))))
      .orderBy('d.next_attempt_at')
      .limit(MOST)
      .forUpdate('d')
      .skipLocked()
      .execute();
    for (const { notice_id: noticeId } of forgotten) await enqueue(trx, 'deliver', noticeId);
    return forgotten.length;
  });
}

/** Looks for forgotten violations, notices and deliveries every ten minutes while the process lives. */
export function startChores(ctx: Context): Chore {
  return startChore(ctx, EVERY_MS, 'forgotten', async () => {
    const asked = {
      violations: await matchForgotten(ctx),
      notices: await issueForgotten(ctx),
      deliveries: await deliverForgotten(ctx),
    };
    if (Object.values(asked).some((count) => count > 0))
      ctx.log.warn(asked, 'jobs that were given up are asked for again');
  });
}
