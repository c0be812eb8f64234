import type { Command } from 'commander';
import QRCode from 'qrcode';
import {
  changePassword,
  changeRole,
  createOfficer,
  dismissOfficer,
  type OfficerRole,
} from '../cases/officers.js';
import { enrolSecondFactor } from '../cases/second-factor.js';
import { readableCode } from '../core/ids.js';
import { inHouse } from './shared/in-house.js';
import { role } from './shared/typed.js';

export function register(program: Command): void {
  const officer = program.command('officer').description('officers who may sign in to the console');
  officer
    .command('add')
    .description('enter an officer; the password is made here and told this once')
    .argument('<username>')
    .requiredOption('--name <text>', 'name as printed on papers')
    .requiredOption('--rank <text>', 'rank')
    .requiredOption('--unit <text>', 'unit')
    .option('--role <role>', 'reviewer, signer or operator', role, 'reviewer')
    .action((username: string, options: { name: string; rank: string; unit: string; role: OfficerRole }) =>
      inHouse('officer', async (house) => {
        const password = readableCode(14);
        await createOfficer(house.db, { username, ...options, password });
        process.stdout.write(`${username} ${password}\n`);
      }),
    );
  officer
    .command('password')
    .description('cấp mật khẩu mới, chỉ hiện một lần / give a new password, told this once; old sessions end')
    .argument('<username>')
    .action((username: string) =>
      inHouse('officer', async (house) => {
        const password = readableCode(14);
        await changePassword(house.db, { username, password, at: house.clock.now() });
        process.stdout.write(`${username} ${password}\n`);
      }),
    );
  officer
    .command('role')
    .description('đổi vai trò / change the role')
    .argument('<username>')
    .argument('<role>', 'reviewer, signer or operator', role)
    .action((username: string, to: OfficerRole) =>
      inHouse('officer', (house) => changeRole(house.db, username, to)),
    );
  officer
    .command('dismiss')
    .description(
      'cho thôi nhiệm vụ: đăng xuất ngay và không đăng nhập được nữa / end the service: out at once',
    )
    .argument('<username>')
    .action((username: string) => inHouse('officer', (house) => dismissOfficer(house.db, username)));
  officer
    .command('second-factor')
    .description('give an officer one-time codes: a QR for their authenticator app, shown this once')
    .argument('<username>')
    .action((username: string) =>
      inHouse('officer', async (house) => {
        const uri = await enrolSecondFactor(house, username);
        process.stdout.write(`${await QRCode.toString(uri, { type: 'terminal', small: true })}\n${uri}\n`);
      }),
    );
  officer
    .command('list')
    .description('who may sign in, and who has a second factor')
    .action(() =>
      inHouse('officer', async (house) =>
        console.table(
          await house.db
            .selectFrom('officers')
            .select(['username', 'name', 'rank', 'unit', 'role', 'active'])
            .select((eb) => eb('totp_sealed', 'is not', null).as('secondFactor'))
            .orderBy('username')
            .execute(),
        ),
      ),
    );
}
