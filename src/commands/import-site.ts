import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { addSiteVersion, parseSite, signOff, viewOf } from '../sites/index.js';
import { inHouse } from './shared/in-house.js';

/** `phat-nguoi import-site FILE`: adds one version of a site and shows how well each camera's calibration fits. */
export function register(program: Command): void {
  program
    .command('import-site')
    .description('nhập một phiên bản vị trí camera từ tệp JSON / add a version of a site from a JSON file')
    .argument('<file>', 'tệp JSON theo lược đồ phat-nguoi/site/1 / JSON of the schema phat-nguoi/site/1')
    .option('--sign <name>', 'người ký duyệt / who signs it off')
    .action(async (file: string, options: { sign?: string }) => {
      const site = parseSite(JSON.parse(await readFile(file, 'utf8')));
      await inHouse('import-site', async (house) => {
        const { added, sha256 } = await addSiteVersion(house.db, site);
        if (options.sign !== undefined)
          await signOff(house.db, site.siteId, site.version, options.sign, house.clock.now());
        const errors = site.cameras.map((camera) => {
          const { rms, max } = viewOf(camera).calibration.errorMetres;
          return `  ${camera.id}: ±${rms.toFixed(3)} m (max ${max.toFixed(3)} m)`;
        });
        process.stdout.write(
          `${site.siteId} v${site.version} ${added ? 'added' : 'known already'} ${sha256.slice(0, 12)}\n${errors.join('\n')}\n`,
        );
      });
    });
}
