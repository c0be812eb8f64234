import { sql } from 'kysely';
import { recordDecision, recordReceipt, type Officer, type PenaltyDecision } from '../../src/cases/index.js';
import { deliverNotice } from '../../src/notices/deliver.js';
import { HttpDigitalAccount } from '../../src/notices/digital-account-http.js';
import { issueNotice } from '../../src/notices/issue.js';
import type { GatewayEvent } from '../../src/payments/gateway.js';
import { HttpPaymentGateway } from '../../src/payments/gateway-http.js';
import { startDigitalAccount } from '../../src/simulators/digital-account.js';
import { startPaymentGateway } from '../../src/simulators/payment-gateway.js';
import { testHouse } from '../../src/storage/test-house.js';
import { aDecision } from '../cases/a-decision.js';
import { confirmedCase } from '../notices/confirmed-case.js';

/** Of a person for a red light: the middle of 18 to 20 million. */
export const FINE = 19_000_000;

/** A house with one delivered notice, and a gateway whose webhooks go nowhere: events are taken by hand. */
export async function delivered(t: { teardown(fn: () => Promise<void>): void }) {
  const house = await testHouse(t);
  const account = await startDigitalAccount({ clock: house.clock });
  const gateway = await startPaymentGateway({ clock: house.clock, webhookUrl: 'http://127.0.0.1:9/nowhere' });
  t.teardown(() => Promise.all([account.close(), gateway.close()]).then(() => undefined));
  const made = await confirmedCase(house);
  const { id } = await issueNotice(house, made.caseId);
  await deliverNotice(
    house,
    id,
    new HttpDigitalAccount({ url: account.url, key: 'account-dev-key', clock: house.clock }),
  );
  const port = new HttpPaymentGateway({
    url: gateway.url,
    key: 'gateway-dev-key',
    payee: { bin: '970415', account: '1234567890' },
    clock: house.clock,
  });
  const officer: Officer = await house.db
    .selectFrom('officers')
    .select(['id', 'username', 'name', 'rank', 'unit', 'role'])
    .executeTakeFirstOrThrow();
  let n = 0;
  const rowOf = async (paymentId: string) =>
    house.db.selectFrom('payments').selectAll().where('id', '=', paymentId).executeTakeFirstOrThrow();
  return {
    house,
    noticeId: id,
    caseId: made.caseId,
    port,
    rowOf,
    officer: made.officer,
    decide: (changed: Partial<PenaltyDecision> = {}) =>
      recordDecision(house, { caseId: made.caseId, officer, decision: aDecision(house, changed) }),
    receive: (receivedOn: string) => recordReceipt(house, { caseId: made.caseId, officer, receivedOn }),
    state: async () =>
      (
        await house.db
          .selectFrom('cases')
          .select('state')
          .where('id', '=', made.caseId)
          .executeTakeFirstOrThrow()
      ).state,
    event: async (paymentId: string, changed: Partial<GatewayEvent> = {}): Promise<GatewayEvent> => {
      const row = await rowOf(paymentId);
      return {
        eventId: `e-${(n += 1)}`,
        orderId: row.gateway_id ?? '',
        reference: row.reference,
        amount: row.amount,
        currency: 'VND',
        paidAt: house.clock.now().toISOString(),
        ...changed,
      };
    },
    books: async () => {
      const { rows } = await sql<{ applied: string; refunds: string; receipts: string }>`
        select coalesce((select sum(applied) from payment_events), 0) applied, coalesce((select sum(amount) from refunds), 0) refunds,
               (select count(*) from receipts) receipts`.execute(house.db);
      return {
        applied: Number(rows[0]?.applied),
        refunds: Number(rows[0]?.refunds),
        receipts: Number(rows[0]?.receipts),
      };
    },
    pay: (reference: string, amount?: number) =>
      fetch(`${gateway.url}/_pay/${reference}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ amount }),
      }),
  };
}
