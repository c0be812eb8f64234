import { Option, type Command } from 'commander';
import { cook } from '../twin/recipe.js';
import { startRenderer } from '../twin/renderer.js';
import { twinSites, type TwinSiteName } from '../twin/sites/index.js';
import type { ClipRecipe } from '../twin/truth.js';

type Options = Omit<ClipRecipe, 'site' | 'cameras' | 'story'> & {
  readonly site: TwinSiteName;
  readonly out: string;
  readonly name?: string;
  readonly camera?: readonly string[];
  readonly story?: number;
};

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
    .option(
      '--story <n>',
      'độ dài cả câu chuyện, mặc định hết đoạn phim / seconds of the whole story, to the end of the clip by default',
      Number,
    )
    .option('--name <name>', 'tên đoạn phim / name of the clip')
    .requiredOption('--out <dir>', 'thư mục ghi / folder to write')
    .option(
      '--camera <id...>',
      'một hay nhiều máy quay, mặc định là máy đầu tiên / one or more cameras, the first by default',
    )
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

/** What the options ask for, defaults filled in, in the order of the record. */
export function recipeOf(options: Options): ClipRecipe {
  const { site, seed, role, plain, start, seconds, fps, light, weather, width, height, quality } = options;
  return {
    site,
    seed,
    ...(role === undefined ? {} : { role }),
    ...(plain === undefined ? {} : { plain }),
    story: options.story ?? start + seconds,
    start,
    seconds,
    fps,
    cameras: options.camera ?? Object.keys(twinSites[site].optics).slice(0, 1),
    light,
    weather,
    width,
    height,
    quality,
  };
}

async function twin(options: Options): Promise<void> {
  const { out, name } = options;
  const renderer = await startRenderer();
  try {
    const clip = await cook(renderer, recipeOf(options), {
      out,
      ...(name === undefined ? {} : { name }),
      onFrame: (file, took) => process.stderr.write(`${file} ${took.toFixed(1)} s\n`),
    });
    process.stdout.write(
      `${JSON.stringify({ out, clip: clip.name, frames: clip.frames, violations: clip.violations.length, nearMisses: clip.nearMisses.length })}\n`,
    );
  } finally {
    await renderer.close();
  }
}
