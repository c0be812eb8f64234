import t from 'tap';
import { answerResponse, respond, voidCase } from '../../src/cases/index.js';
import { addDays, dayOf } from '../../src/law/index.js';
import { accountOf, standingAt } from '../../src/payments/account.js';
import { createPayment } from '../../src/payments/create.js';
import { handlers } from '../../src/payments/jobs.js';
import { nextChange } from '../../src/payments/next-change.js';
import { reconcile } from '../../src/payments/reconcile.js';
import { recordEvent } from '../../src/payments/record.js';
import { refundVoided } from '../../src/payments/refunds.js';
import { delivered, FINE } from './delivered-notice.js';

const DAY = 86_400_000;
type Delivered = Awaited<ReturnType<typeof delivered>>;

const owed = async ({ house, noticeId }: Delivered) => {
  const account = await accountOf(house.db, noticeId);
  const now = house.clock.now();
  return { ...standingAt(account, now), lastDayToPay: account.lastDayToPay, next: nextChange(account, now) };
};
/** What the decision caused: every job of payments that is due. */
const doJobs = async ({ house }: Delivered) => {
  const rows = await house.db.selectFrom('payments').select('id').execute();
  for (const { id } of rows) await handlers.settle!(house, id);
};
const paid = async (made: Delivered, amount: number) => {
  const { id } = await createPayment(made.house, made.noticeId, made.port);
  return recordEvent(made.house, await made.event(id, { amount }));
};

t.test(
  'a notice bears no interest, however long it lies; nor does a decision that was not received',
  async (t) => {
    const made = await delivered(t);
    made.house.clock.advance(300 * DAY);
    t.match(await owed(made), { due: FINE, interest: 0, lastDayToPay: null, next: null });
    await made.decide({ issuedOn: dayOf(made.house.clock.now()) });
    made.house.clock.advance(60 * DAY);
    t.match(await owed(made), { due: FINE, interest: 0, lastDayToPay: null, next: null });
  },
);

t.test('interest begins after the tenth day from the receipt, on what the decision says', async (t) => {
  const made = await delivered(t);
  const today = dayOf(made.house.clock.now());
  await made.decide({ amount: 20_000_000, aggravating: 'tái phạm', receivedOn: today });
  const { lastDayToPay, next } = await owed(made);
  // The term is ten days, to the next working day: the law's table and calendar, tested there.
  t.ok(lastDayToPay! >= addDays(today, 10) && lastDayToPay! <= addDays(today, 12), lastDayToPay!);
  t.same(next, { day: addDays(lastDayToPay!, 2), due: 20_010_000 });
  const at = (day: string) => new Date(`${day}T09:00:00+07:00`);
  for (const [days, interest] of [
    [0, 0],
    [1, 0],
    [2, 10_000],
    [11, 100_000],
  ] as const) {
    made.house.clock.set(at(addDays(lastDayToPay!, days)));
    t.match(await owed(made), { interest, due: 20_000_000 + interest }, `${days} days after the last`);
  }
});

t.test('a receipt that is told late runs from its own day', async (t) => {
  const made = await delivered(t);
  const today = dayOf(made.house.clock.now());
  await made.decide();
  made.house.clock.advance(40 * DAY);
  t.equal((await owed(made)).interest, 0);
  await made.receive(today);
  const { interest, lastDayToPay } = await owed(made);
  t.ok(lastDayToPay! < addDays(today, 13));
  t.ok(interest >= 27 * 9_500 && interest <= 29 * 9_500, `${interest}`);
});

t.test('interest makes a new amount; the old order no longer pays it off', async (t) => {
  const made = await delivered(t);
  const { house, noticeId, port, event, state } = made;
  await made.decide({ receivedOn: dayOf(house.clock.now()) });
  const first = await createPayment(house, noticeId, port);
  t.equal(first.amount, FINE);
  house.clock.advance(16 * DAY);
  const late = await createPayment(house, noticeId, port);
  t.not(late.id, first.id);
  t.ok(late.amount > FINE, `${late.amount}`);
  t.equal(await recordEvent(house, await event(first.id)), 'partial');
  const rest = await createPayment(house, noticeId, port);
  t.equal(rest.amount, late.amount - FINE);
  t.equal(await recordEvent(house, await event(rest.id)), 'paid');
  t.equal(await state(), 'closed');
});

t.test('what was paid before counts; a higher decision leaves the rest owed', async (t) => {
  const made = await delivered(t);
  t.equal(await paid(made, 4_000_000), 'partial');
  await made.decide({ amount: 20_000_000, aggravating: 'tái phạm' });
  await doJobs(made);
  t.match(await owed(made), { due: 16_000_000, received: 4_000_000, over: 0 });
  t.equal(await paid(made, 16_000_000), 'paid');
  t.equal(await made.state(), 'closed');
  t.same(await made.books(), { applied: 20_000_000, refunds: 0, receipts: 1 });
});

