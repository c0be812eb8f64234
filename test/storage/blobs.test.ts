import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';

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
