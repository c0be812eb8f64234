import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import t from 'tap';
import { IngestError } from '../../src/ingest/errors.js';
import { checkJpegEnds } from '../../src/ingest/jpeg.js';
import { metadataOfHeaders, metadataOfJson } from '../../src/ingest/metadata.js';
import { splitMultipart } from '../../src/ingest/multipart.js';
import { headerPairs, readHeaders } from '../../src/ingest/request-head.js';
import { sign, signatureHolds, SIGNED_HEADERS, textToSign } from '../../src/ingest/signing.js';
import { tokenBuckets } from '../../src/ingest/token-buckets.js';
import { troublesOf, type CameraSigns } from '../../src/ingest/health.js';

const refuses = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch (error) {
    return error instanceof IngestError;
  }
};
const lane = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,20}$/);
const tenth = (max: number) => fc.integer({ min: 0, max: max * 10 }).map((n) => n / 10);
const claims = fc.record(
  {
    speeds: fc.array(fc.record({ kmh: tenth(400), device: fc.stringMatching(/^[\w./-]{1,64}$/) }), {
      minLength: 1,
      maxLength: 3,
    }),
    lane,
    signals: fc.uniqueArray(
      fc.record({ signal: lane, state: fc.constantFrom('red', 'amber', 'green', 'dark') }),
      { selector: (s) => s.signal, maxLength: 5 },
    ),
    plate: fc.record({ text: fc.string({ minLength: 1, maxLength: 24 }) }),
    codes: fc.array(fc.record({ code: fc.stringMatching(/^[\w.:-]{1,40}$/) }), {
      minLength: 1,
      maxLength: 4,
    }),
  },
  { requiredKeys: [] },
);
const date = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
const sorted = (value: unknown): unknown =>
  value instanceof Date
    ? value.toISOString()
    : Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : value;

t.test('what a camera writes is what is read, as JSON and as headers', async () => {
  fc.assert(
    fc.property(fc.nat(), date, claims, (sequence, capturedAt, given) => {
      const text = JSON.stringify({ sequence, capturedAt: capturedAt.toISOString(), claims: given });
      const plain = JSON.stringify({ sequence, capturedAt, claims: given });
      const headers = {
        'x-sequence': String(sequence),
        'x-captured-at': capturedAt.toISOString(),
        'x-claims': JSON.stringify(given),
      };
      return (
        JSON.stringify(metadataOfJson(text)) === JSON.stringify(metadataOfHeaders(headers)) &&
        sameJson(metadataOfJson(text), JSON.parse(plain))
      );
    }),
  );
});
t.test(
  'whatever is sent as metadata is read or refused with the name of a field, never anything else',
  async () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom('NaN', '1e9', '-0', '0x10', ' 1', '9'.repeat(30), '{"__proto__":{}}', 'null', '[]'),
    );
    const names = SIGNED_HEADERS.filter((name) => name !== 'content-type');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), anything), (headers) =>
        refuses(() => metadataOfHeaders(headers)),
      ),
    );
    fc.assert(fc.property(anything, (text) => refuses(() => metadataOfJson(text))));
    fc.assert(
      fc.property(
        fc.constantFrom('x-speed-kmh', 'x-plate-box', 'x-signal-state', 'x-sequence'),
        fc.string({ minLength: 1 }),
        (name, value) => {
          try {
            metadataOfHeaders({
              'x-sequence': '1',
              'x-captured-at': '2026-01-01T00:00:00Z',
              'x-speed-device': 'A',
              [name]: value,
            });
            return true;
          } catch (error) {
            return (
              error instanceof IngestError &&
              error.code === 'METADATA_INVALID' &&
              /^X-/.test(error.field ?? '')
            );
          }
        },
      ),
    );
  },
);

t.test('parts come back byte for byte, whatever is in them and wherever the body is cut', async () => {
  const boundary = fc.stringMatching(/^[-A-Za-z0-9]{1,30}$/);
  const bytes = fc.uint8Array({ maxLength: 300 }).map((all) => Buffer.from(all));
  const ending = fc.constantFrom('\r\n', '\n');
  fc.assert(
    fc.property(boundary, bytes, bytes, ending, fc.nat(), (mark, first, second, nl, at) => {
      // The text of the boundary inside a picture, but not as a line of its own.
      const tricky = Buffer.concat([first, Buffer.from(`x--${mark}y`), second, Buffer.from([0xff])]);
      const body = Buffer.concat([
        Buffer.from(
          `--${mark}${nl}Content-Disposition: form-data; name="metadata"${nl}Content-Type: application/json${nl}${nl}{}${nl}`,
        ),
        Buffer.from(
          `--${mark}${nl}Content-Disposition:form-data;filename="a.jpg"${nl}Content-Type:image/jpeg${nl}${nl}`,
        ),
        tricky,
        Buffer.from(`${nl}--${mark}--${nl}`),
      ]);
      const type = `multipart/form-data; boundary="${mark}"`;
      const parts = splitMultipart(body, type);
      const whole =
        parts.length === 2 &&
        parts[0]!.name === 'metadata' &&
        parts[1]!.filename === 'a.jpg' &&
        parts[1]!.bytes.equals(tricky);
      return whole && refuses(() => splitMultipart(body.subarray(0, at % body.length), type));
    }),
    { numRuns: 300 },
  );
  fc.assert(
    fc.property(fc.uint8Array(), fc.string(), (body, type) =>
      refuses(() => splitMultipart(Buffer.from(body), type)),
    ),
  );
  fc.assert(
    fc.property(fc.string(), (body) =>
      refuses(() => splitMultipart(Buffer.from(`--a\r\n${body}\r\n--a--`), 'x; boundary=a')),
    ),
  );
});

