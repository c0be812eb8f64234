import t from 'tap';
import { citation, lawAt, lawRow, lawRows, rowFor, type RowFacts } from '../../src/law/index.js';

const now = new Date('2026-11-21T03:00:00Z');
const car = { vehicleClass: 'car', road: 'urban' } satisfies RowFacts;
const moto = { vehicleClass: 'motorcycle', road: 'urban' } satisfies RowFacts;
const at = (row: ReturnType<typeof rowFor>) => row && `${row.article}.${row.clause}.${row.point ?? ''}`;

t.test('the law of the act applies, by the day in Vietnam', async (t) => {
  t.equal(lawAt(new Date('2026-08-14T16:59:59.999Z')).id, 'nd168-2024');
  t.equal(lawAt(new Date('2026-08-14T17:00:00Z')).id, 'nd168-2024+nd238-2026');
  t.equal(lawRow('CAR_EXPW_STOP_PARK', new Date('2026-08-14T16:59:59Z')).amendedBy, null);
  t.equal(lawRow('CAR_EXPW_STOP_PARK', now).amendedBy, '238/2026/NĐ-CP');
  t.throws(() => lawAt(new Date('2024-12-31T16:59:59Z')), { code: 'NO_LAW_IN_FORCE' });
  t.throws(() => lawRow('CAR_FLYING', now), { code: 'UNKNOWN_CODE' });
});

t.test('105 rules at any instant, each once', async (t) => {
  for (const instant of [new Date('2025-01-01T00:00:00Z'), now]) {
    const rows = lawRows(instant);
    t.equal(rows.length, 105);
    t.equal(new Set(rows.map((row) => row.code)).size, 105);
    for (const row of rows)
      t.ok(row.fineMin < row.fineMax && row.ref.includes(`Điều ${row.article}`), row.code);
  }
});

t.test('speeding, at the exact edges of the text', async (t) => {
  const bands = (facts: RowFacts) =>
    [4.9, 5, 9.9, 10, 20, 20.1, 35, 35.1, 90].map((overKmh) =>
      at(rowFor('speeding', { ...facts, overKmh }, now)),
    );
  t.same(bands(car), [null, '6.3.a', '6.3.a', '6.5.đ', '6.5.đ', '6.6.a', '6.6.a', '6.7.a', '6.7.a']);
  t.same(bands(moto), [null, '7.2.b', '7.2.b', '7.4.a', '7.4.a', '7.8.a', '7.8.a', '7.8.a', '7.8.a']);
  t.equal(rowFor('speeding', car, now), null, 'no speed, no band');
});

t.test('the same act is another row on an expressway and for a motorcycle', async (t) => {
  const expressway = { vehicleClass: 'car', road: 'expressway' } satisfies RowFacts;
  const motoExpressway = { vehicleClass: 'motorcycle', road: 'expressway' } satisfies RowFacts;
  t.equal(at(rowFor('red-light', car, now)), '6.9.b');
  t.equal(at(rowFor('red-light', moto, now)), '7.7.c');
  t.equal(at(rowFor('wrong-way', car, now)), '6.9.d');
  t.equal(at(rowFor('wrong-way', expressway, now)), '6.11.đ');
  t.equal(at(rowFor('wrong-way', moto, now)), '7.7.a');
  t.equal(at(rowFor('reversing', expressway, now)), '6.11.đ');
  t.equal(at(rowFor('stopping', expressway, now)), '6.7.c');
  t.equal(at(rowFor('emergency-lane', expressway, now)), '6.5.d');
  t.equal(rowFor('emergency-lane', car, now), null);
  t.equal(rowFor('emergency-lane', motoExpressway, now), null);
  t.equal(at(rowFor('forbidden-class', motoExpressway, now)), '7.7.b');
  t.equal(at(rowFor('wrong-lane', { ...car, vehicleClass: 'bus' }, now)), '6.5.b');
  t.equal(at(rowFor('wrong-lane', moto, now)), '7.3.d');
  t.equal(at(rowFor('stopping', { ...car, ground: 'no-stopping-sign' }, now)), '6.2.đ');
  t.equal(at(rowFor('stopping', { ...car, ground: 'junction' }, now)), '6.3.đ');
  t.equal(at(rowFor('stopping', { ...car, ground: 'bridge' }, now)), '6.4.b');
  t.equal(rowFor('stopping', car, now), null, 'off the expressway a stop needs its ground');
  t.equal(at(rowFor('solid-line', car, now)), '6.1.a');
  t.equal(at(rowFor('solid-line', { ...car, laneChanged: true }, now)), '6.2.a');
  t.equal(at(rowFor('solid-line', { ...expressway, laneChanged: true }, now)), '6.5.g');
  t.equal(at(rowFor('truck-hours', { ...car, vehicleClass: 'truck' }, now)), '21.6.d');
  t.equal(rowFor('truck-hours', car, now), null);
  t.equal(at(rowFor('too-close', expressway, now)), '6.5.d');
  t.equal(rowFor('too-close', car, now), null, '6.4.l needs a collision or a sign');
  t.equal(at(rowFor('below-minimum', expressway, now)), '6.3.o');
});

t.test('citation', async (t) => {
  t.equal(citation(lawRow('CAR_RED_LIGHT', now)).vi, 'điểm b khoản 9 Điều 6 Nghị định 168/2024/NĐ-CP');
  t.match(
    citation(lawRow('CAR_NO_ENTRY', now)).en,
    'Article 6.5.i, Decree 168/2024/NĐ-CP (amended by 238/2026/NĐ-CP)',
  );
});
