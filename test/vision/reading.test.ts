import sharp from 'sharp';
import t from 'tap';
import { openEyes } from '../../src/vision/eyes.js';
import { SHIPPED_MANIFEST } from '../../src/vision/manifest.js';
import { plateJpeg } from './drawn-plate.js';

const eyes = await openEyes(SHIPPED_MANIFEST);

t.test('plates drawn to the law are read', async (t) => {
  const plates = [
    { rows: ['30F-256.58'], text: '30F25658', lines: 1 },
    { rows: ['51K-839.04'], text: '51K83904', lines: 1 },
    { rows: ['29-X1', '123.45'], text: '29X112345', lines: 2 },
    { rows: ['59-H2', '670.98'], text: '59H267098', lines: 2 },
  ] as const;
  for (const { rows, text, lines } of plates) {
    const { plate } = await eyes.readCrop(await plateJpeg(rows, { height: lines === 1 ? 40 : 80 }));
    t.match(plate, { text, lines, display: String }, rows.join(' / '));
    t.equal(plate.chars.length, text.length);
    t.equal(plate.probs.length >= text.length, true);
  }
});

t.test('the ground has its colour', async (t) => {
  const yellow = await eyes.readCrop(await plateJpeg(['29H-907.12'], { ground: '#f0b81c' }));
  t.match(yellow.plate, { colour: 'yellow' });
  const blue = await eyes.readCrop(await plateJpeg(['80A-123.45'], { ground: '#1c49a0', ink: '#eef1f4' }));
  t.match(blue.plate, { colour: 'blue' });
});

t.test('a plate that is cut through a character is never accepted', async (t) => {
  for (const cut of [0.12, 0.16, 0.2, 0.24, 0.28]) {
    const { plate } = await eyes.readCrop(await plateJpeg(['30F-256.58'], { cut, height: 40 }));
    t.equal(plate.accepted, false, `${Math.round(cut * 100)} % cut away: ${plate.text}`);
  }
});

t.test('a plate at the edge of the frame is clipped, whatever it reads', async (t) => {
  const bytes = await plateJpeg(['30F-256.58'], { height: 40 });
  const { width = 0 } = await sharp(bytes).metadata();
  const frame = await sharp(bytes)
    .extend({ top: 200, left: 400, background: '#565a5e' })
    .jpeg({ quality: 92 })
    .toBuffer();
  const reading = await eyes.readFrame(frame, { plateBox: [400, 203, 400 + width, 240] });
  const plates = [...reading.observations.flatMap((one) => one.plate ?? []), ...reading.strayPlates];
  t.equal(plates.length, 1);
  for (const { accepted, abstentions, text } of plates) {
    t.equal(accepted, false, text);
    t.ok(abstentions.includes('clipped'), abstentions.join());
  }
});

t.test('the box that a camera sends is read', async (t) => {
  const bytes = await plateJpeg(['29-X1', '123.45'], { height: 70 });
  const { width = 0 } = await sharp(bytes).metadata();
  const frame = await sharp(bytes)
    .extend({ top: 300, bottom: 350, left: 500, right: 600, background: '#565a5e' })
    .jpeg({ quality: 92 })
    .toBuffer();
  const reading = await eyes.readFrame(frame, {
    plateBox: [500 + width * 0.07, 305, 500 + width * 0.93, 365],
  });
  const plates = [...reading.observations.flatMap((one) => one.plate ?? []), ...reading.strayPlates];
  t.ok(
    plates.some((plate) => plate.text === '29X112345'),
    plates.map((plate) => plate.text).join(),
  );
});

t.test('pictures of any shape get an answer', async (t) => {
  for (const [width, height] of [
    [1, 1],
    [1, 300],
    [900, 2],
    [33, 31],
    [641, 17],
  ] as const) {
    // prettier-ignore
    const bytes = await sharp({ create: { width, height, channels: 3, background: '#888' } }).png().toBuffer();
    t.match(await eyes.readFrame(bytes, { plateBox: [0, 0, width, height] }), { width, height });
    t.match((await eyes.readCrop(bytes)).plate, { accepted: false });
  }
});
