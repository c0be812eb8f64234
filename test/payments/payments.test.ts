import t from 'tap';
import { transition } from '../../src/cases/transitions.js';
import { createPayment } from '../../src/payments/create.js';
import { HttpPaymentGateway } from '../../src/payments/gateway-http.js';
import { handlers } from '../../src/payments/jobs.js';
import { reconcile } from '../../src/payments/reconcile.js';
import { recordEvent } from '../../src/payments/record.js';
import { refundSent, refundVoided } from '../../src/payments/refunds.js';
import { delivered, FINE } from './delivered-notice.js';

t.test('one open payment at a time, however many ask; its content names nobody', async (t) => {
  const { house, noticeId, port } = await delivered(t);
  const made = await Promise.all(Array.from({ length: 6 }, () => createPayment(house, noticeId, port)));
  t.equal(new Set(made.map((p) => p.id)).size, 1);
  t.match(made[0], { amount: FINE, content: /^TB0000012026 [2-9A-Z]{10}$/ });
  t.notMatch(made[0]?.qr, /30F25658|001185012345|BICH/i);
});

t.test('ten tellings of one event make one receipt and a closed case', async (t) => {
  const { house, noticeId, port, event, state, books, rowOf } = await delivered(t);
  const { id } = await createPayment(house, noticeId, port);
  const paid = await event(id);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => recordEvent(house, paid)));
  t.same(new Set(outcomes), new Set(['paid']));
  t.equal(await state(), 'closed');
  t.match(await rowOf(id), { state: 'paid', paid_amount: FINE });
  t.same(await books(), { applied: FINE, refunds: 0, receipts: 1 });
  const kinds = await house.db.selectFrom('case_events').select(['kind', 'actor']).orderBy('seq').execute();
  t.same(
    kinds.slice(-2).map((k) => k.kind),
    ['pay', 'close'],
  );
  t.ok(
    await house.db.selectFrom('log_leaves').select('idx').where('kind', '=', 'payment').executeTakeFirst(),
  );
  await t.rejects(createPayment(house, noticeId, port), { code: 'ALREADY_PAID' });
  await t.rejects(recordEvent(house, { ...paid, amount: 1 }), { code: 'EVENT_CHANGED' });
});

t.test('too little, then the rest; too much; twice; and money of nobody', async (t) => {
  const { house, noticeId, port, event, state, books } = await delivered(t);
  const first = await createPayment(house, noticeId, port);
  t.equal(await recordEvent(house, await event(first.id, { amount: 4_000_000 })), 'partial');
  t.equal(await state(), 'notified');
  const second = await createPayment(house, noticeId, port);
  t.equal(second.amount, FINE - 4_000_000);
  t.equal(await recordEvent(house, await event(second.id, { amount: FINE })), 'over');
  t.equal(await state(), 'closed');
  t.same(await books(), { applied: FINE, refunds: 4_000_000, receipts: 1 });
  t.equal(await recordEvent(house, await event(first.id, { amount: 500_000 })), 'duplicate');
  t.same(await books(), { applied: FINE, refunds: 4_500_000, receipts: 1 });
  t.equal(await recordEvent(house, await event(first.id, { reference: 'NOBODYS' })), 'unknown-reference');
  t.equal(await recordEvent(house, await event(first.id, { orderId: 'another' })), 'unknown-reference');
  t.equal(await recordEvent(house, await event(first.id, { currency: 'USD' })), 'wrong-currency');
  t.same(await books(), { applied: FINE, refunds: 4_500_000, receipts: 1 });
});

t.test('a gateway whose clock runs ahead makes nobody late', async (t) => {
  const { house, noticeId, port, event, state } = await delivered(t);
  const made = await createPayment(house, noticeId, port);
  const paidAt = new Date(house.clock.now().getTime() + 60 * 86_400_000).toISOString();
  t.equal(await recordEvent(house, await event(made.id, { paidAt })), 'paid');
  t.equal(await state(), 'closed');
});

t.test('a webhook that never came is found by asking', async (t) => {
  const { house, noticeId, port, state, books, rowOf, pay } = await delivered(t);
  const { id } = await createPayment(house, noticeId, port);
  await pay((await rowOf(id)).reference);
  t.same(await reconcile(house, port), { asked: 1, found: 1, unanswered: 0, refunds: 0, closed: 0 });
  t.equal(await state(), 'closed');
  t.same(await reconcile(house, port), { asked: 0, found: 0, unanswered: 0, refunds: 0, closed: 0 });
  t.same(await books(), { applied: FINE, refunds: 0, receipts: 1 });
  await handlers.settle?.(house, id);
});

t.test(
  'voided after payment: a refund is owed, once; money that crosses the voiding goes back',
  async (t) => {
    const { house, noticeId, caseId, port, event, books, rowOf, officer, state } = await delivered(t);
    const { id } = await createPayment(house, noticeId, port);
    await recordEvent(house, await event(id));
    await transition(house.db, { caseId, event: 'void', actor: `officer:${officer}`, at: house.clock.now() });
    await handlers.settle?.(house, id);
    t.equal(await refundVoided(house, caseId), 0, 'the job that voiding causes has written it');
    t.equal(await refundVoided(house), 0);
    t.match(await rowOf(id), { state: 'refunded' });
    t.equal((await books()).refunds, FINE);
    t.equal(await recordEvent(house, await event(id)), 'void');
    t.equal((await books()).refunds, 2 * FINE);
    const owed = await house.db
      .selectFrom('refunds')
      .select('id')
      .where('gateway_event_id', 'is', null)
      .executeTakeFirstOrThrow();
    await refundSent(house, owed.id, 'officer:ke.toan');
    await refundSent(house, owed.id, 'officer:ke.toan');
    const events = await house.db
      .selectFrom('case_events')
      .select('kind')
      .where('case_id', '=', caseId)
      .where('kind', '=', 'refund')
      .execute();
    t.equal(events.length, 1);
    t.equal(await state(), 'void');
  },
);

t.test(
  'paid while disputed: the money is taken, and the case closes when the officer has answered',
  async (t) => {
    const { house, noticeId, caseId, port, event, officer, state } = await delivered(t);
    const { id } = await createPayment(house, noticeId, port);
    await transition(house.db, {
      caseId,
      event: 'dispute',
      actor: `citizen:${noticeId}`,
      at: house.clock.now(),
    });
    t.equal((await createPayment(house, noticeId, port)).id, id, 'paying stays possible');
    t.equal(await recordEvent(house, await event(id)), 'paid');
    t.equal(await state(), 'disputed');
    await transition(house.db, {
      caseId,
      event: 'uphold',
      actor: `officer:${officer}`,
      at: house.clock.now(),
    });
    t.match(await reconcile(house, port), { closed: 1 });
    t.equal(await state(), 'closed');
  },
);

t.test('a gateway that is down or answers nonsense takes no money', async (t) => {
  const { house, noticeId } = await delivered(t);
  const down = new HttpPaymentGateway({
    url: 'http://127.0.0.1:9',
    key: 'k',
    payee: { bin: '970415', account: '1' },
    clock: house.clock,
    timeoutMs: 500,
  });
  await t.rejects(createPayment(house, noticeId, down), { code: 'GATEWAY_UNREACHABLE' });
  const open = await house.db.selectFrom('payments').select(['state', 'gateway_id']).execute();
  t.same(open, [{ state: 'created', gateway_id: null }], 'the same payment is opened by the next try');
});
