import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { folderBlobs } from '../../src/storage/blobs.js';

/** Puts 1 MiB where the system lets a file have 64 KiB: the write fails half-way, as on a full disk. */
const PUT = `
  import { folderBlobs } from './src/storage/blobs.ts';
  process.on('SIGXFSZ', () => undefined);
  const blobs = folderBlobs(process.argv[1]);
  const small = await blobs.put(Buffer.from('fits'));
  const large = await blobs.put(Buffer.alloc(1024 * 1024, 7)).then(() => 'taken', (error) => error.cause.code);
  console.log(JSON.stringify({ small: await blobs.has(small), large }));
`;

t.test('a disk that takes no more: nothing is acknowledged, and no piece is left behind', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'phat-nguoi-blobs-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const run = spawnSync(
    'bash',
    [
      '-c',
      'ulimit -f 64; exec "$0" --import tsx --input-type=module -e "$1" -- "$2"',
      process.execPath,
      PUT,
      folder,
    ],
    { encoding: 'utf8', env: { ...process.env, TSX_DISABLE_CACHE: '1' } },
  );
  t.match(JSON.parse(run.stdout || 'null'), { small: true, large: 'EFBIG' }, run.stderr);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  t.equal(files.length, 1, 'the small one alone');
  t.notOk(
    files.some((file) => file.name.startsWith('.')),
    'a retry does not fill the disk further',
  );
});

t.test('bytes are removed once and for all; a folder that is away is no answer', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'phat-nguoi-blobs-'));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const root = join(folder, 'blobs');
  const blobs = folderBlobs(root);
  const name = await blobs.put(Buffer.from('a picture of nobody'));
  await blobs.remove(name);
  t.notOk(await blobs.has(name));
  await t.rejects(blobs.get(name), { code: 'BLOB_MISSING' });
  await blobs.remove(name);
  t.equal(await blobs.put(Buffer.from('a picture of nobody')), name, 'they may come again');
  t.ok(await blobs.has(name));

  writeFileSync(join(folder, 'outside'), 'x');
  await blobs.remove('../../../outside');
  t.ok(readdirSync(folder).includes('outside'), 'a name that is no hash names nothing');
  renameSync(root, join(folder, 'away'));
  await t.rejects(blobs.remove(name), { code: 'BLOB_UNAVAILABLE' }, 'the disk is not mounted');
});
