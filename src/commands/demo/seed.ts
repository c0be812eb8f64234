import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createOfficer } from '../../cases/officers.js';
import { readableCode } from '../../core/ids.js';
import { registerCamera } from '../../ingest/index.js';
import type { SiteVersion } from '../../sites/site-schema.js';
import { addSiteVersion, signOff } from '../../sites/store.js';
import type { Context } from '../../storage/context.js';

const kept = z.object({
  officers: z.array(z.object({ username: z.string(), password: z.string(), role: z.string() })),
  cameras: z.record(z.string(), z.string()),
});
/** What the demo must know again at its next start: log-ins and camera secrets are told once by the house. */
export type DemoSecrets = z.infer<typeof kept>;

const OFFICERS = [
  { username: 'lan', name: 'Nguyễn Thị Lan', rank: 'Thượng úy', role: 'reviewer' },
  { username: 'minh', name: 'Trần Quang Minh', rank: 'Thiếu tá', role: 'signer' },
  { username: 'vanhanh', name: 'Lê Văn Hành', rank: 'Đại úy', role: 'operator' },
] as const;

/** Enters sites, their cameras and three officers into an empty house; a second start finds them there. */
export async function seedHouse(
  ctx: Context,
  dataDir: string,
  sites: readonly SiteVersion[],
): Promise<DemoSecrets> {
  const file = join(dataDir, 'demo.json');
  const known = kept.safeParse(JSON.parse(await readFile(file, 'utf8').catch(() => '{}')));
  const secrets: DemoSecrets = known.success ? known.data : { officers: [], cameras: {} };
  for (const site of sites) {
    await addSiteVersion(ctx.db, site);
    await signOff(ctx.db, site.siteId, site.version, 'officer:minh', ctx.clock.now());
    for (const camera of site.cameras) {
      if (secrets.cameras[camera.id] !== undefined) continue;
      const made = await registerCamera(ctx, {
        id: camera.id,
        siteId: site.siteId,
        name: `${site.name.vi} · ${camera.id}`,
      });
      secrets.cameras[camera.id] = made.secret;
    }
  }
  for (const officer of OFFICERS) {
    if (secrets.officers.some((o) => o.username === officer.username)) continue;
    const password = readableCode(12);
    await createOfficer(ctx.db, { ...officer, unit: 'Phòng Cảnh sát giao thông', password });
    secrets.officers.push({ username: officer.username, password, role: officer.role });
  }
  await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
