import Table from 'cli-table3';
import type { Command } from 'commander';
import { cameraHealth, registerCamera, setCameraState } from '../ingest/index.js';
import { troublesInWords } from './shared/camera-troubles.js';
import { inHouse } from './shared/in-house.js';

/** `phat-nguoi camera add | list | suspend | resume` */
export function register(program: Command): void {
  const camera = program
    .command('camera')
    .description('đăng ký và xem camera / register and look at cameras');
  camera
    .command('add')
    .description('đăng ký camera, in khóa một lần / register a camera and print its secret, once')
    .argument('<id>')
    .requiredOption('--site <id>', 'vị trí lắp / site it stands at')
    .option('--name <name>', 'tên / name')
    .option('--json', 'JSON', false)
    .action((id: string, options: { site: string; name?: string; json: boolean }) =>
      inHouse('camera', async (house) => {
        const made = await registerCamera(house, { id, siteId: options.site, name: options.name ?? id });
        process.stdout.write(options.json ? `${JSON.stringify(made)}\n` : `${made.id}\n${made.secret}\n`);
      }),
    );
  camera
    .command('list')
    .description('tình trạng các camera / how the cameras are')
    .option('--json', 'mỗi camera một dòng JSON / one JSON line a camera', false)
    .action((options: { json: boolean }) =>
      inHouse('camera', async (house) => {
        const all = await cameraHealth(house.db, house.clock.now());
        if (options.json)
          return void process.stdout.write(all.map((one) => `${JSON.stringify(one)}\n`).join(''));
        const table = new Table({
          head: ['camera', 'site', 'last seen', 'clock ms', 'frames 24 h', 'trouble'],
        });
        for (const one of all) {
          table.push([
            one.id,
            one.siteId,
            one.lastSeenAt?.toISOString() ?? '-',
            one.lastClockOffsetMs ?? '-',
            one.frames,
            troublesInWords(one),
          ]);
        }
        process.stdout.write(`${table.toString()}\n`);
      }),
    );
  for (const [name, state, text] of [
    ['suspend', 'suspended', 'ngừng nhận ảnh / take no more pictures of it'],
    ['resume', 'active', 'nhận ảnh lại / take its pictures again'],
  ] as const) {
    camera
      .command(name)
      .description(text)
      .argument('<id>')
      .action((id: string) => inHouse('camera', (house) => setCameraState(house.db, id, state)));
  }
}
