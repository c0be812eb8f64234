import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestHouse } from '../../src/storage/test-house.js';

/** One command of `npx phat-nguoi` on the test's house, with what is typed into it. */
export async function command(
  house: Pick<TestHouse, 'folder' | 'databaseUrl'>,
  words: readonly string[],
  typed = '',
  env: Readonly<Record<string, string>> = {},
) {
  const child = spawn(process.execPath, ['src/bin.mjs', ...words], {
    env: {
      ...process.env,
      DATA_DIR: house.folder,
      DATABASE_URL: house.databaseUrl,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOG_LEVEL: 'silent',
      ...env,
    },
  });
  let [said, told] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end(typed);
  const [code] = (await once(child, 'exit')) as [number];
  return { code, said, told };
}
