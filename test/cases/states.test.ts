import t from 'tap';
import fc from 'fast-check';
import { alarmsOf, currentAlarm, nextAlarm } from '../../src/cases/alarms.js';
import { CASE_EVENTS, CASE_STATES, nextState, type CaseState } from '../../src/cases/index.js';
import { OFFICER_EVENTS } from '../../src/cases/states.js';

const event = fc.constantFrom(...CASE_EVENTS);

t.test('no path leaves candidate without an officer', async (t) => {
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.boolean()), { maxLength: 40 }), (events) => {
      let state: CaseState = 'candidate';
      for (const [happens, paid] of events) {
        const next = nextState(state, happens, paid);
        if (state === 'candidate' && next !== null && !OFFICER_EVENTS.includes(happens)) return false;
        state = next ?? state;
      }
      return true;
    }),
    { numRuns: 2000 },
  );
  t.same(
    CASE_EVENTS.filter((happens) => nextState('candidate', happens)),
    ['confirm', 'reject'],
  );
});

t.test('a notice needs a confirmation: notified is reached through confirmed only', async (t) => {
  const before = CASE_STATES.filter((state) =>
    CASE_EVENTS.some((happens) => nextState(state, happens) === 'notified'),
  );
  t.same(
    before,
    ['confirmed', 'disputed', 'paid', 'closed'],
    'and from those which only a notified case reaches',
  );
  const beforeDisputed = CASE_STATES.filter((state) =>
    CASE_EVENTS.some((happens) => nextState(state, happens) === 'disputed'),
  );
  t.same(beforeDisputed, ['notified', 'disputed', 'paid', 'closed']);
});

t.test('money is always taken where there was a notice, and void is the end', async (t) => {
  for (const state of ['notified', 'disputed', 'void'] as const) t.not(nextState(state, 'pay'), null, state);
  t.equal(nextState('disputed', 'uphold', true), 'paid');
  t.equal(nextState('disputed', 'uphold', false), 'notified');
  t.ok(CASE_EVENTS.every((happens) => [null, 'void'].includes(nextState('void', happens))));
});

t.test('alarms ring in order, and the next is always ahead', async () => {
  const noticeDueAt = new Date('2026-12-01T16:59:59.999Z');
  const expiresAt = new Date('2027-11-21T16:59:59.999Z');
  const deadlines = { noticeDueAt, expiresAt };
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-11-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
      (now) => {
        const next = nextAlarm(deadlines, now);
        const current = currentAlarm(deadlines, now);
        const passed = alarmsOf(deadlines).filter((alarm) => alarm.at <= now).length;
        return (next === null ? passed === 6 : next.at > now) && (current === null) === (passed === 0);
      },
    ),
  );
});
