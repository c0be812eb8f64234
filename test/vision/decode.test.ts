import fc from 'fast-check';
import t from 'tap';
import { decode } from '../../src/vision/decode.js';
import { isPictureFault } from '../../src/vision/errors.js';
import { bomb, drawnJpeg, plainJpeg } from './pictures.js';

const whole = await drawnJpeg(320, 200, '<rect x="0" width="160" height="200" fill="#ff0000"/>');

t.test('a JPEG becomes RGB of its own size', async (t) => {
  const { data, width, height } = await decode(whole);
  t.same([width, height, data.length], [320, 200, 320 * 200 * 3]);
  t.ok(data[0]! > 240 && data[1]! < 20 && data[2]! < 20, 'red stays red');
});

t.test('a grey JPEG has three channels too', async (t) => {
  const { data, width, height } = await decode(await plainJpeg(64, 48, '#646464'));
  t.equal(data.length, width * height * 3);
});

t.test('broken pictures are refused with a code', async (t) => {
  const cases: readonly (readonly [name: string, bytes: Uint8Array, code: string])[] = [
    ['zero bytes', new Uint8Array(0), 'EMPTY_IMAGE'],
    ['text', Buffer.from('<html>not a picture</html>'), 'NOT_AN_IMAGE'],
    ['SVG, which could name files', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'NOT_AN_IMAGE'],
    ['a JPEG cut in half', whole.subarray(0, Math.floor(whole.length / 2)), 'TRUNCATED_IMAGE'],
    ['a bomb', await bomb(), 'IMAGE_TOO_LARGE'],
  ];
  for (const [name, bytes, code] of cases) {
    const error = await decode(bytes).then(
      () => null,
      (error: unknown) => error,
    );
    t.match(error, { code }, name);
    t.ok(isPictureFault(error), `${name}: a retry is pointless`);
  }
});

t.test('whatever follows a JPEG header, the answer is a picture or a coded error', async (t) => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 400 }), async (tail) => {
      const bytes = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), tail]);
      const error = await decode(bytes).then(
        () => null,
        (error: unknown) => error,
      );
      return error === null || isPictureFault(error);
    }),
    { numRuns: 40 },
  );
  t.pass();
});
