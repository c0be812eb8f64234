import type { Command } from 'commander';
import { withdrawSiteVersion } from '../cases/withdraw-version.js';
import { inHouse } from './shared/in-house.js';
import { provenOfficer } from './shared/proven-officer.js';
import { versionNumber } from './shared/typed.js';

/** `phat-nguoi case withdraw`: the one thing that is done to many cases at once, and the officer proves again who they are. */
export function register(program: Command): void {
  program
    .command('case')
    .description('hồ sơ vi phạm / cases')
    .command('withdraw')
    .description(
      'hủy mọi hồ sơ của một phiên bản điểm camera bị sai, hoàn tiền đã nộp; phiên bản đó không được dùng nữa / take back every case of a wrong site version, with refunds; the version is used no more',
    )
    .requiredOption('--site <id>', 'mã vị trí / site id')
    .requiredOption('--site-version <n>', 'số phiên bản / version number', versionNumber)
    .requiredOption('--officer <username>', 'cán bộ quyết định / officer who decides')
    .requiredOption('--reason <text>', 'lý do, chủ xe sẽ đọc / reason, which owners will read')
    .action((options: { site: string; siteVersion: number; officer: string; reason: string }) =>
      inHouse('case', async (house) => {
        const done = await withdrawSiteVersion(house, {
          siteId: options.site,
          siteVersion: options.siteVersion,
          officer: await provenOfficer(house, options.officer),
          reason: options.reason,
        });
        process.stdout.write(`${JSON.stringify(done)}\n`);
      }),
    );
}
