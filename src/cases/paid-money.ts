import type { Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';

/** Has the payments room look at every payment that brought money for a case: what is no longer owed goes back. */
export async function haveMoneyWeighed(trx: Db, caseId: string): Promise<void> {
  const paid = await trx
    .selectFrom('payments')
    .innerJoin('notices', 'notices.id', 'payments.notice_id')
    .where('notices.case_id', '=', caseId)
    .where('payments.paid_amount', '>', 0)
    .select('payments.id')
    .execute();
  for (const payment of paid) await enqueue(trx, 'settle', payment.id);
}
