import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeClip } from '../../src/twin/clip.js';
import { startRenderer } from '../../src/twin/renderer.js';
import { print } from './print.js';
import { windowPlan } from './windows.js';

const SIZE = { width: 1920, height: 1080 };
const QUALITY = 85;

/**
 * Renders the first windows of the plan, one folder each, for `--eyes --clips`. Folders that are finished are left alone.
 * @param together all cameras of the site, on windows in which a vehicle goes from one into the next
 */
export async function renderWindows(to: string, windows: number, together: boolean): Promise<void> {
  const renderer = await startRenderer();
  let number = 0;
  try {
    for (const window of windowPlan({ together })) {
      const { name, scene, cameras, every, from, to: last, violations, nearMisses } = window;
      if (++number > windows) return;
      const out = join(to, name);
      if (existsSync(join(out, 'clip.json'))) continue;
      const started = process.hrtime.bigint();
      const clip = await writeClip(renderer, {
        out,
        name,
        scene,
        cameras,
        every,
        from,
        to: last + 1,
        size: SIZE,
        quality: QUALITY,
      });
      const seconds = Number(process.hrtime.bigint() - started) / 1e9;
      print(
        `${number}/${windows} ${name} ${cameras.join(', ')}: ${clip.frames} frames in ${seconds.toFixed(0)} s; ${[...violations, ...nearMisses].join(', ')}`,
      );
    }
  } finally {
    await renderer.close();
  }
}
