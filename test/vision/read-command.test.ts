import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import t from 'tap';
import { drawnJpeg, plainJpeg } from './pictures.js';

const bin = fileURLToPath(new URL('../../src/bin.mjs', import.meta.url));

async function read(...args: string[]): Promise<{ code: number; lines: Record<string, unknown>[] }> {
  const { code, stdout } = await promisify(execFile)(process.execPath, [bin, 'read', ...args, '--json']).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => error,
  );
  return {
    code,
    lines: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

t.test('one line a picture, a broken one with its reason, exit code 1', async (t) => {
  const folder = t.testdir({
    'b.jpg': await drawnJpeg(640, 360, '<rect x="250" y="120" width="160" height="120" fill="#333"/>'),
    'c.jpg': Buffer.from('no picture'),
    deeper: { 'a.png': await plainJpeg(100, 80) },
    'notes.txt': 'not looked at',
  });
  const { code, lines } = await read(folder);
  t.equal(code, 1);
  t.equal(lines.length, 3);
  t.match(lines[0], {
    file: `${folder}/b.jpg`,
    width: 640,
    height: 360,
    ms: Number,
    vehicles: Array,
    plates: Array,
  });
  t.match(lines[1], { file: `${folder}/c.jpg`, error: { code: 'NOT_AN_IMAGE', message: String } });
  t.match(lines[2], { width: 100, height: 80 });
});

t.test('a crop has exactly one plate, which abstains when nothing is written on it', async (t) => {
  const folder = t.testdir({ 'blank.jpg': await plainJpeg(120, 40, '#e8e8e8') });
  const { code, lines } = await read('--crops', `${folder}/blank.jpg`);
  t.equal(code, 0);
  t.match(lines[0], { width: 120, height: 40, vehicles: [] });
  const [plate] = lines[0]!.plates as Record<string, unknown>[];
  for (const key of [
    'text',
    'display',
    'accepted',
    'confidence',
    'chars',
    'lines',
    'box',
    'heightPx',
    'colour',
  ]) {
    t.ok(plate && key in plate, key);
  }
  t.match(plate, { accepted: false, box: [0, 0, 120, 40], heightPx: 40, colour: /white|other/ });
});

t.test('whoever has read enough may close the pipe', async (t) => {
  const picture = await plainJpeg(100, 80);
  const folder = t.testdir(Object.fromEntries('abcdefgh'.split('').map((name) => [`${name}.jpg`, picture])));
  const reading = spawn(process.execPath, [bin, 'read', folder]);
  let complaint = '';
  reading.stderr.on('data', (text: Buffer) => (complaint += text.toString()));
  await once(reading.stdout, 'data');
  reading.stdout.destroy();
  const [code] = (await once(reading, 'close')) as [number];
  t.equal(complaint, '');
  t.equal(code, 0);
});
