import fc from 'fast-check';
import t from 'tap';
import { addDays } from '../../src/law/index.js';
import { dongInWords } from '../../src/notices/vietnamese.js';
import { partsToGiveBack, standingOn, type Received } from '../../src/payments/standing.js';
import { judgeMoney } from '../../src/payments/verdict.js';
import { transferContent, vietQr } from '../../src/payments/vietqr.js';

const FINE = 19_000_000;
const LAST_DAY = '2026-12-01';

t.test(
  'what is owed: nothing extra until the last day, then 0,05 % a day from the day after to the day before',
  async (t) => {
    t.equal(standingOn('2026-12-01', FINE, LAST_DAY, []).due, FINE);
    t.equal(
      standingOn('2026-12-02', FINE, LAST_DAY, []).due,
      FINE,
      'paid on the first late day there is no day between',
    );
    t.equal(standingOn('2026-12-03', FINE, LAST_DAY, []).due, FINE + 9_500);
    t.equal(standingOn('2026-12-12', FINE, LAST_DAY, []).due, FINE + 95_000);
    t.equal(standingOn('2027-12-01', FINE, null, []).due, FINE, 'no interest before a decision was received');
  },
);

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

t.test(
  'property: every đồng counts or goes back, nothing is taken twice, and the fine ends at nought',
  async () => {
    const money = fc.record({
      amount: fc.oneof(fc.integer({ min: 1, max: 2 * FINE }), fc.constant(FINE), fc.constant(9_500)),
      waitDays: fc.integer({ min: 0, max: 40 }),
      state: fc.constantFrom('notified', 'notified', 'notified', 'disputed', 'void'),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200_000_000 }),
        fc.array(money, { maxLength: 12 }),
        (fine, sums) => {
          const received: Received[] = [];
          const refunds: number[] = [];
          let day = '2026-11-22';
          let settled = 0;
          for (const { amount, waitDays, state } of sums) {
            day = addDays(day, waitDays);
            const before = standingOn(day, fine, LAST_DAY, received);
            const verdict = judgeMoney(state, before.due, amount, 'VND');
            if (verdict.applied + verdict.refund !== amount) throw new Error('money vanished or was made');
            if (verdict.applied > before.due) throw new Error('took more than was owed');
            if (verdict.applied > 0) received.push({ amount: verdict.applied, day });
            refunds.push(verdict.refund);
            if (verdict.settles) settled += 1;
            const after = standingOn(day, fine, LAST_DAY, received);
            if (after.due !== before.due - verdict.applied || after.principal < 0 || after.interest < 0)
              throw new Error('books do not agree');
            if (verdict.settles && after.due !== 0) throw new Error('settled with something owed');
            if (after.due === 0 && standingOn(addDays(day, 100), fine, LAST_DAY, received).due !== 0)
              throw new Error('a paid fine grew');
          }
          if (settled > 1) throw new Error('settled twice');
          return sum(received.map((r) => r.amount)) + sum(refunds) === sum(sums.map((s) => s.amount));
        },
      ),
      { numRuns: 500 },
    );
  },
);

