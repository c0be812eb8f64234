import type { Command } from 'commander';
import { servedOnPaper, waitingNotices } from '../notices/paper-delivery.js';
import { inHouse } from './shared/in-house.js';
import { provenOfficer } from './shared/proven-officer.js';
import { pastInstant } from './shared/typed.js';

export function register(program: Command): void {
  const notice = program.command('notice').description('notices on their way to their owners');
  notice
    .command('waiting')
    .description('notices not delivered yet, and why')
    .action(() => inHouse('notice', async (house) => console.table(await waitingNotices(house))));
  notice
    .command('served')
    .description('note a notice that was handed over or posted on paper')
    .argument('<number>', 'the whole number, say 000012/2026/TB-CSGT')
    .requiredOption('--officer <username>', 'who served it')
    .requiredOption(
      '--reference <text>',
      'what proves it: number of the registered letter or of the signed slip',
    )
    .option('--at <instant>', 'when, ISO 8601 with its zone; now if left out', pastInstant)
    .action((number: string, options: { officer: string; reference: string; at?: Date }) =>
      inHouse('notice', async (house) => {
        const { username: officer } = await provenOfficer(house, options.officer);
        const { reference, at = house.clock.now() } = options;
        await servedOnPaper(house, { number, officer, reference, at });
      }),
    );
}
