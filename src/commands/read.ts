import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Option, type Command } from 'commander';
import { decode } from '../vision/decode.js';
import { VisionError } from '../vision/errors.js';
import { openEyes, type Eyes } from '../vision/eyes.js';
import { SHIPPED_MANIFEST } from '../vision/manifest.js';
import type { PlateRead } from '../vision/observation.js';
import type { Raster } from '../vision/raster.js';

interface Options {
  readonly crops: boolean;
  readonly json: boolean;
  readonly manifest: string;
}

interface Opened {
  readonly file: string;
  readonly picture: Raster;
  readonly ms: number;
}

const PICTURE = /\.(jpe?g|png|webp)$/i;

/** `phat-nguoi read`: what vision sees in pictures, without a house. One line a picture; exit code 1 if any failed. */
export function register(program: Command): void {
  program
    .command('read')
    .description('đọc biển số và xe trong ảnh / read plates and vehicles in pictures')
    .argument('<paths...>', 'tệp ảnh hoặc thư mục / picture files or folders')
    .option('--crops', 'ảnh là biển số đã cắt sẵn / the pictures are plates already cropped', false)
    .option('--json', 'mỗi ảnh một dòng JSON / one JSON line a picture', false)
    .addOption(
      new Option('--manifest <file>', 'tệp khai báo mô hình khác / another model manifest')
        .env('MODELS_MANIFEST')
        .default(SHIPPED_MANIFEST, 'models/manifest.json'),
    )
    .action(async (paths: string[], options: Options) => {
      // `read … | head` closes the pipe when it has enough: nobody hears the rest.
      process.stdout.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code !== 'EPIPE') throw error;
        process.exit();
      });
      process.exitCode = await readPictures(paths, options, (line) => process.stdout.write(`${line}\n`));
    });
}

async function readPictures(
  paths: readonly string[],
  options: Options,
  print: (line: string) => void,
): Promise<number> {
  const eyes = await openEyes(options.manifest);
  const show = options.json ? (answer: object) => JSON.stringify(answer) : inWords;
  let failed = 0;
  const files = await listed(paths);
  // The next picture is decoded in libvips' thread while the nets have this one.
  let ahead = open(files[0]);
  for (let i = 0; i < files.length; i++) {
    const now = ahead;
    ahead = open(files[i + 1]);
    try {
      const opened = await now;
      if (opened instanceof Error) throw opened;
      print(show(options.crops ? await cropLine(eyes, opened) : await frameLine(eyes, opened)));
    } catch (error) {
      failed++;
      print(show({ file: files[i]!, error: described(error) }));
    }
  }
  return failed > 0 ? 1 : 0;
}

/** Never rejects: a picture opened ahead of its turn must not fail before somebody waits for it. */
async function open(file: string | undefined): Promise<Opened | Error> {
  if (file === undefined) return new Error('no file');
  try {
    const bytes = await readFile(file);
    const start = performance.now();
    const picture = await decode(bytes);
    return { file, picture, ms: performance.now() - start };
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

async function frameLine(eyes: Eyes, { file, picture, ms }: Opened): Promise<object> {
  const reading = await eyes.readFrame(picture);
  const plates = [...reading.observations.flatMap((one) => one.plate ?? []), ...reading.strayPlates];
  return {
    file,
    width: reading.width,
    height: reading.height,
    ms: tenth(ms + reading.ms.total!),
    vehicles: reading.observations.map(({ kind, box, score }) => ({ kind, box, score })),
    plates: plates.map(shown),
  };
}

async function cropLine(eyes: Eyes, { file, picture, ms }: Opened): Promise<object> {
  const start = performance.now();
  const { width, height, plate } = await eyes.readCrop(picture);
  return {
    file,
    width,
    height,
    ms: tenth(ms + performance.now() - start),
    vehicles: [],
    plates: [shown(plate)],
  };
}

function shown(plate: PlateRead): object {
  const { text, display, accepted, confidence, chars, lines, box, heightPx, colour, abstentions } = plate;
  return { text, display, accepted, confidence, chars, lines, box, heightPx, colour, abstentions };
}

function tenth(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function described(error: unknown): { code: string; message: string } {
  if (error instanceof VisionError) return { code: error.code, message: error.message };
  const system = error as NodeJS.ErrnoException;
  if (typeof system.code === 'string') return { code: 'FILE_UNREADABLE', message: system.message };
  return { code: 'VISION_FAILED', message: system.message };
}

/** A folder gives its pictures, those of its folders too, by name; a file is taken whatever it is called. */
async function listed(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    const folder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!folder) {
      files.push(path);
      continue;
    }
    const names = await readdir(path, { recursive: true });
    files.push(
      ...names
        .filter((name) => PICTURE.test(name))
        .sort()
        .map((name) => join(path, name)),
    );
  }
  return files;
}

interface Answer {
  readonly file?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly plates?: readonly {
    readonly display: string;
    readonly accepted: boolean;
    readonly confidence: number;
  }[];
  readonly vehicles?: readonly { readonly kind: string }[];
}

function inWords(answer: Answer): string {
  if (answer.error) return `${answer.file}\t! ${answer.error.code}: ${answer.error.message}`;
  const plates = (answer.plates ?? []).map(
    (one) => `${one.accepted ? '✓' : '?'} ${one.display} ${one.confidence.toFixed(3)}`,
  );
  const vehicles = (answer.vehicles ?? []).map((one) => one.kind);
  return [answer.file, plates.join(', ') || '–', vehicles.join(' ')].join('\t');
}
