import type { Command } from 'commander';
import { createOfficer, type OfficerRole } from '../cases/officers.js';
import { readableCode } from '../core/ids.js';
import { openHouse } from '../storage/house.js';

export function register(program: Command): void {
  const officer = program.command('officer').description('officers who may sign in to the console');
  officer
    .command('add')
    .description('enter an officer; the password is made here and told this once')
    .argument('<username>')
    .requiredOption('--name <text>', 'name as printed on papers')
    .requiredOption('--rank <text>', 'rank')
    .requiredOption('--unit <text>', 'unit')
    .option('--role <role>', 'reviewer, signer or operator', 'reviewer')
    .action(
      async (username: string, options: { name: string; rank: string; unit: string; role: OfficerRole }) => {
        const house = await openHouse('officer', { LOG_LEVEL: 'warn', ...process.env });
        try {
          const password = readableCode(14);
          await createOfficer(house.db, { username, ...options, password });
          process.stdout.write(`${username} ${password}\n`);
        } finally {
          await house.close();
        }
      },
    );
  officer
    .command('list')
    .description('who may sign in')
    .action(async () => {
      const house = await openHouse('officer', { LOG_LEVEL: 'warn', ...process.env });
      try {
        console.table(
          await house.db
            .selectFrom('officers')
            .select(['username', 'name', 'rank', 'unit', 'role', 'active'])
            .execute(),
        );
      } finally {
        await house.close();
      }
    });
}