t.test('a signature covers the method, the path and every header that we read', async (t) => {
  const headers = Object.fromEntries(SIGNED_HEADERS.map((name, i) => [name, `v${i}`]));
  const text = textToSign('POST', '/v1/frames', headers);
  const signature = sign('secret', text);
  t.ok(signatureHolds('secret', text, signature));
  t.notOk(signatureHolds('other', text, signature));
  t.notOk(signatureHolds('secret', text, `${signature}00`));
  t.notOk(signatureHolds('secret', textToSign('GET', '/v1/frames', headers), signature));
  t.notOk(signatureHolds('secret', textToSign('POST', '/v1/frames?a', headers), signature));
  for (const name of SIGNED_HEADERS) {
    t.notOk(
      signatureHolds('secret', textToSign('POST', '/v1/frames', { ...headers, [name]: 'other' }), signature),
      `${name} changed`,
    );
    t.notOk(
      signatureHolds(
        'secret',
        textToSign('POST', '/v1/frames', { ...headers, [name]: undefined }),
        signature,
      ),
      `${name} taken away`,
    );
  }
  t.same([...SIGNED_HEADERS], [...SIGNED_HEADERS].sort(), 'in the order in which they are signed');
});

t.test('a camera that writes UTF-8 into a header signs the bytes that it sends', async (t) => {
  const onTheWire = { 'x-plate': Buffer.from('30F-256.58 Đ').toString('latin1') };
  const text = textToSign('POST', '/v1/frames', onTheWire);
  t.ok(
    signatureHolds(
      'secret',
      text,
      createHmac('sha256', 'secret').update(Buffer.from(text, 'latin1')).digest('hex'),
    ),
  );
  const { claims } = metadataOfHeaders({
    'x-sequence': '1',
    'x-captured-at': '2026-01-01T00:00:00Z',
    ...onTheWire,
  });
  t.equal(claims.plate?.text, '30F-256.58 Đ');
});

t.test('heads: pairs keep their spelling, what is read twice is refused', async (t) => {
  const pairs = headerPairs(['X-Camera', 'a', 'x-other', '1', 'X-Other', '2']);
  t.same(pairs, [
    ['X-Camera', 'a'],
    ['x-other', '1'],
    ['X-Other', '2'],
  ]);
  const head = { method: 'POST', path: '/', remote: '', headers: pairs };
  t.same(readHeaders(head), { 'x-camera': 'a' });
  t.throws(() => readHeaders({ ...head, headers: [...pairs, ['x-CAMERA', 'a']] }), {
    code: 'HEADER_REPEATED',
  });
});

t.test('JPEG ends: private data after the end mark is let through, a cut picture is not', async (t) => {
  const whole = Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
    Buffer.alloc(100_000, 1),
    Buffer.from([0xff, 0xd9]),
  ]);
  t.doesNotThrow(() => checkJpegEnds(whole));
  t.doesNotThrow(() => checkJpegEnds(Buffer.concat([whole, Buffer.alloc(5000)])));
  t.throws(() => checkJpegEnds(whole.subarray(0, -1)), { code: 'JPEG_TRUNCATED' });
  t.throws(() => checkJpegEnds(Buffer.from([0xff, 0xd8])), { code: 'NOT_JPEG' });
});

t.test('token buckets: a burst, then a steady rate, each key by itself, bounded memory', async (t) => {
  const take = tokenBuckets({ burst: 3, perSecond: 1 });
  t.same(
    [1, 2, 3, 4].map(() => take('a', 0)),
    [true, true, true, false],
  );
  t.ok(take('b', 0));
  t.notOk(take('a', 900));
  t.ok(take('a', 2000));
  for (let i = 0; i < 20_000; i += 1) take(`k${i}`, 3000);
  t.ok(take('a', 3000));
});

t.test('troubles of a camera', async (t) => {
  const now = new Date('2026-11-21T03:00:00Z');
  const ago = (s: number) => new Date(now.getTime() - s * 1000);
  const well: CameraSigns = {
    state: 'active',
    lastSeenAt: ago(20),
    lastClockOffsetMs: 150,
    lastRefusalAt: null,
    lastFrame: { capturedAt: ago(21), receivedAt: ago(20) },
  };
  const cases: [Partial<CameraSigns>, string[]][] = [
    [{}, []],
    [{ lastSeenAt: null, lastFrame: null }, ['never-spoke']],
    [{ lastSeenAt: null, lastFrame: null, lastRefusalAt: ago(5) }, ['never-spoke', 'refused']],
    [{ lastSeenAt: ago(400) }, ['silent']],
    [{ lastFrame: null }, ['no-pictures']],
    [{ lastFrame: { capturedAt: ago(5000), receivedAt: ago(5000) } }, ['no-pictures']],
    [{ lastClockOffsetMs: -2500 }, ['clock-drift']],
    [{ lastFrame: { capturedAt: ago(600), receivedAt: ago(20) } }, ['late']],
    [{ lastRefusalAt: ago(5) }, ['refused']],
    [{ lastRefusalAt: ago(500) }, []],
    [{ state: 'suspended', lastSeenAt: null }, []],
  ];
  for (const [change, expected] of cases) t.same(troublesOf({ ...well, ...change }, now), expected);
});
