import { Option, type Command } from 'commander';
import { makeScene } from '../twin/behaviour/index.js';
import { writeClip } from '../twin/clip.js';
import { startRenderer } from '../twin/renderer.js';
import { twinSites, type TwinSiteName } from '../twin/sites/index.js';

interface Options {
  readonly site: TwinSiteName;
  readonly seed: number;
  readonly seconds: number;
  readonly start: number;
  readonly out: string;
  readonly camera?: string;
  readonly light: 'day' | 'low-sun' | 'dusk' | 'night';
  readonly weather: 'dry' | 'rain';
  readonly fps: number;
  readonly width: number;
  readonly height: number;
  readonly quality: number;
  readonly role?: string[];
  readonly plain?: number;
}

/** `phat-nguoi twin`: renders a clip of a simulated site with its truth. */
export function register(program: Command): void {
  program
    .command('twin')
    .description(
      'dựng đoạn phim của đường mô phỏng kèm sự thật từng khung / render a clip of a simulated road with its truth',
    )
    .addOption(
      new Option('--site <name>', 'đường / site').choices(Object.keys(twinSites)).makeOptionMandatory(),
    )
    .option('--seed <n>', 'hạt giống: cùng hạt, cùng ảnh / same seed, same frames', Number, 1)
    .option('--seconds <n>', 'độ dài / length of the clip', Number, 20)
    .option('--start <n>', 'bỏ qua bao nhiêu giây đầu / seconds skipped at the start', Number, 0)
    .requiredOption('--out <dir>', 'thư mục ghi / folder to write')
    .option('--camera <id>', 'máy quay, mặc định là máy đầu tiên / camera, the first by default')
    .addOption(
      new Option('--light <light>', 'ánh sáng / light')
        .choices(['day', 'low-sun', 'dusk', 'night'])
        .default('day'),
    )
    .addOption(
      new Option('--weather <weather>', 'thời tiết / weather').choices(['dry', 'rain']).default('dry'),
    )
    .option('--fps <n>', 'khung mỗi giây, ước của 10 / frames a second, a divisor of 10', Number, 10)
    .option('--width <px>', 'rộng / width', Number, 1920)
    .option('--height <px>', 'cao / height', Number, 1080)
    .option('--quality <n>', 'chất lượng JPEG / JPEG quality', Number, 85)
    .option('--role <name...>', 'kịch bản phải có / scripts to play')
    .option('--plain <n>', 'số xe thường / vehicles of plain traffic', Number)
    .action(twin);
}

async function twin(options: Options): Promise<void> {
  const { site, seed, seconds, start, light, weather, width, height, quality, out, role, plain } = options;
  const scene = makeScene({
    site,
    seed,
    light,
    weather,
    seconds: start + seconds,
    ...(role === undefined ? {} : { roles: role }),
    ...(plain === undefined ? {} : { plain }),
  });
  const every = Math.max(1, Math.round(scene.fps / options.fps));
  const cameraId = options.camera ?? Object.keys(scene.site.optics)[0]!;
  const renderer = await startRenderer();
  try {
    const clip = await writeClip(renderer, {
      scene,
      cameraId,
      out,
      every,
      quality,
      size: { width, height },
      from: Math.round(start * scene.fps),
      onFrame: (file, took) => process.stderr.write(`${file} ${took.toFixed(1)} s\n`),
    });
    process.stdout.write(
      `${JSON.stringify({ out, clip: clip.name, frames: clip.frames, violations: clip.violations.length, nearMisses: clip.nearMisses.length })}\n`,
    );
  } finally {
    await renderer.close();
  }
}
