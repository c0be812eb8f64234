import type { Command } from 'commander';
import { holds, layHold, liftHold } from '../retention/index.js';
import { inHouse } from './shared/in-house.js';
import { provenOfficer } from './shared/proven-officer.js';
import { holdId, instant } from './shared/typed.js';

interface Add {
  readonly camera: string;
  readonly from: Date;
  readonly to: Date;
  readonly reason: string;
  readonly officer: string;
}

/** `phat-nguoi hold add | list | lift`: frames that stay whatever the policy; the officer proves again who they are. */
export function register(program: Command): void {
  const hold = program
    .command('hold')
    .description('lệnh giữ ảnh của một camera, một khoảng thời gian / legal holds on frames');
  hold
    .command('add')
    .description('giữ mọi ảnh, bất kể chính sách / keep every frame of a camera and a time')
    .requiredOption('--camera <id>', 'mã camera / camera id')
    .requiredOption('--from <instant>', 'từ / from', instant)
    .requiredOption('--to <instant>', 'đến / to', instant)
    .requiredOption('--reason <text>', 'lý do / reason')
    .requiredOption('--officer <username>', 'cán bộ quyết định / officer who decides')
    .action(({ camera, officer, ...asked }: Add) =>
      inHouse('hold', async (house) => {
        const by = await provenOfficer(house, officer);
        print(await layHold(house, { ...asked, cameraId: camera, officer: by }));
      }),
    );
  hold
    .command('list')
    .description('mọi lệnh giữ, ai và vì sao / every hold, who laid it and why')
    .action(() => inHouse('hold', async (house) => (await holds(house.db)).forEach(print)));
  hold
    .command('lift')
    .description('bỏ lệnh giữ / end a hold')
    .argument('<id>', 'mã như trong `hold list` / an id as `hold list` tells it', holdId)
    .requiredOption('--reason <text>', 'lý do / reason')
    .requiredOption('--officer <username>', 'cán bộ quyết định / officer who decides')
    .action((id: string, options: { reason: string; officer: string }) =>
      inHouse('hold', async (house) =>
        liftHold(house, {
          id,
          reason: options.reason,
          officer: await provenOfficer(house, options.officer),
        }),
      ),
    );
}

const print = (value: object): void => void process.stdout.write(`${JSON.stringify(value)}\n`);