t.test('a decision below what was paid gives the rest back, once, and the case is paid off', async (t) => {
  const made = await delivered(t);
  t.equal(await paid(made, 18_300_000), 'partial');
  t.equal(await paid(made, 400_000), 'partial');
  await made.decide({ amount: 18_000_000, mitigating: 'tự nguyện khai báo' });
  t.match(await owed(made), { due: 0, over: 700_000 });
  await doJobs(made);
  await doJobs(made);
  t.same(await made.books(), { applied: 18_000_000, refunds: 700_000, receipts: 1 });
  t.match(await owed(made), { due: 0, over: 0, received: 18_000_000 });
  t.equal(await made.state(), 'closed');
  const refunds = await made.house.db
    .selectFrom('refunds')
    .select(['amount', 'reason'])
    .orderBy('amount')
    .execute();
  t.same(
    refunds,
    [
      { amount: 300_000, reason: 'over' },
      { amount: 400_000, reason: 'over' },
    ],
    'the last sum first',
  );
  t.same(await reconcile(made.house, made.port), {
    asked: 1,
    found: 0,
    unanswered: 0,
    refunds: 0,
    closed: 0,
  });
  const voiding = { caseId: made.caseId, version: await made.version(), reason: 'điểm đo sai' };
  await voidCase(made.house, { ...voiding, officer: made.reviewer });
  await refundVoided(made.house);
  t.equal(
    (await made.books()).refunds,
    18_700_000,
    'voided afterwards, all that came in goes back and no đồng more',
  );
});

t.test('a decision of just what was paid is paid off without a refund', async (t) => {
  const made = await delivered(t);
  await paid(made, 18_000_000);
  await made.decide({ amount: 18_000_000, mitigating: 'tự nguyện khai báo' });
  t.same(
    await reconcile(made.house, made.port),
    { asked: 1, found: 0, unanswered: 0, refunds: 0, closed: 0 },
    'by the books, if the job is lost',
  );
  t.same(await made.books(), { applied: 18_000_000, refunds: 0, receipts: 1 });
  t.equal(await made.state(), 'closed');
  const leaf = await made.house.db
    .selectFrom('log_leaves')
    .select('entry')
    .where('kind', '=', 'payment')
    .executeTakeFirstOrThrow();
  t.match(leaf.entry, { said: { decision: '0456/QĐ-XPHC', receipt: /BL$/ } });
});

t.test('an order of the provisional amount, paid after a lower decision, gives the rest back', async (t) => {
  const made = await delivered(t);
  const { id } = await createPayment(made.house, made.noticeId, made.port);
  await made.decide({ amount: 18_000_000, mitigating: 'tự nguyện khai báo' });
  t.equal(await recordEvent(made.house, await made.event(id)), 'over');
  t.same(await made.books(), { applied: 18_000_000, refunds: 1_000_000, receipts: 1 });
});

t.test('contested before the books were weighed: settled while disputed, closed by the answer', async (t) => {
  const made = await delivered(t);
  const { house, caseId } = made;
  await paid(made, 18_500_000);
  await made.decide({ amount: 18_000_000, mitigating: 'tự nguyện khai báo' });
  await respond(house, {
    caseId,
    kind: 'dispute',
    text: 'Đèn còn vàng',
    attachments: [],
    actor: 'citizen:x',
  });
  await doJobs(made);
  t.equal(await made.state(), 'disputed');
  t.same(await made.books(), { applied: 18_000_000, refunds: 500_000, receipts: 1 });
  await doJobs(made);
  t.equal((await made.books()).receipts, 1);
  const answer = { caseId, version: await made.version(), outcome: 'uphold', answer: 'Ảnh rõ' } as const;
  t.match(await answerResponse(house, { ...answer, officer: made.reviewer }), { state: 'closed' });
});

t.test('money that comes while the decision is written is counted by one or the other', async (t) => {
  const made = await delivered(t);
  const { id } = await createPayment(made.house, made.noticeId, made.port);
  const event = await made.event(id, { amount: 18_400_000 });
  await Promise.all([
    made.decide({ amount: 18_000_000, mitigating: 'tự nguyện khai báo' }),
    recordEvent(made.house, event),
  ]);
  await doJobs(made);
  t.same(await made.books(), { applied: 18_000_000, refunds: 400_000, receipts: 1 });
  t.equal(await made.state(), 'closed');
});
