import t from 'tap';
import fc from 'fast-check';
import { colourToAsk, plateHolds, vehicleHolds } from '../../src/registry/compare.js';
import {
  impossibleSpeed,
  kilometres,
  tellHold,
  HOLDS,
  blocks,
  type SeenPlate,
  type VehicleRecord,
} from '../../src/registry/index.js';
import { held, keepCleared, HOLD_CODES } from '../../src/registry/holds.js';

const plate = (text: string, more: Partial<SeenPlate> = {}): SeenPlate => ({
  text,
  display: text,
  accepted: true,
  reason: null,
  confidence: 0.97,
  chars: [...text].map((c) => ({ c, p: 0.97 })),
  lines: 1,
  colour: 'white',
  colourConfidence: 0.95,
  reads: [],
  ...more,
});
const codes = (text: string | null, more: Partial<SeenPlate> = {}, kind: 'car' | 'motorcycle' = 'car') =>
  plateHolds({ kind, bodyColour: 'red', plate: text === null ? null : plate(text, more) }).map((h) => h.code);
const vehicle: VehicleRecord = {
  vehicleId: 'v',
  plate: '30F25658',
  plateColour: 'white',
  kind: 'car',
  make: 'Toyota',
  model: 'Vios',
  bodyColour: 'red',
  status: 'active',
  identityPlate: true,
  validFrom: '2020-01-01T00:00:00.000Z',
  validTo: null,
};

t.test('the reading alone', async (t) => {
  t.same(codes('30F25658'), []);
  t.same(codes(null), ['PLATE_UNREADABLE']);
  t.same(codes('30F2?658'), ['PLATE_UNREADABLE']);
  t.same(codes('30F25658', { accepted: false, reason: 'low-confidence' }), ['PLATE_NOT_ACCEPTED']);
  t.same(codes('30F25658', { accepted: false, reason: 'frames-disagree' }), ['PLATE_DISPUTED']);
  t.same(codes('30O25658'), ['PLATE_FORMAT']);
  t.same(codes('TM1234', { colour: 'red' }), ['PLATE_ROUTED']);
  t.same(codes('80441NG02'), ['PLATE_ROUTED']);
  t.same(codes('29121NN01'), ['PLATE_ROUTED']);
  t.same(codes('T8023588'), ['PLATE_ROUTED']);
  t.same(codes('30F25658', { chars: [{ c: '3', p: 0.85 }] }), ['PLATE_LOW_CONFIDENCE']);
});

t.test('no plate with an unreadable character ever passes', async () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9?]{0,11}$/), fc.boolean(), (text, accepted) => {
      const found = plateHolds({ kind: 'car', bodyColour: 'red', plate: plate(text, { accepted }) });
      return (
        !text.includes('?') ||
        found.some((h) => h.code === 'PLATE_UNREADABLE' && blocks(h) && !HOLDS[h.code].clearable)
      );
    }),
  );
});

t.test('seen against registered', async (t) => {
  const found = (
    seen: { kind: VehicleRecord['kind']; bodyColour: string },
    more: Partial<VehicleRecord> = {},
  ) => vehicleHolds(seen, { ...vehicle, ...more }).map((h) => h.code);
  t.same(found({ kind: 'car', bodyColour: 'red' }), []);
  t.same(found({ kind: 'truck', bodyColour: 'red' }), ['CLASS_MISMATCH']);
  t.same(found({ kind: 'motorcycle', bodyColour: 'red' }), ['CLASS_IMPOSSIBLE']);
  t.same(found({ kind: 'car', bodyColour: 'white' }), ['BODY_COLOUR_MISMATCH']);
  t.same(found({ kind: 'car', bodyColour: 'unknown' }), [], 'what was not seen speaks against nobody');
  t.same(found({ kind: 'car', bodyColour: 'grey' }, { bodyColour: 'white' }), [], 'white in shade');
  t.same(found({ kind: 'car', bodyColour: 'red' }, { status: 'stolen' }), ['VEHICLE_STOLEN']);
});

t.test('an unsure colour chooses nobody; an officer may state it', async (t) => {
  t.equal(colourToAsk(plate('30F25658', { colour: 'yellow' }), null), 'yellow');
  t.equal(colourToAsk(plate('30F25658', { colour: 'yellow', colourConfidence: 0.5 }), null), null);
  t.equal(colourToAsk(plate('30F25658', { colour: 'other' }), null), null);
  t.equal(colourToAsk(plate('30F25658', { colour: 'yellow' }), 'white'), 'white');
});

t.test('impossible travel', async (t) => {
  const hanoi = { lat: 21.03, lon: 105.85 };
  const saigon = { lat: 10.78, lon: 106.7 };
  t.ok(Math.abs(kilometres(hanoi, saigon) - 1144) < 15, String(kilometres(hanoi, saigon)));
  const at = (minutes: number) => new Date(Date.UTC(2026, 10, 20, 0, minutes));
  const here = { siteId: 'a', at: at(0), place: hanoi };
  t.ok(impossibleSpeed(here, { siteId: 'b', at: at(60), place: saigon })! > 1000);
  t.equal(impossibleSpeed(here, { siteId: 'b', at: at(60 * 8), place: saigon }), null);
  t.equal(
    impossibleSpeed(here, { siteId: 'b', at: at(0), place: { lat: 21.04, lon: 105.85 } }),
    null,
    'too near to prove anything',
  );
  const place = fc.record({
    lat: fc.double({ min: 8, max: 23, noNaN: true }),
    lon: fc.double({ min: 102, max: 110, noNaN: true }),
  });
  fc.assert(
    fc.property(place, place, fc.integer({ min: 0, max: 600 }), (a, b, minutes) => {
      const x = { siteId: 'a', at: at(0), place: a };
      const y = { siteId: 'b', at: at(minutes), place: b };
      return impossibleSpeed(x, y) === impossibleSpeed(y, x);
    }),
  );
});

t.test('holds read well, and what was cleared stays cleared only for the same finding', async (t) => {
  for (const code of HOLD_CODES) t.ok(tellHold(held(code)).vi.length > 5, code);
  t.equal(
    tellHold(held('CLASS_MISMATCH', { seen: 'car', registered: 'truck' })).vi,
    'Trong ảnh là ô tô con, đăng ký là xe tải',
  );
  const cleared = { by: 'an', at: 'now', reason: 'đã nhìn' };
  const before = [{ ...held('CLASS_MISMATCH', { seen: 'car', registered: 'truck' }), cleared }];
  t.equal(
    blocks(keepCleared([held('CLASS_MISMATCH', { seen: 'car', registered: 'truck' })], before)[0]!),
    false,
  );
  t.equal(
    blocks(keepCleared([held('CLASS_MISMATCH', { seen: 'car', registered: 'bus' })], before)[0]!),
    true,
  );
});