t.test(
  'property: a decision after some payments leaves every đồng counted or given back, and none too many',
  async () => {
    const sums = fc.array(fc.integer({ min: 1, max: FINE }), { maxLength: 6 });
    const decided = fc.integer({ min: 18_000_000, max: 20_000_000 });
    fc.assert(
      fc.property(sums, decided, sums, fc.boolean(), (before, amount, after, isReceived) => {
        let received: Received[] = [];
        const refunds: number[] = [];
        const take = (day: string, fine: number, last: string | null, sum: number): void => {
          const verdict = judgeMoney('notified', standingOn(day, fine, last, received).due, sum, 'VND');
          if (verdict.applied > 0) received.push({ amount: verdict.applied, day });
          refunds.push(verdict.refund);
        };
        // Paid off at the provisional amount, a case has ended and is not decided any more.
        const early = before.filter((_, i) => sum(before.slice(0, i + 1)) < FINE);
        for (const one of early) take('2026-11-24', FINE, null, one);
        if (standingOn('2027-11-24', FINE, null, received).interest !== 0)
          throw new Error('interest on a notice');
        const last = isReceived ? LAST_DAY : null;
        const { over, due } = standingOn('2026-11-25', amount, last, received);
        if (over > 0 && due > 0) throw new Error('owes and is owed');
        const parts = partsToGiveBack(received, over);
        if (sum(parts.map((part) => part.back)) !== over) throw new Error('not all goes back');
        for (const { sum: of, back } of parts) {
          refunds.push(back);
          received = received.flatMap((one) =>
            one !== of ? [one] : one.amount === back ? [] : [{ ...one, amount: one.amount - back }],
          );
        }
        const weighed = standingOn('2026-11-25', amount, last, received);
        if (weighed.over !== 0 || weighed.due !== due) throw new Error('giving back changed what is owed');
        for (const one of after) take('2026-12-20', amount, last, one);
        if (standingOn('2026-12-20', amount, last, received).over !== 0)
          throw new Error('took more than is owed');
        return sum(received.map((r) => r.amount)) + sum(refunds) === sum(early) + sum(after);
      }),
      { numRuns: 500 },
    );
  },
);

t.test('money in another currency is neither counted nor promised back', async (t) => {
  t.same(judgeMoney('notified', FINE, FINE, 'USD'), {
    outcome: 'wrong-currency',
    applied: 0,
    refund: 0,
    settles: false,
  });
});

t.test('VietQR: the published test vector, and the checksum of any amount', async (t) => {
  t.equal(transferContent('000123/2026/TB-CSGT', 'K7Q2M9XZ4R'), 'TB0001232026 K7Q2M9XZ4R');
  const made = vietQr({ bin: '970415', account: '1234567890' }, FINE, 'TB0001232026 K7Q2M9XZ4R');
  t.match(made, /^000201010212/, 'dynamic');
  t.match(made, /5303704540819000000/, 'currency 704 and the amount');
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (amount) => {
      const text = vietQr({ bin: '970415', account: '1234567890' }, amount, 'TB1 AAA');
      return (
        crc(text.slice(0, -4)) === text.slice(-4) &&
        text.includes(`54${String(String(amount).length).padStart(2, '0')}${amount}`)
      );
    }),
  );
  t.throws(() => vietQr({ bin: '970415', account: '1' }, 1.5, 'A'), RangeError);
  t.throws(() => vietQr({ bin: '970415', account: '1' }, 1, 'Nguyễn Văn A'), RangeError);
});

/** CRC-16/CCITT-FALSE, by hand: poly 0x1021, init 0xFFFF. */
function crc(text: string): string {
  let value = 0xffff;
  for (const byte of Buffer.from(text)) {
    value ^= byte << 8;
    for (let i = 0; i < 8; i += 1)
      value = ((value & 0x8000) === 0 ? value << 1 : (value << 1) ^ 0x1021) & 0xffff;
  }
  return value.toString(16).toUpperCase().padStart(4, '0');
}

t.test('amounts in words', async (t) => {
  for (const [amount, words] of [
    [0, 'Không đồng'],
    [19_000_000, 'Mười chín triệu đồng'],
    [19_009_500, 'Mười chín triệu không trăm linh chín nghìn năm trăm đồng'],
    [900_000, 'Chín trăm nghìn đồng'],
    [21_015_004, 'Hai mươi mốt triệu không trăm mười lăm nghìn không trăm linh bốn đồng'],
    [1_000_000_000, 'Một tỷ đồng'],
    [5_000, 'Năm nghìn đồng'],
    [25_000, 'Hai mươi lăm nghìn đồng'],
  ] as const)
    t.equal(dongInWords(amount), words);
});
