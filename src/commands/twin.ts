import { InvalidArgumentError, Option, type Command } from 'commander';
import { FPS } from '../twin/behaviour/index.js';
import { cook } from '../twin/recipe.js';
import { startRenderer } from '../twin/renderer.js';
import { twinSites, type TwinSiteName } from '../twin/sites/index.js';
import type { ClipRecipe } from '../twin/truth.js';
import { wholeWithin, within } from './shared/typed.js';

type Options = Omit<ClipRecipe, 'site' | 'cameras' | 'story' | 'plates'> & {
  readonly site: TwinSiteName;
  readonly out: string;
  readonly name?: string;
  readonly camera?: readonly string[];
  readonly story?: number;
  readonly plates?: 'clean' | 'mixed';
};

/** Seconds that a story may have. */
const LONGEST = 600;
/** A side of a picture: from a thumbnail to 8K. */
const PIXELS = [64, 7680] as const;
/** A frame rate at which the pictures are frames of the story. */
function divisor(word: string): number {
  const fps = Number(word);
  if (!(fps > 0 && Number.isInteger(FPS / fps)))
    throw new InvalidArgumentError(`ước của ${FPS} / a divisor of ${FPS}: 10, 5, 2, 1`);
  return fps;
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
    .option(
      '--seed <n>',
      'hạt giống: cùng hạt, cùng ảnh / same seed, same frames',
      wholeWithin(0, 2 ** 31),
      1,
    )
    .option('--seconds <n>', 'độ dài / length of the clip', within(0.1, LONGEST), 20)
    .option('--start <n>', 'bỏ qua bao nhiêu giây đầu / seconds skipped at the start', within(0, LONGEST), 0)
    .option(
      '--story <n>',
      'độ dài cả câu chuyện, mặc định hết đoạn phim / seconds of the whole story, to the end of the clip by default',
      within(0.1, LONGEST),
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
    .option('--fps <n>', 'khung mỗi giây, ước của 10 / frames a second, a divisor of 10', divisor, 10)
    .option('--width <px>', 'rộng / width', wholeWithin(...PIXELS), 1920)
    .option('--height <px>', 'cao / height', wholeWithin(...PIXELS), 1080)
    .option('--quality <n>', 'chất lượng JPEG / JPEG quality', wholeWithin(1, 100), 85)
    .option('--role <name...>', 'kịch bản phải có / scripts to play')
    .option('--plain <n>', 'số xe thường / vehicles of plain traffic', wholeWithin(0, 500))
    .addOption(
      new Option(
        '--plates <which>',
        'biển của xe thường: sạch, hoặc lẫn cả biển bẩn, cong, bị che, nước ngoài, quân đội, tạm thời / plates of plain traffic: clean, or dirty, bent, covered, foreign, military and temporary ones among them',
      )
        .choices(['clean', 'mixed'])
        .default('clean'),
    )
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
    ...(options.plates === 'mixed' ? { plates: options.plates } : {}),
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
