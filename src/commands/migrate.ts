import type { Command } from 'commander';
import { openHouse } from '../storage/house.js';
import { migrate } from '../storage/database.js';

export function register(program: Command): void {
  program
    .command('migrate')
    .description('bring the database schema up to date')
    .action(async () => {
      const house = await openHouse('migrate');
      const done = await migrate(house.databaseUrl, house.log);
      await house.close();
      process.stdout.write(`${done.length === 0 ? 'nothing to do' : done.join('\n')}\n`);
    });
}
