import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { givenVehicle } from '../../simulators/invented-vehicles.js';
import { planShots, type Planned } from '../../simulators/shots.js';
import { siteVersion } from '../../sites/site-schema.js';

/** The part of a clip's `clip.json` that a player needs; `twin/truth.ts` is the whole of it. */
const clipFile = z.looseObject({
  name: z.string(),
  site: siteVersion,
  cameras: z.array(z.string()).min(1),
  vehicles: z.array(givenVehicle),
  frames: z.int().positive(),
  violations: z.array(z.looseObject({ rule: z.string(), plate: z.string().nullable() })),
});

export type DemoClip = z.infer<typeof clipFile> & { readonly folder: string };

const CLIPS = fileURLToPath(new URL('../../twin/clips/', import.meta.url));

/** The clips of the traffic twin that come with the project. */
export async function demoClips(root: string = CLIPS): Promise<readonly DemoClip[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const folder = join(root, name);
      return { ...clipFile.parse(JSON.parse(await readFile(join(folder, 'clip.json'), 'utf8'))), folder };
    }),
  );
}

/** What one camera of the clip pushes: its pictures, with what its devices say of the vehicles in them. */
export function shotsOf(clip: DemoClip, camera: string = clip.cameras[0]!): Promise<Planned[]> {
  return planShots(clip.folder, { fps: 5, camera });
}
