import t from 'tap';
import fc from 'fast-check';
import {
  bounds,
  checkedAmount,
  fineRange,
  lateDays,
  lateInterest,
  lawRow,
  lawRows,
  mayExplain,
  pointsTaken,
  signersFor,
} from '../../src/law/index.js';

const now = new Date('2026-11-21T03:00:00Z');
const money = fc.integer({ min: 0, max: 1_000_000_000 });
const row = fc.tuple(money, money).map(([a, b]) => ({ fineMin: Math.min(a, b), fineMax: Math.max(a, b) }));

t.test('red light of a car: 19 million, 38 for an organisation', async (t) => {
  const red = lawRow('CAR_RED_LIGHT', now);
  t.same(fineRange(red, 'person'), { min: 18_000_000, max: 20_000_000, standard: 19_000_000 });
  t.same(fineRange(red, 'organisation'), { min: 36_000_000, max: 40_000_000, standard: 38_000_000 });
  t.ok(mayExplain(red, 'person'));
  t.notOk(mayExplain(lawRow('MOTO_RED_LIGHT', now), 'person'));
});

t.test('a fine is whole đồng inside its range and doubles exactly', async () => {
  fc.assert(
    fc.property(row, (r) => {
      const person = fineRange(r, 'person');
      const organisation = fineRange(r, 'organisation');
      return (
        [person, organisation].every(
          (f) => f.min <= f.standard && f.standard <= f.max && Number.isSafeInteger(f.standard),
        ) &&
        organisation.standard - 2 * person.standard === (r.fineMin + r.fineMax) % 2 &&
        organisation.max === 2 * person.max
      );
    }),
  );
});

t.test('an officer moves the amount only as the circumstances allow', async (t) => {
  const range = fineRange(lawRow('CAR_RED_LIGHT', now), 'person');
  const none = { mitigating: [], aggravating: [] };
  t.equal(checkedAmount(range, none, 19_000_000), 19_000_000);
  t.throws(() => checkedAmount(range, none, 18_000_000), { code: 'AMOUNT_OUT_OF_BOUNDS' });
  t.equal(checkedAmount(range, { ...none, mitigating: ['reported'] }, 18_000_000), 18_000_000);
  t.throws(() => checkedAmount(range, { ...none, mitigating: ['reported'] }, 17_999_999), {
    code: 'AMOUNT_OUT_OF_BOUNDS',
  });
  t.throws(() => checkedAmount(range, { ...none, aggravating: ['repeat'] }, 18_999_999), {
    code: 'AMOUNT_OUT_OF_BOUNDS',
  });
  t.throws(() => checkedAmount(range, none, 19_000_000.5), { code: 'NOT_AN_AMOUNT' });
  fc.assert(
    fc.property(row, fc.boolean(), fc.boolean(), (r, down, up) => {
      const f = fineRange(r, 'person');
      const b = bounds(f, { mitigating: down ? ['x'] : [], aggravating: up ? ['x'] : [] });
      return f.min <= b.from && b.from <= f.standard && f.standard <= b.to && b.to <= f.max;
    }),
  );
});

t.test('late interest', async (t) => {
  t.equal(lateDays('2026-11-10', '2026-11-10'), 0);
  t.equal(
    lateDays('2026-11-10', '2026-11-11'),
    0,
    'paid on the first late day: the day before payment is in time',
  );
  t.equal(lateDays('2026-11-10', '2026-11-12'), 1);
  t.equal(lateInterest(19_000_000, 1), 9_500);
  t.equal(lateInterest(1_999, 1), 0, 'less than a đồng is dropped');
  t.throws(() => lateInterest(1.5, 1), { code: 'NOT_AN_AMOUNT' });
});

t.test(
  'no đồng is lost or made: exact to the fraction, monotone, and parts never exceed the whole',
  async () => {
    const days = fc.integer({ min: 0, max: 5_000 });
    fc.assert(
      fc.property(money, days, days, (unpaid, a, b) => {
        const whole = lateInterest(unpaid, a + b);
        const parts = lateInterest(unpaid, a) + lateInterest(unpaid, b);
        const rest = (BigInt(unpaid) * BigInt(a + b) * 5n) % 10_000n;
        return (
          BigInt(whole) * 10_000n + rest === BigInt(unpaid) * BigInt(a + b) * 5n &&
          parts <= whole &&
          whole - parts <= 1 &&
          lateInterest(unpaid + 1, a) >= lateInterest(unpaid, a)
        );
      }),
    );
  },
);

t.test('points: the highest only, never below nothing, none from an organisation', async (t) => {
  const rows = ['CAR_RED_LIGHT', 'CAR_EXPW_STOP_PARK', 'CAR_SPEED_05_10'].map((code) => lawRow(code, now));
  t.equal(pointsTaken(rows, { owner: 'person' }), 6);
  t.equal(pointsTaken(rows, { owner: 'person', balance: 2 }), 2);
  t.equal(pointsTaken(rows, { owner: 'person', suspended: true }), 0);
  t.equal(pointsTaken(rows, { owner: 'organisation' }), 0);
  t.equal(pointsTaken([], { owner: 'person' }), 0);
});

t.test('who may sign', async (t) => {
  t.equal(signersFor(lawRow('CAR_RED_LIGHT', now), now)[0]!.id, 'team-leader');
  t.equal(signersFor(lawRow('MOTO_RED_LIGHT', now), now)[0]!.id, 'soldier');
  t.equal(signersFor(lawRow('CAR_EXPW_WRONG_WAY_REVERSE_UTURN', now), now)[0]!.id, 'division-head');
  t.throws(() => signersFor({ fineMax: 75_000_001 }, now), { code: 'NOBODY_MAY_SIGN' });
  t.throws(() => signersFor({ fineMax: 1 }, new Date('2026-08-14T00:00:00Z')), { code: 'NO_LAW_IN_FORCE' });
  for (const r of lawRows(now)) t.ok(signersFor(r, now).length > 0, r.code);
});
