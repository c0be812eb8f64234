import { readFileSync } from 'node:fs';
import t from 'tap';
import {
  addSiteVersion,
  certificateFor,
  limitFor,
  parseSite,
  recordWithdrawal,
  signOff,
  siteAt,
  siteVersionOf,
  siteVersions,
} from '../../src/sites/index.js';
import { newId } from '../../src/core/ids.js';
import { judgeFrames } from '../../src/judging/replay.js';
import type { SiteVersion } from '../../src/sites/index.js';
import { makeScene } from '../../src/twin/behaviour/index.js';
import { framesOf } from '../judging/push-scene.js';
import { testHouse } from '../../src/storage/test-house.js';
import { twinSites } from '../../src/twin/sites/index.js';

const { site } = twinSites.street;

t.test('versions are added, signed and found by instant; never changed', async (t) => {
  const ctx = await testHouse(t);
  t.ok((await addSiteVersion(ctx.db, site)).added);
  t.notOk((await addSiteVersion(ctx.db, site)).added, 'the same file again is the same version');
  await t.rejects(addSiteVersion(ctx.db, { ...site, speedAllowanceKmh: 3 }), { code: 'VERSION_TAKEN' });
  t.same(await siteVersionOf(ctx.db, site.siteId, 1), site, 'exported as it was imported');

  const next = {
    ...site,
    version: 2,
    validFrom: '2026-11-20T00:00:00Z',
    speedAllowanceKmh: 3,
    signedOff: null,
  };
  await addSiteVersion(ctx.db, next);
  const day = new Date('2026-11-21T00:00:00Z');
  t.equal((await siteAt(ctx.db, site.siteId, day)).version, 1, 'an unsigned version judges nobody');
  for (const nobody of ['', ' '])
    await t.rejects(signOff(ctx.db, site.siteId, 2, nobody, day), { code: 'SITE_INVALID' });
  await signOff(ctx.db, site.siteId, 2, 'trung-ta-a', day);
  await signOff(ctx.db, site.siteId, 2, 'somebody else', day);
  const now = await siteAt(ctx.db, site.siteId, day);
  t.same([now.version, now.speedAllowanceKmh, now.signedOff?.by], [2, 3, 'trung-ta-a']);
  t.equal(
    (await siteAt(ctx.db, site.siteId, new Date('2026-11-19T00:00:00Z'))).version,
    1,
    'the past keeps its version',
  );
  await t.rejects(siteAt(ctx.db, site.siteId, new Date('2025-01-01T00:00:00Z')), { code: 'SITE_NOT_FOUND' });
  t.equal((await siteVersions(ctx.db, site.siteId)).length, 2);
  await t.rejects(ctx.db.updateTable('site_versions').set({ sha256: 'x' }).execute(), /never changed/);
  await t.rejects(ctx.db.deleteFrom('site_versions').execute(), /never deleted/);
});

t.test('a version is signed only if each of its cameras is a certified recorder', async (t) => {
  const ctx = await testHouse(t);
  const without = { ...site, certificates: site.certificates.filter((one) => one.device !== 'recorder') };
  await t.rejects(addSiteVersion(ctx.db, without), { code: 'CERTIFICATE_MISSING', message: 'pho02-truoc' });
  const later = { ...site, version: 2, validFrom: '2028-01-01T00:00:00Z', signedOff: null };
  await addSiteVersion(ctx.db, later);
  const now = new Date('2027-12-01T00:00:00Z');
  await t.rejects(signOff(ctx.db, site.siteId, 2, 'trung-ta-a', now), { code: 'CERTIFICATE_MISSING' });
  await t.rejects(signOff(ctx.db, site.siteId, 9, 'trung-ta-a', now), { code: 'SITE_NOT_FOUND' });
  await t.rejects(siteAt(ctx.db, site.siteId, new Date('2028-02-01T00:00:00Z')), { code: 'NOT_SIGNED_OFF' });
});

