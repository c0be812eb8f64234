import type { Command } from 'commander';
import { actorOf } from '../cases/officers.js';
import { reconcile } from '../payments/reconcile.js';
import { refundSent } from '../payments/refunds.js';
import { inHouse } from './shared/in-house.js';
import { provenOfficer } from './shared/proven-officer.js';
import { refundId } from './shared/typed.js';

export function register(program: Command): void {
  const payment = program.command('payment').description('money: reconciliation and refunds');
  payment
    .command('reconcile')
    .description('compare our books with the gateway’s, and take what no webhook told')
    .action(() =>
      inHouse(
        'payment',
        async (house) => void process.stdout.write(`${JSON.stringify(await reconcile(house))}\n`),
      ),
    );
  payment
    .command('refunds')
    .description('what is to be given back')
    .action(() =>
      inHouse('payment', async (house) =>
        console.table(
          await house.db
            .selectFrom('refunds as f')
            .innerJoin('payments as p', 'p.id', 'f.payment_id')
            .innerJoin('notices as n', 'n.id', 'p.notice_id')
            .where('f.state', '=', 'owed')
            .orderBy('f.created_at')
            .select(['f.id', 'n.number', 'f.amount', 'f.reason', 'f.created_at'])
            .execute(),
        ),
      ),
    );
  payment
    .command('refund-sent')
    .description('note that the treasury has sent a refund')
    .argument('<id>', 'as `payment refunds` lists it', refundId)
    .requiredOption('--officer <username>', 'who saw to it')
    .action((id: string, options: { officer: string }) =>
      inHouse('payment', async (house) => {
        const officer = await provenOfficer(house, options.officer);
        await refundSent(house, id, actorOf(officer));
      }),
    );
}
