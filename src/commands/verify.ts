import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { Head } from '../evidence/heads.js';
import type { Verdict } from '../evidence/findings.js';
import { verifyAll, verifyCase } from '../evidence/verify.js';
import { inHouse } from './shared/in-house.js';

interface Options {
  readonly case?: string;
  readonly all: boolean;
  readonly json: boolean;
  readonly publicKey?: string;
  readonly witness?: string;
}

/** `phat-nguoi verify`: is every stored file, row and signature as it was sealed? Exit code 1 names what is not. */
export function register(program: Command): void {
  program
    .command('verify')
    .description('kiểm tra toàn vẹn chứng cứ / check that no evidence was altered, and name what was')
    .option('--case <id>', 'một hồ sơ / what one case rests on')
    .option('--all', 'tất cả, mặc định / everything, the default', false)
    .option('--public-key <file>', 'khóa công khai lấy từ nơi khác / public key (PEM) from elsewhere')
    .option(
      '--witness <file>',
      'các đầu nhật ký giữ bên ngoài, mỗi dòng một JSON / heads kept outside, one JSON a line',
    )
    .option('--json', 'JSON', false)
    .action(async (options: Options) => {
      process.exitCode = await verify(options);
    });
}

async function verify(options: Options): Promise<number> {
  const trusted = {
    ...(options.publicKey === undefined ? {} : { publicKey: await readFile(options.publicKey, 'utf8') }),
    ...(options.witness === undefined ? {} : { witness: headsOf(await readFile(options.witness, 'utf8')) }),
  };
  const verdict = await inHouse('verify', (house) =>
    options.case !== undefined && !options.all
      ? verifyCase(house, options.case, trusted)
      : verifyAll(house, trusted),
  );
  process.stdout.write(options.json ? `${JSON.stringify(verdict)}\n` : inWords(verdict));
  return verdict.ok ? 0 : 1;
}

const headsOf = (lines: string): Head[] =>
  lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Head);

function inWords({ ok, checked, unsigned, waiting, letGo, findings }: Verdict): string {
  const counts = Object.entries(checked).map(([what, count]) => `${count} ${what}`);
  const lines = [
    ...findings.map((finding) => `${finding.code}: ${finding.message}`),
    `${counts.join(', ')}; ${unsigned} leaves not yet signed, ${waiting} rows not yet sealed`,
    ...(letGo.frames === 0
      ? []
      : [
          `${letGo.frames} ảnh đã xóa theo chính sách, có biên bản · pictures let go on record: ${letGo.records} records, ${letGo.first} – ${letGo.last}`,
        ]),
    ok ? 'nguyên vẹn · nothing was altered' : `${findings.length} sai lệch · ${findings.length} findings`,
  ];
  return `${lines.join('\n')}\n`;
}
