import t from 'tap';
import fc from 'fast-check';
import {
  addDays,
  addWorkingDays,
  dayOf,
  deadline,
  isWorkingDay,
  type TermName,
} from '../../src/law/index.js';

const instant = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2027-12-31T00:00:00Z'),
  noInvalidDate: true,
});
const terms: TermName[] = [
  'notice',
  'limitation',
  'no-show',
  'record',
  'decision',
  'decision-after-transfer',
  'decision-after-explanation',
  'decision-complex',
  'pay',
  'complaint',
  'execution',
];
const last = (name: TermName, from: string) => dayOf(deadline(name, new Date(from)));

t.test('the notice is due ten calendar days after, at the end of the day in Vietnam', async (t) => {
  t.equal(deadline('notice', new Date('2026-11-20T16:59:00Z')).toISOString(), '2026-11-30T16:59:59.999Z');
  t.equal(
    deadline('notice', new Date('2026-11-20T17:01:00Z')).toISOString(),
    '2026-12-01T16:59:59.999Z',
    'past midnight there',
  );
  t.equal(
    last('notice', '2026-02-10T03:00:00Z'),
    '2026-02-20',
    'Tết does not stretch a term that binds the authority',
  );
});

t.test('years and months end on the same day number, or the last of the month', async (t) => {
  t.equal(last('limitation', '2026-11-21T03:00:00Z'), '2027-11-21');
  t.equal(last('limitation', '2024-02-29T03:00:00Z'), '2025-02-28');
  t.equal(last('decision-after-explanation', '2026-01-31T03:00:00Z'), '2026-02-28');
  t.equal(last('decision-complex', '2026-12-31T03:00:00Z'), '2027-02-28');
});

t.test('working days know weekends, Tết, days made up', async (t) => {
  t.equal(addWorkingDays('2026-02-13', 1), '2026-02-23', 'Tết 2026');
  t.equal(addWorkingDays('2025-01-24', 5), '2025-02-07', 'Tết 2025');
  t.equal(addWorkingDays('2026-01-09', 1), '2026-01-10', 'a Saturday made up');
  t.equal(addWorkingDays('2026-08-28', 1), '2026-09-03', 'National Day 2026');
  t.notOk(isWorkingDay('2026-11-22'), 'a Sunday');
  t.throws(() => isWorkingDay('2031-01-06'), { code: 'CALENDAR_MISSING' });
});

t.test("an owner's term never ends on a day off", async (t) => {
  t.equal(last('pay', '2026-02-06T03:00:00Z'), '2026-02-23', 'the tenth day is in Tết');
  fc.assert(
    fc.property(instant, fc.constantFrom<TermName>('pay', 'complaint', 'no-show'), (from, name) =>
      isWorkingDay(dayOf(deadline(name, from))),
    ),
  );
});

t.test('later acts never have earlier deadlines, and every deadline is after its start', async () => {
  fc.assert(
    fc.property(instant, instant, fc.constantFrom(...terms), (a, b, name) => {
      const [early, late] = a <= b ? [a, b] : [b, a];
      return deadline(name, early) <= deadline(name, late) && deadline(name, early) > early;
    }),
    { numRuns: 1000 },
  );
});

t.test('working days add up', async () => {
  const day = instant.map(dayOf);
  const few = fc.integer({ min: 0, max: 15 });
  fc.assert(
    fc.property(
      day,
      few,
      few,
      (from, a, b) => addWorkingDays(addWorkingDays(from, a), b) === addWorkingDays(from, a + b),
    ),
  );
  fc.assert(fc.property(day, few, (from, n) => addWorkingDays(from, n) >= addDays(from, n)));
});
