import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openEyes } from '../../src/vision/eyes.js';
import { loadModels, SHIPPED_MANIFEST } from '../../src/vision/manifest.js';
import { plainJpeg } from './pictures.js';

interface Manifest {
  models: {
    reader: Record<string, unknown> & { secondLook?: Record<string, unknown> };
    detector: Record<string, unknown>;
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
