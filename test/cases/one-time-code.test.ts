import t from 'tap';
import fc from 'fast-check';
import { base32, codeAt, enrolmentUri, stepAt, stepOf } from '../../src/cases/one-time-code.js';

const SECRET = Buffer.from('12345678901234567890');

t.test('codes are those of RFC 6238, appendix B, in six digits', async (t) => {
  for (const [seconds, code] of [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ] as const)
    t.equal(codeAt(SECRET, stepAt(new Date(seconds * 1000))), code, String(seconds));
});

t.test('a code is good for its half-minute and the ones beside it, and once', async (t) => {
  const now = new Date('2026-11-21T03:00:10Z');
  const step = stepAt(now);
  const typed = (at: number) => stepOf(SECRET, codeAt(SECRET, at), now, 0);
  t.equal(typed(step), step);
  t.equal(typed(step - 1), step - 1);
  t.equal(typed(step + 1), step + 1);
  t.equal(typed(step - 2), null);
  t.equal(stepOf(SECRET, codeAt(SECRET, step), now, step), null, 'used');
  t.equal(
    stepOf(SECRET, ` ${codeAt(SECRET, step).replace(/^.../, '$& ')}`, now, 0),
    step,
    'typed with a space',
  );
  for (const wrong of ['', '12345', 'abcdef', '0000000']) t.equal(stepOf(SECRET, wrong, now, 0), null);
});

t.test('base 32 of RFC 4648', async (t) => {
  t.equal(base32(Buffer.from('foobar')), 'MZXW6YTBOI');
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 40 }),
      (bytes) => base32(bytes).length === Math.ceil((bytes.length * 8) / 5),
    ),
  );
  t.match(
    enrolmentUri(SECRET, 'lan'),
    'otpauth://totp/Phat%20Nguoi%20Edge%3Alan?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Phat%20Nguoi%20Edge',
  );
});
