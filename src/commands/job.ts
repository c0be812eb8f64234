import Table from 'cli-table3';
import type { Command } from 'commander';
import { z } from 'zod';
import { CodedError } from '../core/errors.js';
import { readAgain } from '../ingest/read-frame.js';
import { retryJobs, setAsideJobs, type SetAsideJob, type WhichJobs } from '../storage/set-aside.js';
import { TOPICS } from '../storage/topics.js';
import { inHouse } from './shared/in-house.js';

export class JobCommandError extends CodedError<'JOB_OPTIONS_INVALID'> {}

const which = z.strictObject({
  topic: z.enum(TOPICS).optional(),
  key: z.string().min(1).max(200).optional(),
});
const listed = which.extend({ json: z.boolean() });
const retried = which
  .extend({ all: z.boolean(), json: z.boolean() })
  .refine(
    ({ topic, key, all }) => all !== (topic !== undefined || key !== undefined),
    '--topic, --key hoặc --all / --topic and --key, or --all',
  );

/** `phat-nguoi job list | retry`: jobs that were given up, for the operator. */
export function register(program: Command): void {
  const job = program.command('job').description('việc đã bỏ dở và lý do / jobs that were given up, and why');
  const about = (command: Command): Command =>
    command
      .option('--topic <topic>', `loại việc / kind: ${TOPICS.join(', ')}`)
      .option('--key <key>', 'khung hình, hồ sơ, thông báo … / the frame, case, notice … that it is about')
      .option('--json', 'mỗi việc một dòng JSON / one JSON line a job', false);
  about(job.command('list'))
    .description('liệt kê việc đã bỏ dở / list jobs that were given up')
    .action((options: unknown) => {
      const { json, ...asked } = checked(listed, options);
      return inHouse('job', async (house) => print(await setAsideJobs(house.db, asked), json));
    });
  about(job.command('retry'))
    .description('làm lại việc đã bỏ dở / ask for jobs that were given up once more')
    .option('--all', 'tất cả / all of them', false)
    .action((options: unknown) => {
      const { json, topic, key } = checked(retried, options);
      return inHouse('job', async (house) =>
        print(await retryJobs(house, { topic, key } satisfies WhichJobs, { read: readAgain }), json),
      );
    });
}

/** @throws {JobCommandError} `JOB_OPTIONS_INVALID` */
function checked<Options>(schema: z.ZodType<Options>, options: unknown): Options {
  const parsed = schema.safeParse(options);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => [...issue.path, issue.message].join(': ')).join('; ');
  throw new JobCommandError('JOB_OPTIONS_INVALID', wrong, { cause: parsed.error });
}

function print(jobs: readonly SetAsideJob[], json: boolean): void {
  if (json) return void process.stdout.write(jobs.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const table = new Table({ head: ['việc / job', 'khóa / key', 'từ / since', 'lý do / reason'] });
  for (const { topic, key, at, reason } of jobs) table.push([topic, key, at.toISOString(), reason]);
  process.stdout.write(`${table.toString()}\n`);
}
