import fc from 'fast-check';
import t from 'tap';
import { answerResponse, respond, voidCase } from '../../src/cases/index.js';
import { verifyCase } from '../../src/evidence/index.js';
import { addDays, dayOf } from '../../src/law/index.js';
import { accountOf, standingAt } from '../../src/payments/account.js';
import { verifyReceipt } from '../../src/payments/checking.js';
import { createPayment } from '../../src/payments/create.js';
import { handlers } from '../../src/payments/jobs.js';
import { reconcile } from '../../src/payments/reconcile.js';
import { recordEvent } from '../../src/payments/record.js';
import { refundSent, refundVoided } from '../../src/payments/refunds.js';
import { delivered, FINE } from './delivered-notice.js';

const DAY = 86_400_000;
type Delivered = Omit<Awaited<ReturnType<typeof delivered>>, 'another'>;
const HIGHER = { amount: 20_000_000, aggravating: 'tái phạm' };
const LOWER = { amount: 18_000_000, mitigating: 'tự nguyện khai báo' };

const owed = async ({ house, noticeId }: Delivered) =>
  standingAt(await accountOf(house.db, noticeId), house.clock.now());
const doJobs = async ({ house, noticeId }: Delivered) => {
  const rows = await house.db.selectFrom('payments').select('id').where('notice_id', '=', noticeId).execute();
  for (const { id } of rows) await handlers.settle!(house, id);
};
const paid = async (made: Delivered, amount: number) => {
  const { id } = await createPayment(made.house, made.noticeId, made.port);
  return recordEvent(made.house, await made.event(id, { amount }));
};
const paidOff = async (t: Parameters<typeof delivered>[0]) => {
  const made = await delivered(t);
  await paid(made, FINE);
  return made;
};
const refundsOf = ({ house, noticeId }: Delivered) =>
  house.db
    .selectFrom('refunds as f')
    .innerJoin('payments as p', 'p.id', 'f.payment_id')
    .where('p.notice_id', '=', noticeId)
    .select(['f.id', 'f.amount', 'f.state'])
    .orderBy('f.created_at')
    .execute();
const receipts = ({ house }: Delivered) =>
  house.db.selectFrom('receipts').select(['verify_code', 'total']).orderBy('number').execute();

t.test(
  'paid off first, decided later at the same amount: the case stays closed, and knows its decision',
  async (t) => {
    const made = await paidOff(t);
    t.equal(await made.state(), 'closed');
    await made.decide();
    await doJobs(made);
    t.equal(await made.state(), 'closed');
    t.same(await made.books(), { applied: FINE, refunds: 0, receipts: 1 });
    t.match(await owed(made), { due: 0, over: 0 });
    await t.rejects(made.receive(dayOf(made.house.clock.now())), { code: 'RECEIPT_NOT_NOW' });
  },
);

t.test('decided lower: the rest goes back once, by the job or by the books', async (t) => {
  for (const weigh of [doJobs, (made: Delivered) => reconcile(made.house, made.port)]) {
    const made = await paidOff(t);
    await made.decide(LOWER);
    await weigh(made);
    await weigh(made);
    t.equal(await made.state(), 'closed');
    t.same(await made.books(), { applied: 18_000_000, refunds: 1_000_000, receipts: 1 });
    const [receipt] = await receipts(made);
    t.match(
      await verifyReceipt(made.house, receipt!.verify_code),
      { amount: FINE, stands: true },
      'as printed',
    );
  }
});

t.test('decided higher: the rest is owed on the same notice, with its own term', async (t) => {
  const made = await paidOff(t);
  const { house, noticeId, port, event } = made;
  house.clock.advance(3 * DAY);
  const today = dayOf(house.clock.now());
  await made.decide({ ...HIGHER, receivedOn: today });
  await doJobs(made);
  await doJobs(made);
  t.equal(await made.state(), 'notified');
  t.match(await owed(made), { due: 1_000_000, principal: 1_000_000, interest: 0, received: FINE });
  t.equal((await house.db.selectFrom('notices').select('id').execute()).length, 1, 'no second demand');
  const [first] = await receipts(made);
  t.match(await verifyReceipt(house, first!.verify_code), { amount: FINE, stands: true });

  const rest = await createPayment(house, noticeId, port);
  t.equal(rest.amount, 1_000_000);
  house.clock.set(new Date(`${addDays(today, 40)}T09:00:00+07:00`));
  const late = await owed(made);
  const { lastDayToPay } = await accountOf(house.db, noticeId);
  const days = (Date.parse(addDays(today, 40)) - Date.parse(lastDayToPay!)) / DAY - 1;
  t.equal(late.interest, days * 500, 'on the rest alone');
  t.equal(await recordEvent(house, await event(rest.id)), 'partial');
  t.equal(await paid(made, late.interest), 'paid');
  t.equal(await made.state(), 'closed');
  t.same(await made.books(), { applied: 20_000_000 + late.interest, refunds: 0, receipts: 2 });
  t.same(
    (await receipts(made)).map((one) => one.total),
    [FINE, 20_000_000 + late.interest],
  );
  t.same((await reconcile(house, port)).refunds, 0, 'interest that was paid is nothing to give back');
  const leaves = await house.db
    .selectFrom('log_leaves')
    .select('kind')
    .where('kind', '=', 'payment')
    .execute();
  t.equal(leaves.length, 2);
  const { findings } = await verifyCase(house, made.caseId);
  t.same(
    findings.filter((one) => ['payments', 'receipts', 'penalty_decisions'].includes(one.table)),
    [],
  );
});

