import fc from 'fast-check';
import sharp from 'sharp';
import t from 'tap';
import { decode } from '../../src/vision/decode.js';
import { isPictureFault } from '../../src/vision/errors.js';
import { bomb, drawnJpeg } from './pictures.js';

/** Palettes, inks and JPEG leave a colour off by this much. */
const NEAR = 15;
const whole = await drawnJpeg(320, 200, '<rect x="0" width="160" height="200" fill="#ff0000"/>');

t.test('a JPEG becomes RGB of its own size', async (t) => {
  const { data, width, height } = await decode(whole);
  t.same([width, height, data.length], [320, 200, 320 * 200 * 3]);
  t.ok(data[0]! > 240 && data[1]! < 20 && data[2]! < 20, 'red stays red');
});

t.test('whatever the picture has, it becomes three channels of 8 bits in its own pixels', async (t) => {
  const flat = (background: string) => sharp({ create: { width: 40, height: 20, channels: 3, background } });
  const sheer = sharp({ create: { width: 40, height: 20, channels: 4, background: '#c0402080' } });
  const [grey, red] = [
    [100, 100, 100],
    [192, 64, 32],
  ];
  const kinds = [
    ['grey JPEG', flat('#646464').toColourspace('b-w').jpeg(), { channels: 1 }, grey],
    ['CMYK JPEG', flat('#646464').toColourspace('cmyk').jpeg(), { space: 'cmyk', channels: 4 }, grey],
    ['JPEG with an orientation', flat('#c04020').withMetadata({ orientation: 6 }).jpeg(), { orientation: 6 }, red],
    ['grey PNG', flat('#646464').toColourspace('b-w').png(), { channels: 1 }, grey],
    ['PNG of 16 bits', flat('#c04020').toColourspace('rgb16').png(), { depth: 'ushort' }, red],
    ['grey PNG of 16 bits', flat('#646464').toColourspace('grey16').png(), { depth: 'ushort', channels: 1 }, grey],
    ['PNG with a palette', flat('#c04020').png({ palette: true }), { isPalette: true }, red],
    ['WebP half transparent', sheer.webp({ lossless: true }), { channels: 4 }, red],
  ] as const; // prettier-ignore
  for (const [name, picture, isSo, colour] of kinds) {
    const bytes = await picture.toBuffer();
    t.match(await sharp(bytes).metadata(), isSo, `${name}: the test's picture is one`);
    const { data, width, height } = await decode(bytes);
    t.same([width, height, data.length], [40, 20, 40 * 20 * 3], name);
    const off = colour.map((value, c) => Math.abs(data[(10 * 40 + 20) * 3 + c]! - value));
    t.ok(Math.max(...off) <= NEAR, `${name}: ${[...data.subarray(0, 3)].join()} for ${colour.join()}`);
  }
});

t.test('an EXIF orientation turns nothing: boxes are pixels of the picture as pushed', async (t) => {
  const turned = await sharp(whole).withMetadata({ orientation: 6 }).jpeg({ quality: 92 }).toBuffer();
  const { data, width, height } = await decode(turned);
  t.same([width, height], [320, 200]);
  const at = (x: number, y: number): number[] => [...data.subarray((y * 320 + x) * 3, (y * 320 + x) * 3 + 3)];
  t.ok(at(10, 190)[0]! > 240 && at(10, 190)[1]! < 20, 'red on the left, below too');
  t.ok(at(310, 10)[1]! > 90, 'grey on the right, above too');
});

t.test('a picture that is damaged in the middle is a picture or a coded error, never a crash', async (t) => {
  const noise = Uint8Array.from({ length: 320 * 240 * 3 }, (_, i) => (i * 7919) % 251);
  const picture = sharp(noise, { raw: { width: 320, height: 240, channels: 3 } });
  const kinds = await Promise.all([picture.clone().jpeg(), picture.clone().png(), picture.clone().webp()].map((one) => one.toBuffer())); // prettier-ignore
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.array(fc.tuple(fc.double({ min: 0.2, max: 0.9, noNaN: true }), fc.nat(255)), {
        minLength: 1,
        maxLength: 60,
      }),
      async (bytes, hits) => {
        const hurt = Buffer.from(bytes);
        for (const [share, value] of hits) hurt[Math.floor(share * hurt.length)] = value;
        return decode(hurt).then(({ width, height }) => width === 320 && height === 240, isPictureFault);
      },
    ),
    { numRuns: 60 },
  );
  const png = Buffer.from(kinds[1]!);
  png.fill(0, Math.floor(png.length / 2), Math.floor(png.length / 2) + 64);
  await t.rejects(decode(png), { code: 'DAMAGED_IMAGE' }, 'a PNG has check sums');
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
