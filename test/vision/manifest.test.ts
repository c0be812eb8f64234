import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openEyes } from '../../src/vision/eyes.js';
import { LETTERS } from '../../src/vision/letters.js';
import { loadModels, SHIPPED_MANIFEST } from '../../src/vision/manifest.js';
import { plateJpeg } from './drawn-plate.js';
import { plainJpeg } from './pictures.js';

type Keys = Record<string, unknown>;
interface Manifest {
  models: {
    reader: Keys & { secondLook?: Keys; outputs: Keys; input: Keys; thresholds: Keys; slots: number };
    detector: Keys & { classes: string[]; levels: Keys[]; input: Keys };
  };
}

/** A folder with a copy of the shipped models that a test may spoil. */
async function copied(t: { testdir(): string }) {
  const folder = t.testdir();
  const manifest = JSON.parse(await readFile(SHIPPED_MANIFEST, 'utf8')) as Manifest;
  const shipped = await loadModels(SHIPPED_MANIFEST);
  await copyFile(shipped.reader.file, join(folder, manifest.models.reader.file as string));
  await copyFile(
    shipped.reader.secondLook!.file,
    join(folder, manifest.models.reader.secondLook!.file as string),
  );
  await copyFile(shipped.detector.file, join(folder, manifest.models.detector.file as string));
  const path = join(folder, 'manifest.json');
  const save = () => writeFile(path, JSON.stringify(manifest));
  await save();
  return { folder, manifest, path, save };
}

t.test('the shipped manifest names files that are there, with their hashes', async (t) => {
  const models = await loadModels(SHIPPED_MANIFEST);
  t.match(models.reader.kind, 'plate-reader');
  t.match(models.detector.kind, 'vehicle-plate-detector');
});

t.test('a changed file is refused', async (t) => {
  const { reader, detector } = JSON.parse(await readFile(SHIPPED_MANIFEST, 'utf8'))
    .models as Manifest['models'];
  for (const name of [reader.file, reader.secondLook!.file, detector.file]) {
    const { folder, path } = await copied(t);
    const file = join(folder, name as string);
    const bytes = await readFile(file);
    bytes[100]! ^= 1;
    await writeFile(file, bytes);
    await t.rejects(openEyes(path), { code: 'MODEL_HASH_MISMATCH' }, name as string);
  }
});

t.test('the hash of every file in use is told, the second look among them', async (t) => {
  const { manifest, path, save } = await copied(t);
  const { reader, detector } = manifest.models;
  const told = { reader: reader.sha256, detector: detector.sha256 };
  t.strictSame((await openEyes(path)).models, { ...told, readerSecondLook: reader.secondLook!.sha256 });
  delete reader.secondLook;
  await save();
  t.strictSame((await openEyes(path)).models, told);
});

t.test('a missing file, a missing manifest and nonsense are told apart', async (t) => {
  const { manifest, path, save } = await copied(t);
  manifest.models.detector.file = 'nowhere.onnx';
  await save();
  await t.rejects(openEyes(path), { code: 'MODEL_MISSING' });
  await t.rejects(openEyes(join(path, 'no')), { code: 'MANIFEST_UNREADABLE' });
  await writeFile(path, '{');
  await t.rejects(openEyes(path), { code: 'MANIFEST_INVALID' });
  await writeFile(path, '{"models":{}}');
  await t.rejects(openEyes(path), { code: 'MANIFEST_INVALID' });
});

t.test('a manifest that names outputs which the net has not is refused', async (t) => {
  const { manifest, path, save } = await copied(t);
  manifest.models.reader.outputs = { probs: 'no-such-output' };
  await save();
  await t.rejects(openEyes(path), { code: 'MODEL_UNUSABLE' });
});

t.test('a second look that cannot be given what it asks for is refused', async (t) => {
  for (const given of [
    { output: 'no-such-output', input: 'logs' },
    { output: 'logs', input: 'no-such-input' },
  ]) {
    const { manifest, path, save } = await copied(t);
    manifest.models.reader.secondLook!.given = given;
    await save();
    await t.rejects(openEyes(path), { code: 'MODEL_UNUSABLE' });
  }
});

t.test('a reader that has nothing but probabilities will do', async (t) => {
  const { manifest, path, save } = await copied(t);
  const { probs } = manifest.models.reader.outputs as { probs: string };
  manifest.models.reader.outputs = { probs };
  delete manifest.models.reader.colours;
  await save();
  const eyes = await openEyes(path);
  const { plate } = await eyes.readCrop(await plainJpeg(128, 64, '#f0c020'));
  t.equal(plate.colour, 'yellow', 'the colour comes from the pixels');
  t.equal(plate.lines, 2, 'the rows from the shape');
  t.equal(plate.accepted, false);
});

/** What openEyes says of a manifest with this changed. */
async function refusal(t: { testdir(): string }, spoil: (models: Manifest['models']) => void) {
  const { manifest, path, save } = await copied(t);
  spoil(manifest.models);
  await save();
  return openEyes(path).then(
    () => null,
    (error: unknown) => error,
  );
}

