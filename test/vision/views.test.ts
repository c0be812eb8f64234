import t from 'tap';
import { loadModels, SHIPPED_MANIFEST } from '../../src/vision/manifest.js';
import type { Box } from '../../src/vision/observation.js';
import type { Raster } from '../../src/vision/raster.js';
import { readCrop, readPlate } from '../../src/vision/read-plate.js';
import type { CropRead, Reader } from '../../src/vision/reader.js';

/** How often a plate is looked at: views of the frame, and second looks at one view. A reader by script, for only the asking counts. */
const { reader: entry } = await loadModels(SHIPPED_MANIFEST);
const text = '30F25658';
const frame: Raster = { data: new Uint8Array(600 * 300 * 3).fill(128), width: 600, height: 300 };
const readAs = (confidence: number): CropRead => ({
  slots: {
    text,
    likeliest: text,
    confidence,
    chars: [...text].map((c) => ({ c, p: Math.max(0.6, confidence) })),
    probs: [],
  },
  heads: [],
  colour: null,
  lines: 1,
});

async function asked(box: Box, confidence: number): Promise<{ views: number; secondLooks: number }> {
  let views = 0;
  let secondLooks = 0;
  const reader: Reader = {
    read(_, __, worth = () => true) {
      views += 1;
      const first = readAs(confidence);
      if (worth(first)) secondLooks += 1;
      return Promise.resolve(first);
    },
  };
  await readPlate(reader, entry, frame, { box, score: 0.9 });
  return { views, secondLooks };
}

const LARGE: Box = [100, 100, 220, 126];
const SMALL: Box = [100, 100, 128, 106];

t.test('a doubtful plate is seen wider, each view as sure as it can be made', async (t) => {
  const { views, secondLooks } = await asked(LARGE, 0.8);
  t.ok(views >= 2, `${views} views`);
  t.ok(secondLooks >= 1);
});

t.test('one that is hardly read is not: nothing wider makes it acceptable', async (t) => {
  t.equal((await asked(LARGE, 0.4)).views, 1);
});

t.test('one of too few pixels pays for neither', async (t) => {
  t.same(await asked(SMALL, 0.8), { views: 1, secondLooks: 0 });
});

t.test('the margin of a crop is no plate, when it comes to counting pixels', async (t) => {
  const { minRowPx } = entry.thresholds;
  const reader: Reader = { read: () => Promise.resolve({ ...readAs(0.999), lines: 2 }) };
  const abstentions = async (height: number, plate?: Box) => {
    const crop: Raster = { data: new Uint8Array(60 * height * 3).fill(128), width: 60, height };
    return (await readCrop(reader, entry, crop, plate)).abstentions;
  };
  t.ok((await abstentions(23)).includes('too-small'), `20 px with 8 % around: rows of 10, not ${minRowPx}`);
  t.notOk((await abstentions(25)).includes('too-small'), 'rows of 10.8');
  t.notOk((await abstentions(23, [0, 0, 60, 23])).includes('too-small'), 'known to have no margin');
  t.ok((await abstentions(40, [5, 10, 55, 30])).includes('too-small'), 'known to have a wide one');
});

t.test('a read that its manifest does not accept is in doubt, however sure', async (t) => {
  const views = async (accept: number): Promise<number> => {
    let views = 0;
    const reader: Reader = {
      read() {
        views += 1;
        return Promise.resolve(readAs(0.992));
      },
    };
    await readCrop(reader, { ...entry, thresholds: { ...entry.thresholds, accept } }, frame);
    return views;
  };
  t.equal(await views(0.989), 1);
  t.equal(await views(0.995), 2);
});
