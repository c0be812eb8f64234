import type { Command } from 'commander';
import { setTimeout as pause } from 'node:timers/promises';
import { cameraClient, type Answer } from '../simulators/camera.js';
import { playCamera } from '../simulators/play-camera.js';
import { planShots, type Planned } from '../simulators/shots.js';

interface Options {
  readonly camera: string;
  readonly secret?: string;
  readonly url: string;
  readonly fps: string;
  readonly speed: string;
  readonly rounds: string;
  readonly clipCamera?: string;
  readonly json: boolean;
}

const HEARTBEAT_MS = 60_000;

/** `phat-nguoi send`: pushes pictures as a registered camera. Exit code 1 if any was refused or lost. */
export function register(program: Command): void {
  program
    .command('send')
    .description(
      'gửi ảnh như một camera / push pictures as a camera: a JPEG, a folder of them, or a clip with frames.jsonl',
    )
    .argument('<path>', 'tệp JPEG hoặc thư mục / JPEG file or folder')
    .requiredOption('--camera <id>', 'mã camera / id of the camera')
    .option(
      '--secret <secret>',
      'khóa của camera, mặc định CAMERA_SECRET / its secret, default CAMERA_SECRET',
    )
    .option('--url <url>', 'địa chỉ nhận ảnh / address of the camera app', 'http://127.0.0.1:8101')
    .option('--fps <n>', 'ảnh mỗi giây với thư mục thường / pictures a second of a plain folder', '5')
    .option(
      '--speed <n>',
      '1 là thời gian thực, 0 là nhanh nhất / 1 is real time, 0 as fast as they are taken',
      '1',
    )
    .option('--rounds <n>', 'số lần phát, 0 là mãi mãi / how often, 0 for ever', '1')
    .option('--clip-camera <id>', 'camera trong clip nếu khác / camera inside the clip, if named otherwise')
    .option('--json', 'mỗi ảnh một dòng JSON / one JSON line a picture', false)
    .action(async (path: string, options: Options) => {
      process.exitCode = await send(path, options);
    });
}

async function send(path: string, options: Options): Promise<number> {
  const secret = options.secret ?? process.env.CAMERA_SECRET;
  if (secret === undefined) throw new Error('give the secret of the camera with --secret or CAMERA_SECRET');
  const client = cameraClient({ url: options.url, camera: options.camera, secret });
  const shots = await planShots(path, {
    fps: Number(options.fps),
    camera: options.clipCamera ?? options.camera,
  });
  if (shots.length === 0)
    throw new Error(
      `${path} holds no JPEG${options.clipCamera === undefined ? '' : ` of ${options.clipCamera}`}`,
    );
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  const beating = beat(client.heartbeat, stop.signal);

  const total = { taken: 0, duplicates: 0, refused: 0, lost: 0 };
  const rounds = Number(options.rounds) || Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && !stop.signal.aborted; round += 1) {
    const played = await playCamera(client, shots, {
      speed: Number(options.speed),
      signal: stop.signal,
      firstSequence: Math.floor(Date.now() / 1000) * 1000,
      onAnswer: options.json
        ? (shot, answer) => process.stdout.write(`${JSON.stringify(lineOf(shot, answer))}\n`)
        : tellRefusal,
    });
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += played[key];
  }
  stop.abort();
  await beating;
  process.stderr.write(
    `đã nhận ${total.taken}, trùng ${total.duplicates}, bị từ chối ${total.refused}, mất ${total.lost} · taken ${total.taken}, duplicates ${total.duplicates}, refused ${total.refused}, lost ${total.lost}\n`,
  );
  return total.refused + total.lost > 0 ? 1 : 0;
}

async function beat(heartbeat: () => Promise<unknown>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await heartbeat().catch(() => undefined);
    await pause(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined);
  }
}

const lineOf = (shot: Planned, { status, id, duplicate, code, message, ms }: Answer) => ({
  file: shot.file,
  status,
  id,
  duplicate,
  code,
  message,
  ms: Math.round(ms),
});

function tellRefusal(shot: Planned, answer: Answer): void {
  if (answer.status !== 202)
    process.stderr.write(`${shot.file}: ${answer.status} ${answer.code ?? ''} ${answer.message ?? ''}\n`);
}