t.test('a withdrawn version judges nobody, and the one that it replaced does not come back', async (t) => {
  const ctx = await testHouse(t);
  await addSiteVersion(ctx.db, site);
  await addSiteVersion(ctx.db, { ...site, version: 2, validFrom: '2026-11-20T00:00:00Z' });
  const officerId = newId();
  await ctx.db
    .insertInto('officers')
    .values({
      id: officerId,
      username: 'an',
      name: 'An',
      rank: '',
      unit: '',
      role: 'reviewer',
      password_hash: 'x',
    })
    .execute();
  const withdraw = (version: number) =>
    recordWithdrawal(ctx.db, {
      siteId: site.siteId,
      version,
      officerId,
      reason: 'Vạch sai',
      at: ctx.clock.now(),
    });
  t.equal(await withdraw(2), true);
  t.equal(await withdraw(2), false);
  await t.rejects(withdraw(9), { code: 'SITE_NOT_FOUND' });
  const at = (instant: string) => siteAt(ctx.db, site.siteId, new Date(instant));
  await t.rejects(at('2026-11-21T00:00:00Z'), { code: 'VERSION_WITHDRAWN' });
  t.equal((await at('2026-11-19T00:00:00Z')).version, 1, 'what it did not replace stands');
  await addSiteVersion(ctx.db, { ...site, version: 3, validFrom: '2026-11-20T00:00:00Z' });
  t.equal((await at('2026-11-21T00:00:00Z')).version, 3);
  t.same(
    (await siteVersions(ctx.db, site.siteId)).map((one) => one.withdrawnAt !== null),
    [false, true, false],
  );
});

t.test('a file is refused with the place of its first fault', (t) => {
  t.throws(() => parseSite({}), { code: 'SITE_INVALID', message: /schema/ });
  t.throws(() => parseSite({ ...site, limits: [{ classes: ['car'], max: 60, lanes: ['nowhere'] }] }), {
    code: 'SITE_INVALID',
    message: /limits\.0\.lanes.*nowhere/,
  });
  t.throws(() => parseSite({ ...site, certificates: [{ ...site.certificates[0]!, cameraId: 'other' }] }), {
    code: 'SITE_INVALID',
  });
  const [lane, ...lanes] = site.lanes;
  const [zone] = site.zones.filter((one) => one.kind === 'solid-line');
  const { site: junction } = twinSites.junction;
  const [signal] = junction.signals;
  for (const [field, file] of [
    ['oneWay', { ...site, oneWay: undefined }],
    [`lanes.${lane!.id}.direction`, { ...site, lanes: [{ ...lane!, direction: [0, -3] }, ...lanes] }],
    [`lanes.${lane!.id}.direction`, { ...site, lanes: [{ ...lane!, direction: [0, 0] }, ...lanes] }],
    ['lanes.3.id', { ...site, lanes: [...site.lanes, lane] }],
    ['cameras.2.id', { ...site, cameras: [...site.cameras, site.cameras[0]] }],
    [`zones.${site.zones.length}.id`, { ...site, zones: [...site.zones, zone] }],
    ['signals.1.id', { ...junction, signals: [signal, signal] }],
    [
      'signals.mui-ten.lanes',
      { ...junction, signals: [signal, { ...signal!, id: 'mui-ten', lanes: ['lan-1'] }] },
    ],
    [`zones.${zone!.id}.hours`, { ...site, zones: [{ ...zone!, hours: [{ from: '06:00', to: '09:00' }] }] }],
    [`zones.${zone!.id}.classes`, { ...site, zones: [{ ...zone!, classes: ['car'] }] }],
    [`zones.${zone!.id}.area`, { ...site, zones: [{ ...zone!, kind: 'no-entry' }] }],
    [`zones.${zone!.id}.ground`, { ...site, zones: [{ ...zone!, kind: 'no-stopping' }] }],
    ['zones.0: .*"hour"', { ...site, zones: [{ ...zone!, hour: [{ from: '06:00', to: '09:00' }] }] }],
    ['signals.0: .*"rightTurnonRed"', { ...junction, signals: [{ ...signal!, rightTurnonRed: true }] }],
    ['thresholds: .*"stopSecond"', { ...site, thresholds: { stopSecond: 30 } }],
    [`zones.${zone!.id}.ground`, { ...site, zones: [{ ...zone!, ground: 'bridge' }] }],
    ['validTo', { ...site, validTo: site.validFrom }],
    [`zones.${zone!.id}.area`, { ...site, zones: [{ ...zone!, area: [zone!.area[0], zone!.area[0]] }] }],
    ['stopLine', { ...junction, stopLine: [junction.stopLine![0], junction.stopLine![0]] }],
    [
      `lanes.${lane!.id}.permittedHours.0`,
      { ...site, lanes: [{ ...lane!, permittedHours: [{ from: '06:00', to: '06:00' }] }, ...lanes] },
    ],
    [
      'lanes.0.permittedHours.0.to',
      { ...site, lanes: [{ ...lane!, permittedHours: [{ from: '06:00', to: '24:30' }] }, ...lanes] },
    ],
    ['limits.0.min', { ...site, limits: [{ classes: ['car'], max: 60, min: 60 }] }],
    [
      'limits.1',
      {
        ...site,
        limits: [
          { classes: ['car', 'bus'], max: 100 },
          { classes: ['truck', 'bus'], max: 80 },
        ],
      },
    ],
    [
      'cameras.nut01-sau.lamps.0.region',
      {
        ...junction,
        cameras: junction.cameras.map((one) => ({
          ...one,
          lamps: one.lamps.map((lamp) => ({ ...lamp, region: [40, 10, 20, 90] })),
        })),
      },
    ],
  ] as const)
    t.throws(() => parseSite(file), { code: 'SITE_INVALID', message: new RegExp(field) }, field);
  t.match(parseSite({ ...site, lanes: [{ ...lane!, direction: [0.001, -1] }, ...lanes] }), { version: 1 });
  for (const [name, twin] of Object.entries(twinSites)) {
    const file = JSON.parse(
      readFileSync(new URL(`../../src/twin/sites/${name}.json`, import.meta.url), 'utf8'),
    ) as unknown;
    t.same(parseSite(file), JSON.parse(JSON.stringify(twin.site)), `${name}.json is what the code says`);
  }
  t.end();
});

