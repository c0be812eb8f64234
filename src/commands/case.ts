import { stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { verifyPassword, type Officer } from '../cases/officers.js';
import { checkSecondFactor } from '../cases/second-factor.js';
import { withdrawSiteVersion } from '../cases/withdraw-version.js';
import type { Context } from '../storage/context.js';
import { inHouse } from './shared/in-house.js';

/** `phat-nguoi case withdraw`: the one thing that is done to many cases at once, and the officer proves again who they are. */
export function register(program: Command): void {
  program
    .command('case')
    .description('hồ sơ vi phạm / cases')
    .command('withdraw')
    .description(
      'hủy mọi hồ sơ của một phiên bản điểm camera bị sai, hoàn tiền đã nộp / take back every case of a wrong site version, with refunds',
    )
    .requiredOption('--site <id>', 'mã vị trí / site id')
    .requiredOption('--site-version <n>', 'số phiên bản / version number', Number)
    .requiredOption('--officer <username>', 'cán bộ quyết định / officer who decides')
    .requiredOption('--reason <text>', 'lý do, chủ xe sẽ đọc / reason, which owners will read')
    .action((options: { site: string; siteVersion: number; officer: string; reason: string }) =>
      inHouse('case', async (house) => {
        const done = await withdrawSiteVersion(house, {
          siteId: options.site,
          siteVersion: options.siteVersion,
          officer: await proven(house, options.officer),
          reason: options.reason,
        });
        process.stdout.write(`${JSON.stringify(done)}\n`);
      }),
    );
}

/** Asks for the password, and for a one-time code where the officer has a second factor. */
async function proven(ctx: Context, username: string): Promise<Officer> {
  const typed = typedLines();
  try {
    const password = await typed.ask('Mật khẩu / Password: ');
    const officer = await verifyPassword(ctx.db, username, password);
    if (officer === null) throw new Error('sai mật khẩu / wrong password');
    const factor = await checkSecondFactor(ctx, officer.id, undefined);
    if (factor === 'missing') {
      const code = await typed.ask('Mã dùng một lần / One-time code: ');
      if ((await checkSecondFactor(ctx, officer.id, code)) !== 'holds')
        throw new Error('sai mã / wrong code');
    } else if (ctx.config.officerSecondFactor === 'required') {
      throw new Error('cán bộ này chưa có mã dùng một lần / this officer has no second factor');
    }
    return officer;
  } finally {
    typed.close();
  }
}

/** Lines from the keyboard that are not shown, or from a pipe. */
function typedLines() {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: stdin, output: nowhere, terminal: stdin.isTTY === true });
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask(question: string): Promise<string> {
      stderr.write(question);
      const line = await lines.next();
      stderr.write('\n');
      return line.done === true ? '' : line.value;
    },
    close: () => reader.close(),
  };
}
