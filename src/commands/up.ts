import type { Command } from 'commander';
import { loadConfig } from '../core/config.js';
import { createLog } from '../core/log.js';
import { policyInWords } from '../retention/index.js';
import { beginAnew } from '../storage/begin-anew.js';
import { startHouseProcesses } from './processes/house-processes.js';
import { untilStopped } from './processes/until-stopped.js';

export function register(program: Command): void {
  program
    .command('up')
    .description('start the whole house on this machine and keep it running')
    .option('--fresh', 'begin anew: delete the data folder and the database in it first')
    .action(async (options: { fresh?: boolean }) => {
      const config = loadConfig();
      const log = createLog('up', config.logLevel);
      if (options.fresh === true) await beginAnew(config, log);
      const house = await startHouseProcesses(config, process.env, log);
      untilStopped(() => house.stop());
      process.stdout.write(
        [
          `queue    ${house.queue}`,
          `data     ${config.dataDir}`,
          `pictures ${policyInWords(config)}`,
          `cameras  ${config.publicUrls.camera}/v1/frames`,
          `officers ${config.publicUrls.officer}`,
          `citizens ${config.publicUrls.citizen}`,
          '',
        ].join('\n'),
      );
    });
}
