import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import t from 'tap';
import { cook } from '../../src/twin/recipe.js';
import { startRenderer } from '../../src/twin/renderer.js';
import type { ClipTruth, FrameTruth } from '../../src/twin/truth.js';
import { CHROMIUM } from '../support/browser.js';

t.test(
  'the committed clips are what their recipes make',
  { skip: CHROMIUM === undefined ? 'no Chromium on this machine' : false, timeout: 600_000 },
  async (t) => {
    const root = mkdtempSync(join(tmpdir(), 'phat-nguoi-twin-'));
    const renderer = await startRenderer();
    t.teardown(async () => {
      await renderer.close();
      rmSync(root, { recursive: true, force: true });
    });
    const clips = new URL('../../src/twin/clips/', import.meta.url);
    const readme = readFileSync(new URL('README.md', clips), 'utf8');
    for (const name of ['cao-toc', 'nut-giao', 'pho-mot-chieu']) {
      const folder = new URL(`${name}/`, clips);
      const { recipe } = JSON.parse(readFileSync(new URL('clip.json', folder), 'utf8')) as ClipTruth;
      if (recipe === undefined) throw new Error(`${name} has no recipe`);
      const { site, seed, role, plain, story, start, seconds, fps, quality } = recipe;
      t.match(
        readme,
        `--site ${site} --seed ${seed} --role ${role?.join(' ')} --plain ${plain} --story ${story} --start ${start} --seconds ${seconds} --fps ${fps} --quality ${quality} --name ${name}`,
        'the README says how it is made again',
      );
      const truths = readFileSync(new URL('truth.jsonl', folder), 'utf8').trim().split('\n');
      const told = JSON.parse(truths[Math.floor(truths.length / 2)]!) as FrameTruth;
      const out = join(root, name);
      await cook(renderer, recipe, { out, name, only: [told.frame] });
      const made = JSON.parse(readFileSync(join(out, 'truth.jsonl'), 'utf8')) as FrameTruth;
      t.same({ ...made, t: told.t }, told, `${name} ${told.file} has the same truth`);
      // Another version of the browser may round a pixel otherwise, no more.
      const [one, two] = await Promise.all(
        [join(out, told.file), new URL(told.file, folder).pathname].map((file) =>
          sharp(file).raw().toBuffer(),
        ),
      );
      let apart = 0;
      for (let i = 0; i < one!.length; i++) apart += Math.abs(one![i]! - two![i]!);
      t.ok(apart / one!.length < 0.5, `${name} ${told.file} looks the same`);
    }
  },
);
