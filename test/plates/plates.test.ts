import t from 'tap';
import fc from 'fast-check';
import {
  displayOf,
  doubtfulPositions,
  formats,
  formatsOf,
  isComplete,
  linesOf,
  normalise,
  provinceCodes,
  provinceOf,
  routeOf,
} from '../../src/plates/index.js';

const ids = (text: string, hints = {}) => formatsOf(text, hints).map((format) => format.id);

t.test('normalising keeps what was read', async (t) => {
  t.equal(normalise('30f-256.58'), '30F25658');
  t.equal(normalise('29-MĐ1 234.56'), '29MD123456');
  t.equal(normalise('29-mđ1 234.56'.normalize('NFD')), '29MD123456');
  t.equal(normalise('3O?-256.58'), '3O?25658', 'O stays O and ? stays ?');
  fc.assert(fc.property(fc.string(), (s) => normalise(normalise(s)) === normalise(s)));
});

t.test('81 codes and their names before and after the merger', async (t) => {
  t.equal(provinceCodes.length, 81);
  for (const unused of ['13', '42', '44', '45', '46', '87', '91', '96'])
    t.notOk(provinceCodes.includes(unused));
  t.equal(provinceOf('17A12345', new Date('2025-06-30T16:59:59Z')), 'Thái Bình');
  t.equal(provinceOf('17A12345', new Date('2025-06-30T17:00:00Z')), 'Hưng Yên');
  t.equal(provinceOf('13A12345', new Date()), null);
});

t.test('ambiguity is kept until something seen decides it', async (t) => {
  t.same(ids('29X11234', { lines: 2 }).sort(), ['CAR_WHITE', 'CAR_YELLOW', 'OLD4_MOTO']);
  t.same(ids('29X11234', { lines: 1 }).sort(), ['CAR_WHITE', 'CAR_YELLOW']);
  t.same(ids('29X11234', { vehicleClass: 'motorcycle' }), ['OLD4_MOTO']);
  t.same(ids('30F25658', { lines: 1, colour: 'yellow' }), ['CAR_YELLOW']);
  t.same(ids('80A12345', { lines: 1, colour: 'blue' }), ['CAR_BLUE']);
});

t.test('letters and codes that were never used fit nothing, and are pointed at', async (t) => {
  for (const text of ['30O25658', '30I25658', '13A12345', '30F00000', ''])
    t.same(ids(text, { lines: 1 }), [], text);
  t.same(doubtfulPositions('30O25658'), [2]);
  t.same(doubtfulPositions('13A12345', { vehicleClass: 'car' }), [0, 1]);
  t.same(doubtfulPositions('30F25658'), []);
});

t.test('display', async (t) => {
  t.equal(displayOf('30F25658', 1), '30F-256.58');
  t.equal(displayOf('30F25658', 2), '30F-256.58');
  t.same(linesOf('30F25658', 2), ['30F', '256.58']);
  t.equal(displayOf('29X112345', 2), '29-X1 123.45');
  t.equal(displayOf('29X11234', 2, { vehicleClass: 'motorcycle' }), '29-X1 1234');
  t.equal(displayOf('30?25658', 1), '30?-256.58');
  t.equal(
    displayOf('29MD123456', 2, { vehicleClass: 'motorcycle' }),
    '29-MĐ1 234.56',
    'painted with its stroke',
  );
  t.equal(displayOf('29TD12345', 1, { vehicleClass: 'car' }), '29TĐ-123.45');
  t.notMatch(
    displayOf('29M?123456', 2, { vehicleClass: 'motorcycle' }),
    /Đ/,
    'what nobody read is not filled in',
  );
  t.equal(displayOf('HELLO', 1), 'HELLO', 'no format, no separators');
  fc.assert(
    fc.property(
      fc.stringMatching(/^[A-Z0-9?]{0,11}$/),
      fc.constantFrom(1 as const, 2 as const),
      (text, lines) => normalise(displayOf(text, lines)) === text,
    ),
  );
});

t.test('routing', async (t) => {
  t.equal(routeOf('30F25658', { lines: 1 }), 'civil');
  t.equal(routeOf('TM1234', { colour: 'red' }), 'military');
  t.equal(routeOf('30F25658', { colour: 'red' }), 'military', 'red is military whatever the text');
  t.equal(routeOf('80441NG02'), 'diplomatic');
  t.equal(routeOf('80441QT02'), 'diplomatic');
  t.equal(routeOf('29121NN01'), 'foreign');
  t.equal(routeOf('T8023588'), 'temporary');
  t.equal(routeOf('51RM55689'), 'trailer');
  t.equal(routeOf('30?25658'), 'unknown');
  t.equal(routeOf('ABCDEF'), 'unknown');
});

t.test('every text made from a format fits that format, and only complete ones are complete', async () => {
  const fromFormat = fc
    .constantFrom(...formats)
    .chain((format) =>
      fc.tuple(
        fc.constant(format),
        fc.constantFrom(...provinceCodes),
        ...format.positions.map((set) => fc.constantFrom(...set)),
      ),
    );
  fc.assert(
    fc.property(fromFormat, ([format, code, ...chars]) => {
      if (format.provinceAt >= 0) chars.splice(format.provinceAt, 2, ...code);
      const text = chars.join('');
      fc.pre(!/0{5}$/.test(text));
      return isComplete(text) && formatsOf(text).includes(format);
    }),
    { numRuns: 2000 },
  );
});
