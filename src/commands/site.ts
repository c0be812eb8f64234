import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Command } from 'commander';
import sharp from 'sharp';
import {
  drawSite,
  parseSite,
  signOff,
  siteAt,
  siteJsonSchema,
  siteVersions,
  type Drawing,
  type SiteVersion,
} from '../sites/index.js';
import { cameraHealth } from '../ingest/index.js';
import { siteChanges } from '../judging/replay.js';
import { troublesInWords } from './shared/camera-troubles.js';
import { inHouse } from './shared/in-house.js';
import { versionNumber } from './shared/typed.js';

/** `phat-nguoi site …`: versions, sign-off, a drawing over a frame, what a new version would change. */
export function register(program: Command): void {
  const site = program
    .command('site')
    .description(
      'vị trí camera: phiên bản, ký duyệt, hình vẽ, so sánh / sites: versions, sign-off, drawing, comparison',
    );
  site
    .command('list')
    .description('các phiên bản và tình trạng camera / versions, and how the cameras do')
    .action(() =>
      inHouse('site', async (house) => {
        for (const one of await siteVersions(house.db)) {
          const to = one.validTo === null ? '…' : one.validTo.toISOString();
          print(
            `${one.siteId} v${one.version} ${one.validFrom.toISOString()} – ${to} ${one.signedOffBy ?? 'CHƯA KÝ / NOT SIGNED'} ${one.sha256.slice(0, 12)}${one.withdrawnAt === null ? '' : ` ĐÃ RÚT / WITHDRAWN ${one.withdrawnAt.toISOString()}`}`,
          );
        }
        for (const camera of await cameraHealth(house.db, house.clock.now())) {
          print(
            `  ${camera.siteId} ${camera.id} ${troublesInWords(camera)} ${camera.lastSeenAt?.toISOString() ?? '–'}`,
          );
        }
      }),
    );
  site
    .command('sign')
    .description('ký duyệt một phiên bản / sign a version off')
    .argument('<site>')
    .argument('<version>', 'số phiên bản / version number', versionNumber)
    .requiredOption('--by <name>', 'người ký / who signs')
    .action((siteId: string, version: number, options: { by: string }) =>
      inHouse('site', async (house) => {
        await signOff(house.db, siteId, version, options.by, house.clock.now());
        print(`${siteId} v${version} ${options.by}`);
      }),
    );
  site
    .command('draw')
    .description('vẽ làn, vạch dừng, đèn lên khung hình / draw lanes, stop line and lamps over a frame')
    .argument('<site>', 'mã vị trí, tệp JSON hoặc thư mục đoạn phim / site id, JSON file or clip folder')
    .requiredOption('--frame <jpg>', 'khung hình của camera / a frame of the camera')
    .requiredOption('--out <png>', 'tệp ghi / file to write')
    .option('--camera <id>', 'camera, mặc định là camera đầu / the first by default')
    .action(async (what: string, options: { frame: string; out: string; camera?: string }) => {
      const version = await siteOf(what);
      const cameraId = options.camera ?? version.cameras[0]!.id;
      const stretched = await draw(version, cameraId, options.frame, options.out);
      if (stretched !== null) print(stretched);
      print(`${options.out}: ${version.siteId} v${version.version} ${cameraId}`);
    });
  site
    .command('schema')
    .description(
      'lược đồ JSON Schema của tệp vị trí camera, cho trình soạn thảo / JSON Schema of a site file, for editors',
    )
    .action(() => print(JSON.stringify(siteJsonSchema(), null, 2)));
  site
    .command('diff')
    .description(
      'vi phạm đã lưu nào sẽ khác dưới phiên bản mới / which stored violations a new version would change',
    )
    .argument('<file>', 'tệp JSON của phiên bản mới / JSON of the new version')
    .option('--json', 'JSON', false)
    .action(async (file: string, options: { json: boolean }) => {
      const version = await siteFile(file);
      await inHouse('site', async (house) => {
        const changes = await siteChanges(house.db, version);
        if (options.json) return print(JSON.stringify(changes));
        for (const one of changes.filter((change) => change.change !== 'same' || change.besides.length > 0)) {
          print(
            `${one.change === 'gone' ? '–' : one.change === 'other' ? '≠' : '+'} ${one.caseId ?? one.violationId} ${one.occurredAt} ${one.plateText ?? '–'} ${one.rule}: ${[...one.why, ...one.besides.map((rule) => `+ ${rule}`)].join('; ')}`,
          );
        }
        print(
          `– không còn / gone · ≠ khác / otherwise · + thêm / besides\n${changes.length} vi phạm, ${changes.filter((one) => one.change !== 'same').length} thay đổi / violations, changed`,
        );
      });
    });
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const siteFile = async (file: string): Promise<SiteVersion> =>
  parseSite(JSON.parse(await readFile(file, 'utf8')));

async function siteOf(what: string): Promise<SiteVersion> {
  const clip = join(what, 'clip.json');
  if (existsSync(clip))
    return parseSite((JSON.parse(await readFile(clip, 'utf8')) as { site: unknown }).site);
  if (existsSync(what)) return siteFile(what);
  return inHouse('site', (house) => siteAt(house.db, what, house.clock.now()));
}

/** Says so where the frame is of another size than the geometry: judging concludes nothing from such frames. */
async function draw(site: SiteVersion, cameraId: string, frame: string, out: string): Promise<string | null> {
  const drawing = drawSite(site, cameraId);
  const { width, height } = site.cameras.find((camera) => camera.id === cameraId)!.image;
  const own = await sharp(frame).metadata();
  const picture = sharp(frame).resize(width, height, { fit: 'fill' });
  await picture
    .composite([{ input: Buffer.from(drawing.svg) }, ...(await lettering(drawing, width, height))])
    .png()
    .toFile(out);
  return own.width === width && own.height === height
    ? null
    : `! khung hình ${own.width}x${own.height}, hình học cho ${width}x${height}: đã co giãn, máy không kết luận gì từ khung hình cỡ này / the frame is stretched to the size of the geometry; nothing is concluded from frames of this size`;
}

/** The machine may have no fonts at all, so labels are set with the one that the product ships. */
async function lettering(drawing: Drawing, width: number, height: number) {
  const fontfile = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf',
  );
  return Promise.all(
    drawing.labels.map(async ({ text, at, colour }) => {
      const marked = `<span foreground="${colour}" background="#00000099"> ${text.replace(/[&<>]/g, '')} </span>`;
      const { data, info } = await sharp({
        text: { text: marked, font: 'Be Vietnam Pro SemiBold 20', fontfile, rgba: true, dpi: 96 },
      })
        .png()
        .toBuffer({ resolveWithObject: true });
      const left = Math.round(
        Math.min(Math.max(0, at[0] - (at[0] < 40 ? 0 : info.width / 2)), Math.max(0, width - info.width)),
      );
      return {
        input: data,
        left,
        top: Math.round(Math.min(Math.max(0, at[1] - info.height / 2), Math.max(0, height - info.height))),
      };
    }),
  );
}