t.test('what was paid towards a provisional amount is never late', async (t) => {
  const made = await delivered(t);
  const { house } = made;
  const issuedOn = dayOf(house.clock.now());
  house.clock.advance(40 * DAY);
  await paid(made, 15_000_000);
  house.clock.advance(1 * DAY);
  await made.decide({ issuedOn, receivedOn: issuedOn });
  await doJobs(made);
  const { principal, interest } = await owed(made);
  const { lastDayToPay } = await accountOf(house.db, made.noticeId);
  const days = (Date.parse(dayOf(house.clock.now())) - Date.parse(lastDayToPay!)) / DAY - 1;
  t.same({ principal, interest }, { principal: 4_000_000, interest: days * 2_000 });

  const all = await delivered(t);
  all.house.clock.advance(40 * DAY);
  await paid(all, FINE);
  all.house.clock.advance(1 * DAY);
  await all.decide({ issuedOn, receivedOn: issuedOn });
  await doJobs(all);
  t.equal(await all.state(), 'closed');
  t.match(await owed(all), { due: 0, over: 0 });
});

t.test('money that overtakes the weighing pays the rest, and what is too much goes back', async (t) => {
  const made = await delivered(t);
  const { id } = await createPayment(made.house, made.noticeId, made.port);
  await recordEvent(made.house, await made.event(id));
  await made.decide(HIGHER);
  t.equal(await recordEvent(made.house, await made.event(id)), 'over', 'the same order paid twice');
  t.equal(await made.state(), 'closed');
  await doJobs(made);
  t.same(await made.books(), { applied: 20_000_000, refunds: 18_000_000, receipts: 1 });
  t.equal(await made.state(), 'closed');
});

t.test(
  'contested before the books were weighed: upheld, the rest is owed; voided, all goes back',
  async (t) => {
    const contested = async () => {
      const made = await paidOff(t);
      await made.decide(HIGHER);
      const said = { kind: 'dispute', text: 'Đèn còn vàng', attachments: [], actor: 'citizen:x' } as const;
      await respond(made.house, { caseId: made.caseId, ...said });
      await doJobs(made);
      t.equal(await made.state(), 'disputed');
      return made;
    };
    const made = await contested();
    const officer = made.reviewer;
    const answer = { caseId: made.caseId, version: await made.version(), officer, answer: 'Ảnh rõ' };
    t.match(await answerResponse(made.house, { ...answer, outcome: 'uphold' }), { state: 'notified' });
    t.equal(await paid(made, 1_000_000), 'paid');
    t.same(await made.books(), { applied: 20_000_000, refunds: 0, receipts: 2 });

    const other = await contested();
    await voidCase(other.house, {
      caseId: other.caseId,
      officer: other.reviewer,
      version: await other.version(),
      reason: 'điểm đo sai',
    });
    await doJobs(other);
    await refundVoided(other.house);
    t.equal((await other.books()).refunds, FINE);
  },
);

t.test('a correction weighs anew: a refund that was not sent counts again', async (t) => {
  const made = await paidOff(t);
  await made.decide(LOWER);
  await doJobs(made);
  const [wrong] = await refundsOf(made);
  await made.correct({});
  await doJobs(made);
  t.equal(await made.state(), 'closed');
  t.same(await made.books(), { applied: FINE, refunds: 0, receipts: 1 });
  await t.rejects(refundSent(made.house, wrong!.id, 'officer:canbo.an'), { code: 'REFUND_COUNTED' });
  await made.correct({ ...LOWER, amount: 18_500_000 });
  await doJobs(made);
  t.same(
    (await refundsOf(made)).map(({ amount, state }) => ({ amount, state })),
    [
      { amount: 1_000_000, state: 'counted' },
      { amount: 500_000, state: 'owed' },
    ],
  );
  t.same(await made.books(), { applied: 18_500_000, refunds: 500_000, receipts: 1 });
});

