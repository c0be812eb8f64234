import fc from 'fast-check';
import t from 'tap';
import { addWorkingDays, dayOf, daysBetween, isWorkingDay } from '../../src/law/index.js';
import { appointmentAfter } from '../../src/notices/appointment.js';

const issued = (day: string): Date => new Date(`${day}T03:00:00Z`);
const appointed = (day: string): string => dayOf(appointmentAfter(issued(day)));

t.test('ten working days ahead, at 08:30 in Vietnam', async (t) => {
  t.equal(appointmentAfter(issued('2026-06-01')).toISOString(), '2026-06-15T01:30:00.000Z');
});

t.test('around Tết the tenth working day is too late: the last one within the 20 days', async (t) => {
  t.equal(appointed('2026-02-02'), '2026-02-13', 'before Tết, ten working days would be the 23rd');
  for (const day of ['2026-02-02', '2026-02-06', '2026-02-10', '2026-02-13']) {
    t.ok(daysBetween(day, appointed(day)) <= 20, `${day} to ${appointed(day)}`);
  }
});

t.test(
  'in two years no appointment is outside the 20 days, on a day off, or later than it need be',
  async () => {
    const instant = fc.date({
      min: new Date('2025-01-01T00:00:00Z'),
      max: new Date('2026-12-31T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instant, (at) => {
        const [from, to] = [dayOf(at), dayOf(appointmentAfter(at))];
        const tenth = addWorkingDays(from, 10);
        return (
          from < to &&
          to <= tenth &&
          daysBetween(from, to) <= 20 &&
          isWorkingDay(to) &&
          (to === tenth || daysBetween(from, addWorkingDays(to, 1)) > 20)
        );
      }),
      { numRuns: 2000 },
    );
  },
);
