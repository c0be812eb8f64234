import { sql } from 'kysely';
import {
  correctDecision,
  recordDecision,
  recordReceipt,
  type Officer,
  type PenaltyDecision,
} from '../../src/cases/index.js';
import { deliverNotice } from '../../src/notices/deliver.js';
import { HttpDigitalAccount } from '../../src/notices/digital-account-http.js';
import { issueNotice } from '../../src/notices/issue.js';
import type { GatewayEvent } from '../../src/payments/gateway.js';
import { HttpPaymentGateway } from '../../src/payments/gateway-http.js';
import { startDigitalAccount } from '../../src/simulators/digital-account.js';
import { startPaymentGateway } from '../../src/simulators/payment-gateway.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { aDecision } from '../cases/a-decision.js';
import { confirmedCase, type CaseOptions } from '../notices/confirmed-case.js';

/** Of a person for a red light: the middle of 18 to 20 million. */
export const FINE = 19_000_000;

/** A house with one delivered notice, and a gateway whose webhooks go nowhere: events are taken by hand. */
export async function delivered(t: { teardown(fn: () => Promise<void>): void }) {
  const house = await testHouse(t);
  const account = await startDigitalAccount({ clock: house.clock });
  const gateway = await startPaymentGateway({ clock: house.clock, webhookUrl: 'http://127.0.0.1:9/nowhere' });
  t.teardown(() => Promise.all([account.close(), gateway.close()]).then(() => undefined));
  const { clock } = house;
  const outside = {
    gatewayUrl: gateway.url,
    account: new HttpDigitalAccount({ url: account.url, key: 'account-dev-key', clock }),
    port: new HttpPaymentGateway({
      url: gateway.url,
      key: 'gateway-dev-key',
      payee: { bin: '970415', account: '1234567890' },
      clock,
    }),
  };
  let cars = 0;
  /** One more notice in the same house. */
  const another = () => {
    const no = String((cars += 1)).padStart(3, '0');
    return deliverIn(house, outside, { plate: `29A11${no}`, display: `29A-11${no[0]}.${no.slice(1)}` });
  };
  return { ...(await deliverIn(house, outside, {})), another };
}

interface Outside {
  readonly gatewayUrl: string;
  readonly account: HttpDigitalAccount;
  readonly port: HttpPaymentGateway;
}

let events = 0;

async function deliverIn(house: TestHouse, outside: Outside, car: CaseOptions) {
  const { port } = outside;
  const made = await confirmedCase(house, car);
  const { id } = await issueNotice(house, made.caseId);
  await deliverNotice(house, id, outside.account);
  const officer: Officer = await house.db
    .selectFrom('officers')
    .select(['id', 'username', 'name', 'rank', 'unit', 'role'])
    .executeTakeFirstOrThrow();
  const { caseId } = made;
  const decision = (changed: Partial<PenaltyDecision>) => aDecision(house, changed);
  const rowOf = async (paymentId: string) =>
    house.db.selectFrom('payments').selectAll().where('id', '=', paymentId).executeTakeFirstOrThrow();
  return {
    house,
    noticeId: id,
    caseId,
    port,
    rowOf,
    officer: made.officer,
    /** Who looks at the case after it was notified. */
    reviewer: officer,
    version: async () =>
      (
        await house.db
          .selectFrom('cases')
          .select('version')
          .where('id', '=', caseId)
          .executeTakeFirstOrThrow()
      ).version,
    decide: (changed: Partial<PenaltyDecision> = {}) =>
      recordDecision(house, { caseId, officer, decision: decision(changed) }),
    correct: (changed: Partial<PenaltyDecision>, reason = 'gõ nhầm') =>
      correctDecision(house, { caseId, officer, reason, decision: decision(changed) }),
    receive: (receivedOn: string) => recordReceipt(house, { caseId, officer, receivedOn }),
    state: async () =>
      (await house.db.selectFrom('cases').select('state').where('id', '=', caseId).executeTakeFirstOrThrow())
        .state,
    event: async (paymentId: string, changed: Partial<GatewayEvent> = {}): Promise<GatewayEvent> => {
      const row = await rowOf(paymentId);
      return {
        eventId: `e-${(events += 1)}`,
        orderId: row.gateway_id ?? '',
        reference: row.reference,
        amount: row.amount,
        currency: 'VND',
        paidAt: house.clock.now().toISOString(),
        ...changed,
      };
    },
    /** Of this notice: what counts, what goes back, and how many receipts were given. */
    books: async () => {
      const { rows } = await sql<{ applied: string; refunds: string; receipts: string }>`
        with own as (select id from payments where notice_id = ${id})
        select coalesce((select sum(applied) from payment_events where payment_id in (select id from own)), 0) applied,
               coalesce((select sum(amount) from refunds where state <> 'counted' and payment_id in (select id from own)), 0) refunds,
               (select count(*) from receipts where payment_id in (select id from own)) receipts`.execute(
        house.db,
      );
      return {
        applied: Number(rows[0]?.applied),
        refunds: Number(rows[0]?.refunds),
        receipts: Number(rows[0]?.receipts),
      };
    },
    pay: (reference: string, amount?: number) =>
      fetch(`${outside.gatewayUrl}/_pay/${reference}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ amount }),
      }),
  };
}