t.test('a road drawn in a mirror is refused: its right turns would be left ones', (t) => {
  const { site: junction } = twinSites.junction;
  const mirrored = ([x, y]: readonly number[]): [number, number] => [-x!, y!];
  const file = {
    ...junction,
    cameras: junction.cameras.map((one) => ({
      ...one,
      calibration: one.calibration.map(({ image, road }) => ({ image, road: mirrored(road) })),
    })),
    lanes: junction.lanes.map((one) => ({ ...one, area: one.area.map(mirrored) })),
    zones: junction.zones.map((one) => ({ ...one, area: one.area.map(mirrored) })),
    stopLine: junction.stopLine!.map(mirrored),
  };
  const scene = makeScene({
    site: 'junction',
    seed: 3,
    roles: ['turns-right-on-red', 'turns-right-on-red'],
    plain: 0,
  });
  const accused = (under: SiteVersion): number =>
    judgeFrames(framesOf(scene), under).flatMap((one) => one.findings).length;
  t.equal(accused(junction), 0);
  t.ok(accused(file as unknown as SiteVersion) > 0, 'it would accuse who may turn');
  t.throws(() => parseSite(file), {
    code: 'SITE_INVALID',
    message: /cameras\.nut01-sau\.calibration: .*mirrored/,
  });
  const [first, ...rest] = junction.cameras[0]!.calibration;
  const beyond = {
    ...junction,
    cameras: [
      { ...junction.cameras[0]!, calibration: [{ ...first!, road: [first!.road[0], -600] }, ...rest] },
      junction.cameras[1]!,
    ],
  };
  t.throws(
    () => parseSite(beyond),
    { code: /SITE_INVALID|CALIBRATION_DEGENERATE/ },
    'or drawn beyond the horizon',
  );
  t.end();
});

t.test('limits and certificates', (t) => {
  const { site: fast } = twinSites.expressway;
  t.equal(limitFor(fast, 'truck', 'lan-2')?.max, 80);
  t.equal(limitFor(fast, 'motorcycle', 'lan-2'), null);
  const narrow = {
    ...fast,
    limits: [...fast.limits, { classes: ['car' as const], max: 60, lanes: ['lan-2'] }],
  };
  t.same([limitFor(narrow, 'car', 'lan-2')?.max, limitFor(narrow, 'car', 'lan-1')?.max], [60, 100]);
  const at = new Date('2026-11-20T00:00:00Z');
  t.equal(certificateFor(fast, 'ct20-truoc', 'speed-meter', at)?.serial, 'R24-0001');
  t.equal(certificateFor(fast, 'ct20-truoc', 'speed-meter', at, 'R24-0002'), null, 'another device');
  t.equal(
    certificateFor(fast, 'ct20-truoc', 'speed-meter', new Date('2027-07-01T00:00:00Z')),
    null,
    'after its end',
  );
  t.equal(certificateFor(fast, 'ct20-sau', 'speed-meter', at), null, 'another camera');
  t.end();
});
