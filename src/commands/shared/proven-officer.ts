import { stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CaseError } from '../../cases/errors.js';
import { verifyPassword, type Officer } from '../../cases/officers.js';
import { checkSecondFactor } from '../../cases/second-factor.js';
import type { Context } from '../../storage/context.js';

/**
 * The officer in whose name something goes on record: there is one, and it is they who type. Asks for the password, and for
 * a one-time code where the officer has a second factor.
 * @throws {CaseError} `NOT_ALLOWED`
 */
export async function provenOfficer(ctx: Context, username: string): Promise<Officer> {
  const typed = typedLines();
  try {
    const password = await typed.ask('Mật khẩu / Password: ');
    const officer = await verifyPassword(ctx.db, username, password);
    if (officer === null)
      throw new CaseError(
        'NOT_ALLOWED',
        `${username}: không có cán bộ này hoặc sai mật khẩu / no such officer, or a wrong password`,
      );
    const factor = await checkSecondFactor(ctx, officer.id, undefined);
    if (factor === 'missing') {
      const code = await typed.ask('Mã dùng một lần / One-time code: ');
      if ((await checkSecondFactor(ctx, officer.id, code)) !== 'holds')
        throw new CaseError('NOT_ALLOWED', 'sai mã / wrong code');
    } else if (ctx.config.officerSecondFactor === 'required') {
      throw new CaseError(
        'NOT_ALLOWED',
        'cán bộ này chưa có mã dùng một lần / this officer has no second factor',
      );
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
