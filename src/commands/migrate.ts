import type { Command } from 'commander';
import { migrate } from '../storage/database.js';
import { inHouse } from './shared/in-house.js';

export function register(program: Command): void {
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .action(async () => {
      const done = await inHouse('migrate', (house) => migrate(house.databaseUrl, house.log));
      process.stdout.write(`${done.length === 0 ? 'nothing to do' : done.join('\n')}\n`);
    });
}
