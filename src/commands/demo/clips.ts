import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrameClaims } from '../../ingest/claims.js';
import type { GivenVehicle } from '../../simulators/invented-vehicles.js';
import type { Planned } from '../../simulators/shots.js';
import type { SiteVersion } from '../../sites/site-schema.js';
import { twinSites } from '../../twin/sites/index.js';
import type { ClipClaim, ClipTruth } from '../../twin/truth.js';

export interface DemoClip {
  readonly name: string;
  readonly folder: string;
  readonly site: SiteVersion;
  readonly truth: ClipTruth;
}

const CLIPS = fileURLToPath(new URL('../../twin/clips/', import.meta.url));

/** The clips of the traffic twin that come with the project. */
export async function demoClips(root: string = CLIPS): Promise<readonly DemoClip[]> {
  const entries = await readdir(root, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const folder = join(root, name);
      const truth = JSON.parse(await readFile(join(folder, 'clip.json'), 'utf8')) as ClipTruth;
      const twin = Object.values(twinSites).find((one) => one.site.siteId === truth.site);
      if (twin === undefined) throw new Error(`clip ${name} is of an unknown site ${truth.site}`);
      return { name, folder, truth, site: twin.site };
    }),
  );
}

/** What the clip's camera pushes: its pictures, with what its devices say of the vehicles in them. */
export function shotsOf(clip: DemoClip): readonly Planned[] {
  const start = clip.truth.frames[0]?.t ?? 0;
  return clip.truth.frames.map(({ file, t, claims }, i) => ({
    file: join(clip.folder, file),
    sequence: i,
    offsetMs: t - start,
    claims: pushedClaims(claims),
    read: () => readFile(join(clip.folder, file)),
  }));
}

/** The clip's vehicles as the register's simulator takes them; foreign, military and covered plates are in no register. */
export function registeredVehicles(clips: readonly DemoClip[]): readonly GivenVehicle[] {
  const known = new Map<string, GivenVehicle>();
  for (const { kind, plate, plateColour, bodyColour } of clips.flatMap((clip) => clip.truth.vehicles)) {
    if (plate === null || kind === 'bicycle') continue;
    if (plateColour !== 'white' && plateColour !== 'yellow' && plateColour !== 'blue') continue;
    known.set(plate, { plate, colour: plateColour, kind, bodyColour });
  }
  return [...known.values()];
}

function pushedClaims(claims: readonly ClipClaim[]): FrameClaims {
  const meant = ({ box }: ClipClaim): { box?: [number, number, number, number] } =>
    box === null ? {} : { box: [...box] as [number, number, number, number] };
  const speeds = claims
    .filter((one) => one.kind === 'speed')
    .map((one) => ({ kmh: one.value!, device: one.device!, ...meant(one) }));
  const distances = claims
    .filter((one) => one.kind === 'distance')
    .map((one) => ({ metres: one.value!, device: one.device!, ...meant(one) }));
  const codes = claims
    .filter((one) => one.kind === 'code')
    .map((one) => ({
      code: one.code!,
      ...(one.confidence === undefined ? {} : { confidence: one.confidence }),
      ...meant(one),
    }));
  return {
    ...(speeds.length > 0 ? { speeds } : {}),
    ...(distances.length > 0 ? { distances } : {}),
    ...(codes.length > 0 ? { codes } : {}),
  };
}
