import type { Command } from 'commander';
import { servedOnPaper, waitingNotices } from '../notices/paper-delivery.js';
import { inHouse } from './shared/in-house.js';

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
    .option('--at <instant>', 'when, ISO 8601; now if left out')
    .action((number: string, options: { officer: string; reference: string; at?: string }) =>
      inHouse('notice', async (house) => {
        const at = options.at === undefined ? house.clock.now() : new Date(options.at);
        await servedOnPaper(house, { number, officer: options.officer, reference: options.reference, at });
      }),
    );
}
