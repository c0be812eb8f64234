import type { Command } from 'commander';
import { siteAt, siteVersionOf } from '../sites/index.js';
import { inHouse } from './shared/in-house.js';
import { instant, versionNumber } from './shared/typed.js';

/** `phat-nguoi export-site SITE`: the version in force, or a given one, as the file that `import-site` takes. */
export function register(program: Command): void {
  program
    .command('export-site')
    .description('xuất một phiên bản vị trí camera ra JSON / write a version of a site as JSON')
    .argument('<site>', 'mã vị trí / site id')
    .option('--at <instant>', 'phiên bản có hiệu lực lúc này / the version in force at this instant', instant)
    .option('--site-version <n>', 'số phiên bản / version number', versionNumber)
    .action((siteId: string, options: { at?: Date; siteVersion?: number }) =>
      inHouse('export-site', async (house) => {
        const at = options.at ?? house.clock.now();
        const site =
          options.siteVersion === undefined
            ? await siteAt(house.db, siteId, at)
            : await siteVersionOf(house.db, siteId, options.siteVersion);
        process.stdout.write(`${JSON.stringify(site, null, 2)}\n`);
      }),
    );
}
