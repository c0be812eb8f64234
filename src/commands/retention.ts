import Table from 'cli-table3';
import type { Command } from 'commander';
import { letGoAll, nothingDue, policyInWords, RetentionError, surveyRetention } from '../retention/index.js';
import { inHouse } from './shared/in-house.js';

/** `phat-nguoi retention`: the policy, what would go by it now, and with `--run` lets it go. */
export function register(program: Command): void {
  program
    .command('retention')
    .description(
      'chính sách lưu giữ ảnh, ảnh nào sẽ bị xóa / how long pictures are kept, and which would be let go now',
    )
    .option('--run', 'xóa một lần ngay bây giờ, có biên bản / let them go once, on record', false)
    .option('--json', 'JSON', false)
    .action((options: { run: boolean; json: boolean }) =>
      inHouse('retention', async (house) => {
        const { retentionHours } = house.config;
        const policy = policyInWords(house.config);
        if (options.run) {
          if (retentionHours === 0) throw new RetentionError('POLICY_KEEPS_ALL', policy);
          const done = await letGoAll(house);
          return print(options.json, { policyHours: retentionHours, ...done }, () =>
            [
              policy,
              `đã xóa / let go: ${done.frames} ảnh / pictures, ${megabytes(done.bytes)}; ${done.records} biên bản / records`,
            ].join('\n'),
          );
        }
        const cameras = await surveyRetention(house);
        print(options.json, { policyHours: retentionHours, cameras }, () => {
          if (cameras.length === 0) return `${policy}\n${nothingDue()}`;
          const table = new Table({
            head: ['camera', 'sẽ xóa / would go', 'MB', 'còn cần / old and needed'],
          });
          for (const one of cameras) table.push([one.cameraId, one.frames, megabytes(one.bytes), one.needed]);
          return `${policy}\n${table.toString()}`;
        });
      }),
    );
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const print = (json: boolean, value: object, words: () => string): void =>
  void process.stdout.write(`${json ? JSON.stringify(value) : words()}\n`);
