import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { givenVehicle, type GivenVehicle } from '../../simulators/invented-vehicles.js';
import { siteVersion, type SiteVersion } from '../../sites/site-schema.js';

/** The part of a clip's `clip.json` that the demo needs. */
const clipFile = z.looseObject({
  name: z.string(),
  site: siteVersion,
  cameras: z.array(z.string()).min(1),
  vehicles: z.array(givenVehicle),
});

export interface DemoClip {
  readonly name: string;
  readonly folder: string;
  readonly site: SiteVersion;
  readonly cameras: readonly string[];
  readonly vehicles: readonly GivenVehicle[];
}

const CLIPS = fileURLToPath(new URL('../../twin/clips/', import.meta.url));

/** The clips of the traffic twin that come with the project. */
export async function demoClips(root: string = CLIPS): Promise<readonly DemoClip[]> {
  const names = (await readdir(root, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const folder = join(root, name);
      return { ...clipFile.parse(JSON.parse(await readFile(join(folder, 'clip.json'), 'utf8'))), folder };
    }),
  );
}
