import type { Command } from 'commander';
import { CASE_STATES } from '../cases/states.js';
import { houseStatus } from '../storage/status.js';
import { inHouse } from './shared/in-house.js';

export function register(program: Command): void {
  program
    .command('status')
    .description('how many frames, passages, violations, cases, notices and payments there are')
    .option('--json', 'one line of JSON')
    .action(async (options: { json?: boolean }) => {
      const counted = await inHouse('status', (house) => houseStatus(house.db));
      const none = Object.fromEntries(CASE_STATES.map((state) => [state, 0]));
      const status = { ...counted, cases: { ...none, ...counted.cases } };
      if (options.json === true) process.stdout.write(`${JSON.stringify(status)}\n`);
      else console.table({ ...status, cases: JSON.stringify(status.cases) });
    });
}
