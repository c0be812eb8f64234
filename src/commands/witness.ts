import { appendFile, readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { Head } from '../evidence/heads.js';
import { witness, type WatchedLog } from '../evidence/witness.js';

const head = z.object({
  size: z.int(),
  root: z.string(),
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
});
const newest = z.object({ head: head.nullable() });
const proof = z.object({ path: z.array(z.string()) });

/** `phat-nguoi witness`: run by somebody else, on another machine, say each minute. Needs no house. Exit code 1 if the log was rewritten. */
export function register(program: Command): void {
  program
    .command('witness')
    .description(
      'giữ đầu nhật ký chứng cứ ở ngoài hệ thống / keep the evidence log’s heads outside the house, and see that it only grows',
    )
    .requiredOption('--url <url>', 'địa chỉ cổng công dân / address of the citizens’ portal')
    .requiredOption('--public-key <file>', 'khóa công khai (PEM) lấy một lần / public key, fetched once')
    .requiredOption('--keep <file>', 'tệp giữ, mỗi dòng một đầu / file to keep heads in, one JSON a line')
    .action(async (options: { url: string; publicKey: string; keep: string }) => {
      const kept = await readFile(options.keep, 'utf8').catch(() => '');
      const last = kept.trim().split('\n').at(-1);
      try {
        const now = await witness(
          logAt(options.url),
          await readFile(options.publicKey, 'utf8'),
          last === undefined || last === '' ? undefined : (head.parse(JSON.parse(last)) satisfies Head),
        );
        if (now !== null) await appendFile(options.keep, `${JSON.stringify(now)}\n`);
        process.stdout.write(now === null ? 'không đổi · unchanged\n' : `${now.size} ${now.root}\n`);
      } catch (error) {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exitCode = 1;
      }
    });
}

function logAt(url: string): WatchedLog {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(new URL(path, url), { signal: AbortSignal.timeout(10_000) });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  };
  return {
    head: async () => newest.parse(await get('/v1/log')).head,
    consistency: async (first, size) =>
      proof.parse(await get(`/v1/log/consistency?first=${first}&size=${size}`)).path,
  };
}
