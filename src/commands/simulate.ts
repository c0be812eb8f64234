import type { Command } from 'commander';
import type { Simulator } from '../simulators/server.js';
import { untilStopped } from './processes/until-stopped.js';

const PORT = ['--port <n>', 'port on 127.0.0.1, 0 for any', Number, 0] as const;
const VEHICLES = ['--vehicles <file>', 'vehicles to add, say those of the twin (JSON)'] as const;

export function register(program: Command): void {
  const simulate = program
    .command('simulate')
    .description('start a simulator of the outside world, for demo and tests');

  simulate
    .command('vehicle-register')
    .description('vehicles and owners as of an instant')
    .option(...PORT)
    .option('--seed <n>', 'seed of the invented vehicles and owners', Number, 1)
    .option('--count <n>', 'how many are invented', Number, 300)
    .option(...VEHICLES)
    .action(async (options: { port: number; seed: number; count: number; vehicles?: string }) => {
      const { startVehicleRegister } = await import('../simulators/vehicle-register.js');
      await run(startVehicleRegister(options));
    });
  simulate
    .command('digital-account')
    .description('the mailbox of digital accounts')
    .option(...PORT)
    .action(async (options: { port: number }) => {
      const { startDigitalAccount } = await import('../simulators/digital-account.js');
      await run(startDigitalAccount(options));
    });
  simulate
    .command('payment-gateway')
    .description('takes VietQR payments and calls the webhook')
    .option(...PORT)
    .requiredOption('--webhook <url>', 'where payments are told')
    .requiredOption('--secret <text>', 'signs the webhook')
    .action(async (options: { port: number; webhook: string; secret: string }) => {
      const { startPaymentGateway } = await import('../simulators/payment-gateway.js');
      await run(
        startPaymentGateway({
          port: options.port,
          webhookUrl: options.webhook,
          webhookSecret: options.secret,
        }),
      );
    });
  simulate
    .command('oidc-provider')
    .description('signs citizens in')
    .option(...PORT)
    .option(...VEHICLES)
    .option('--redirect <url>', 'the only address that it sends a citizen back to')
    .option('--inbox <url>', 'a digital-account simulator: citizens with a notice come first')
    .action(async (options: { port: number; vehicles?: string; redirect?: string; inbox?: string }) => {
      const { startOidcProvider } = await import('../simulators/oidc-provider.js');
      const { port, vehicles, redirect, inbox } = options;
      await run(
        startOidcProvider({
          port,
          ...(vehicles === undefined ? {} : { vehicles }),
          ...(redirect === undefined ? {} : { redirectUri: redirect }),
          ...(inbox === undefined ? {} : { inboxUrl: inbox }),
        }),
      );
    });
}

async function run(starting: Promise<Simulator>): Promise<void> {
  const simulator = await starting;
  untilStopped(() => simulator.close());
  process.once('disconnect', () => process.exit(0));
  process.stdout.write(`${simulator.url}\n`);
  process.send?.(simulator.url);
}
