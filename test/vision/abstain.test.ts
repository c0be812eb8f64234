import fc from 'fast-check';
import t from 'tap';
import { abstentionsOf, type Evidence } from '../../src/vision/abstain.js';
import { agreement, charactersOf, roomAtSides, type CtcHead } from '../../src/vision/ctc.js';
import { LETTERS } from '../../src/vision/letters.js';
import { decodeSlots, fuse } from '../../src/vision/slots.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Softmax-like rows of random sharpness. */
const slots = fc.array(
  fc.array(fc.double({ min: 0, max: 12, noNaN: true }), { minLength: 37, maxLength: 37 }),
  {
    minLength: 10,
    maxLength: 10,
  },
);
const normalised = (rows: number[][]): Float32Array =>
  Float32Array.from(
    rows.flatMap((row) => {
      const raised = row.map(Math.exp);
      const sum = raised.reduce((a, b) => a + b, 0);
      return raised.map((value) => value / sum);
    }),
  );

const thresholds = { char: 0.5, accept: 0.9, ctcAgree: 0.4, minRowPx: 8, minSharpness: 0.02, minLight: 12 };
const evidence: fc.Arbitrary<Evidence> = fc.record({
  text: fc.string({ minLength: 0, maxLength: 10, unit: fc.constantFrom('3', '0', 'F', '?') }),
  confidence: share,
  agreement: fc.option(share),
  rowPx: fc.double({ min: 0, max: 60, noNaN: true }),
  sharpness: fc.double({ min: 0, max: 1, noNaN: true }),
  light: fc.double({ min: 0, max: 255, noNaN: true }),
  clipped: fc.boolean(),
  knownFormat: fc.boolean(),
});

t.test('no character below the threshold is ever in the text', async (t) => {
  fc.assert(
    fc.property(slots, share, fc.double({ min: 0.5, max: 2.5, noNaN: true }), (rows, least, temperature) => {
      const read = decodeSlots(normalised(rows), temperature, least);
      return (
        read.chars.length === read.text.length &&
        read.chars.every(({ c, p }, i) => read.text[i] === c && (c === '?' || p >= least - 1e-4)) &&
        !read.text.includes('_') &&
        read.probs.every((row) => Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 0.01)
      );
    }),
  );
  t.pass();
});

t.test('views that say the same are one read; a doubtful view lowers a sure one', async (t) => {
  fc.assert(
    fc.property(slots, slots, (rows, others) => {
      const one = decodeSlots(normalised(rows), 1, 0.5);
      const other = decodeSlots(normalised(others), 1, 0.5);
      const both = fuse([one, other], 0.5);
      const same = fuse([one, one], 0.5);
      return (
        Math.abs(same.confidence - one.confidence) < 0.01 &&
        both.chars.every(({ c, p }) => c === '?' || p >= 0.5 - 1e-4) &&
        both.probs.every((row) => Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 0.01)
      );
    }),
  );
  t.pass();
});

t.test('the confidence is that of the least sure slot', async (t) => {
  fc.assert(
    fc.property(slots, (rows) => {
      const read = decodeSlots(normalised(rows), 1, 0);
      return read.chars.every(({ p }) => p >= read.confidence - 1e-4);
    }),
  );
  t.pass();
});

t.test('accepted means that nothing speaks against it', async (t) => {
  fc.assert(
    fc.property(evidence, (seen) => {
      const accepted = abstentionsOf(seen, thresholds).length === 0;
      const sound =
        !seen.clipped &&
        seen.knownFormat &&
        !seen.text.includes('?') &&
        seen.confidence >= thresholds.accept &&
        (seen.agreement === null || seen.agreement >= thresholds.ctcAgree) &&
        seen.rowPx >= thresholds.minRowPx &&
        seen.sharpness >= thresholds.minSharpness &&
        seen.light >= thresholds.minLight;
      return accepted === sound;
    }),
    {
      examples: [
        [
          {
            text: '30F',
            confidence: 1,
            agreement: 1,
            rowPx: 30,
            sharpness: 1,
            light: 200,
            clipped: true,
            knownFormat: true,
          },
        ],
      ],
    },
  );
  t.pass();
});

/** A second head that says `text`, its characters at these columns of the upper band. */
function head(text: string, columns: readonly number[]): CtcHead {
  const size = LETTERS.length;
  const probs = new Float32Array(64 * size).fill(0.001);
  for (let time = 0; time < 64; time++) {
    const at = columns.indexOf(time);
    probs[time * size + (at < 0 ? size - 1 : LETTERS.indexOf(text[at]!))] = 0.96;
  }
  return { probs, bands: 2 };
}

t.test('the second head agrees with its own text and with no other', async (t) => {
  const says = head('30F12345', [4, 7, 10, 13, 16, 19, 22, 25]);
  t.ok(agreement(says, '30F12345') > 0.7);
  t.ok(agreement(says, '30F12346') < agreement(says, '30F12345') / 2);
  t.ok(agreement(says, '30F1234') < agreement(says, '30F12345') / 2);
  t.equal(agreement(says, ''), 0);
  t.equal(
    charactersOf(says)
      .map((one) => one.c)
      .join(''),
    '30F12345',
  );
});

t.test('a character that touches the edge is noticed', async (t) => {
  t.ok(roomAtSides(charactersOf(head('30F12345', [4, 7, 10, 13, 16, 19, 22, 25]))) > 1);
  t.ok(roomAtSides(charactersOf(head('30F12345', [0, 3, 6, 9, 12, 15, 18, 21]))) < 0.33);
});