t.test(
  'a net that is not as its manifest says is refused before the first frame, with what does not fit',
  async (t) => {
    const misfits: readonly (readonly [name: string, spoil: (models: Manifest['models']) => void, says: RegExp])[] = [
    ['a letter too few', ({ reader }) => (reader.alphabet = LETTERS.replace('Z', '')), /probs is \[1, 10, 37\], not \[1, 10, 36\].*ctc/],
    ['slots too few', ({ reader }) => (reader.slots = 3), /probs is \[1, 10, 37\], not \[1, 3, 37\]/],
    ['a time axis that has no such bands', ({ reader }) => (reader.outputs.ctc = 'colour'), /colour is \[1, 5\]/],
    ['a colour too few', ({ reader }) => (reader.colours = ['white', 'yellow']), /colour is \[1, 5\], not \[1, 2\]/],
    ['colours without names', ({ reader }) => delete reader.colours, /colour is \[1, 5\], not \[1, 0\]/],
    ['rows that are colours', ({ reader }) => (reader.outputs.lines = 'colour'), /colour is \[1, 5\], not \[1, 2\]/],
    ['another width', ({ reader }) => (reader.input.width = 96), /takes no picture of 96 x 64/],
    ['a second look given what it cannot take', ({ reader }) => (reader.secondLook!.given = { output: 'ctc', input: 'logs' }), /reader-second-look/],
    ['a class too few', ({ detector }) => detector.classes.pop(), /heat8 is \[1, 5, 4, 12\], not \[1, 4, 4, 12\]/],
    ['boxes that are heat', ({ detector }) => (detector.levels[0]!.box = 'heat8'), /heat8 is \[1, 5, 4, 12\], not \[1, 8, 4, 12\]/],
    ['strides that are swapped', ({ detector }) => ([detector.levels[0]!.stride, detector.levels[1]!.stride] = [16, 8]), /heat8.*heat16/],
    ['steps that are too small', ({ detector }) => (detector.input.multipleOf = 16), /takes no picture of 48 x 16/],
  ]; // prettier-ignore
    for (const [name, spoil, says] of misfits) {
      t.match(await refusal(t, spoil), { code: 'MODEL_UNUSABLE', message: says }, name);
    }
  },
);

t.test('a key that is misspelt, or says nothing, is refused instead of being left out', async (t) => {
  const mistakes: readonly (readonly [name: string, spoil: (models: Manifest['models']) => void])[] = [
    ['a gate', ({ reader }) => (reader.thresholds = renamed(reader.thresholds, 'ctcAgree', 'ctcagree'))],
    ['the temperature', ({ reader }) => (reader.temprature = 0.81)],
    ['the second look', ({ reader }) => (reader.secondlook = reader.secondLook)],
    ['an output', ({ reader }) => (reader.outputs = renamed(reader.outputs, 'ctc', 'CTC'))],
    ['a model', (models) => Object.assign(models, { readr: models.reader })],
    ['no licence', ({ reader }) => (reader.licence = '')],
    ['no training run', ({ detector }) => (detector.trainingRun = '')],
    ['nothing is ever asked', ({ reader }) => (reader.secondLook!.ask = { from: 0.998, to: 0.3 })],
    ['a class twice', ({ detector }) => (detector.classes = ['car', 'car', 'bus', 'truck', 'plate'])],
  ];
  for (const [name, spoil] of mistakes) {
    t.match(await refusal(t, spoil), { code: 'MANIFEST_INVALID' }, name);
  }
});

function renamed(keys: Keys, from: string, to: string): Keys {
  const { [from]: value, ...others } = keys;
  return { ...others, [to]: value };
}

t.test('an alphabet that cannot be told in the letters of the house is refused', async (t) => {
  for (const alphabet of [
    `_${LETTERS.slice(0, -1)}`,
    `${LETTERS.slice(0, -1)}Đ_`,
    LETTERS.slice(0, -1),
    LETTERS.toLowerCase(),
    LETTERS.replace('1', '0'),
    '_',
  ]) {
    t.match(
      await refusal(t, ({ reader }) => (reader.alphabet = alphabet)),
      { code: 'MANIFEST_INVALID', message: /alphabet/ },
      alphabet,
    );
  }
});

t.test(
  'probabilities leave in the order of the house, which judging adds up, whatever order a net has',
  async (t) => {
    t.equal(LETTERS, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_', 'reads that were stored are in this order');
    const jpeg = await plateJpeg(['30F-256.58'], { height: 40 });
    const { manifest, path, save } = await copied(t);
    const as = async (alphabet: string) => {
      manifest.models.reader.alphabet = alphabet;
      await save();
      return (await (await openEyes(path)).readCrop(jpeg)).plate;
    };
    const ours = await as(LETTERS);
    t.match(ours, { text: '30F25658', accepted: true });
    // The same net under other names: what it meant by 3 it now means by C, and so on.
    const other = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-';
    const renamed = await as(other);
    const called = (c: string): string => other[LETTERS.indexOf(c)]!;
    t.equal(renamed.text, [...ours.text].map(called).join(''));
    for (const [slot, row] of renamed.probs.entries()) {
      const expected = [...LETTERS].map((c) => ours.probs[slot]![other.replace('-', '_').indexOf(c)]);
      t.strictSame(row, expected, `slot ${slot}`);
    }
    t.equal(renamed.abstentions.includes('heads-disagree'), false, 'the second head in the same order');
  },
);
