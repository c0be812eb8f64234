import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The systems outside the machine, each as a process of its own on loopback. */
export interface DemoSimulators {
  readonly vehicleRegister: string;
  readonly digitalAccount: string;
  readonly paymentGateway: string;
  readonly oidcIssuer: string;
  stop(): Promise<void>;
}

const BIN = fileURLToPath(new URL('../../bin.mjs', import.meta.url));

/** Starts all four and waits until each has told its address. */
export async function startSimulators(options: {
  vehicles: string;
  citizenUrl: string;
  webhookSecret: string;
}): Promise<DemoSimulators> {
  const children: ChildProcess[] = [];
  const start = (name: string, ...args: string[]): Promise<string> =>
    new Promise((done, fail) => {
      const child = fork(BIN, ['simulate', name, ...args], {
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        detached: true,
      });
      children.push(child);
      child.once('message', (url) => done(String(url)));
      child.once('exit', (code) => fail(new Error(`simulator ${name} ended with ${code}`)));
    });
  const stop = async (): Promise<void> => {
    const alive = children.filter((child) => child.exitCode === null && child.signalCode === null);
    await Promise.all(
      alive.map(
        (child) =>
          new Promise<void>((gone) => {
            const late = setTimeout(() => child.kill('SIGKILL'), 5000);
            child.once('exit', () => (clearTimeout(late), gone()));
            child.kill('SIGTERM');
          }),
      ),
    );
  };
  try {
    const [vehicleRegister, digitalAccount, paymentGateway] = await Promise.all([
      start('vehicle-register', '--vehicles', options.vehicles),
      start('digital-account'),
      start(
        'payment-gateway',
        '--webhook',
        `${options.citizenUrl}/v1/payments/webhook`,
        '--secret',
        options.webhookSecret,
      ),
    ]);
    const oidcIssuer = await start(
      'oidc-provider',
      '--vehicles',
      options.vehicles,
      '--inbox',
      digitalAccount,
    );
    return { vehicleRegister, digitalAccount, paymentGateway, oidcIssuer, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