t.test('a refund that was sent is gone: the rest is owed', async (t) => {
  const made = await paidOff(t);
  await made.decide(LOWER);
  await doJobs(made);
  await refundSent(made.house, (await refundsOf(made))[0]!.id, 'officer:canbo.an');
  await made.correct({});
  await doJobs(made);
  t.equal(await made.state(), 'notified');
  t.match(await owed(made), { due: 1_000_000, interest: 0 });
  t.equal(await paid(made, 1_000_000), 'paid');
  t.same(await made.books(), { applied: FINE, refunds: 1_000_000, receipts: 2 });
});

t.test('higher by mistake, and corrected: closed again with the one receipt that was given', async (t) => {
  const made = await paidOff(t);
  await made.decide(HIGHER);
  await doJobs(made);
  t.equal(await made.state(), 'notified');
  await made.correct({});
  await doJobs(made);
  await doJobs(made);
  t.equal(await made.state(), 'closed');
  t.same(await made.books(), { applied: FINE, refunds: 0, receipts: 1 });
  const { findings } = await verifyCase(made.house, made.caseId);
  t.same(
    findings.filter((one) => ['payments', 'receipts', 'penalty_decisions'].includes(one.table)),
    [],
  );
});

t.test(
  'property: whatever is paid, decided and corrected, every đồng counts or goes back, and the fine is met',
  async (t) => {
    const first = await delivered(t);
    const start = first.house.clock.now();
    const act = fc.oneof(
      fc.record({ does: fc.constant('pay' as const), amount: fc.integer({ min: 1, max: 25_000_000 }) }),
      fc.record({ does: fc.constant('pay' as const), amount: fc.constant(FINE) }),
      fc.record({
        does: fc.constant('decide' as const),
        amount: fc.constantFrom(18_000_000, 18_500_000, FINE, 19_500_000, 20_000_000),
      }),
      fc.record({ does: fc.constant('jobs' as const) }),
      fc.record({ does: fc.constant('send' as const) }),
      fc.record({ does: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 30 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 3, maxLength: 9 }),
        fc.boolean(),
        async (acts, received) => {
          first.house.clock.set(start);
          const made = await first.another();
          const { house } = made;
          const issuedOn = dayOf(house.clock.now());
          let order: string | null = null;
          let came = 0;
          let decided: number | null = null;
          for (const one of acts) {
            if (one.does === 'pay') {
              // Who has paid may still transfer by the old code.
              order = await createPayment(house, made.noticeId, made.port).then(
                (open) => open.id,
                () => order,
              );
              if (order === null) continue;
              await recordEvent(house, await made.event(order, { amount: one.amount }));
              came += one.amount;
            } else if (one.does === 'decide') {
              const { amount } = one;
              const fixed = { number: made.caseId, amount, issuedOn, mitigating: 'một', aggravating: 'hai' };
              await (decided === null ? made.decide(fixed) : made.correct(fixed));
              decided = amount;
            } else if (one.does === 'jobs') await doJobs(made);
            else if (one.does === 'wait') house.clock.advance(one.days * DAY);
            else
              for (const refund of await refundsOf(made))
                if (refund.state === 'owed') await refundSent(house, refund.id, 'officer:canbo.an');
            const books = await made.books();
            if (books.applied + books.refunds !== came)
              throw new Error(`${came} came, ${JSON.stringify(books)}`);
          }
          await doJobs(made);
          if (received && decided !== null && (await made.state()) === 'notified')
            await made.receive(issuedOn);
          await doJobs(made);
          const standing = await owed(made);
          const state = await made.state();
          if (standing.over !== 0) throw new Error('too much is kept');
          if ((state === 'closed') !== (standing.due === 0))
            throw new Error(`${state}, owes ${standing.due}`);
          if (standing.due > 0) {
            await paid(made, standing.due);
            if ((await made.state()) !== 'closed') throw new Error('what was owed was paid, and it is open');
          }
          const books = await made.books();
          const fine = decided ?? FINE;
          if (books.applied < fine) throw new Error('closed below the fine');
          const quiet = await reconcile(house, made.port);
          if (quiet.refunds !== 0) throw new Error('reconciliation found something to give back');
        },
      ),
      { numRuns: 8 },
    );
  },
);
