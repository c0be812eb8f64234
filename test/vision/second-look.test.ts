import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import t from 'tap';
import { z } from 'zod';
import { loadModels, SHIPPED_MANIFEST, type ReaderEntry } from '../../src/vision/manifest.js';
import { frameOf, type Raster } from '../../src/vision/raster.js';
import { openReader, type CropRead } from '../../src/vision/reader.js';

/** Drawn plates, as the net takes them, one below the other, and what the file that looked twice at all of them said. */
const folder = new URL('looked-twice/', import.meta.url);
const answers = z
  .array(z.object({ text: z.string(), probs: z.array(z.number()) }))
  .parse(JSON.parse(await readFile(new URL('answers.json', folder), 'utf8')));
const sheet = await sharp(fileURLToPath(new URL('crops.png', folder)))
  .raw()
  .toBuffer();
const { reader: shipped } = await loadModels(SHIPPED_MANIFEST);
const { width, height } = shipped.input;
const bytes = width * height * 3;
const crops = answers.map((_, i): Raster => ({
  data: new Uint8Array(sheet.subarray(i * bytes, (i + 1) * bytes)),
  width,
  height,
}));
const SURE = [0, 4] as const;
const DOUBTFUL = [4, 10] as const;
/** A wall. */
const NOTHING: Raster = { data: new Uint8Array(bytes).fill(120), width, height };

type Ask = NonNullable<ReaderEntry['secondLook']>['ask'];
const ALWAYS: Ask = { from: 0, to: 1.01 };
const NEVER: Ask = { from: 0, to: 0 };

async function readAll(of: readonly Raster[], ask?: Ask): Promise<CropRead[]> {
  const secondLook = ask && shipped.secondLook && { ...shipped.secondLook, ask };
  const reader = await openReader(ask ? { ...shipped, secondLook } : shipped);
  const reads: CropRead[] = [];
  for (const crop of of) reads.push(await reader.read(crop, frameOf(crop)));
  return reads;
}

/** How far the characters are from the former file's, at most. */
function distance({ slots }: CropRead, answer: (typeof answers)[number]): number {
  return Math.max(...slots.chars.map(({ p }, i) => Math.abs(p - (answer.probs[i] ?? 0))));
}

/** Processors add floats in different orders, and a grid of 8 bits can make a step of it; on one and the same it is 0. */
const ROUNDING = 0.05;

t.test('two looks say what the one file said that looked twice', async (t) => {
  for (const [i, read] of (await readAll(crops, ALWAYS)).entries()) {
    t.equal(read.slots.likeliest, answers[i]!.text);
    t.ok(distance(read, answers[i]!) < ROUNDING, `${answers[i]!.text}: ${distance(read, answers[i]!)}`);
  }
});

t.test('one look says something else where it is in doubt', async (t) => {
  const reads = await readAll(crops, NEVER);
  const far = reads.slice(...DOUBTFUL).map((read, i) => distance(read, answers[DOUBTFUL[0] + i]!));
  t.ok(Math.max(...far) > ROUNDING, far.join(' '));
});

t.test('a sure look is taken as it is', async (t) => {
  const sure = crops.slice(...SURE);
  const reads = await readAll(sure);
  const [once, twice] = [await readAll(sure, NEVER), await readAll(sure, ALWAYS)];
  for (const [i, { slots }] of reads.entries()) {
    t.equal(slots.confidence, once[i]!.slots.confidence);
    t.not(slots.confidence, twice[i]!.slots.confidence);
    t.equal(slots.likeliest, answers[SURE[0] + i]!.text);
    t.ok(slots.confidence >= shipped.secondLook!.ask.to);
  }
});

t.test('a doubtful one is looked at twice', async (t) => {
  const doubtful = crops.slice(...DOUBTFUL);
  const reads = await readAll(doubtful);
  const [once, twice] = [await readAll(doubtful, NEVER), await readAll(doubtful, ALWAYS)];
  for (const [i, read] of reads.entries()) {
    t.equal(read.slots.confidence, twice[i]!.slots.confidence);
    t.not(read.slots.confidence, once[i]!.slots.confidence);
    t.ok(distance(read, answers[DOUBTFUL[0] + i]!) < ROUNDING);
  }
});

t.test('where nothing can be read no second look is paid for', async (t) => {
  const [read, once, twice] = await Promise.all(
    [undefined, NEVER, ALWAYS].map(async (ask) => (await readAll([NOTHING], ask))[0]!.slots.confidence),
  );
  t.equal(read, once);
  t.not(read, twice);
  t.ok(read! < shipped.secondLook!.ask.from);
});

t.test('the same crop gives the same answer after other crops', async (t) => {
  const reader = await openReader(shipped);
  const at = async (i: number) => (await reader.read(crops[i]!, frameOf(crops[i]!))).slots;
  const doubtful = await at(DOUBTFUL[0]);
  await at(SURE[0]);
  t.same(await at(DOUBTFUL[0]), doubtful);
});
