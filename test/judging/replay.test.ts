import t from 'tap';
import { idOf } from '../../src/core/ids.js';
import { judgeSite } from '../../src/judging/jobs.js';
import { canonical, replayCase, siteChanges } from '../../src/judging/replay.js';
import { addSiteVersion } from '../../src/sites/index.js';
import { testHouse } from '../../src/storage/test-house.js';
import { makeScene } from '../../src/twin/behaviour/index.js';
import { framesOf, pushFrames, pushScene } from './push-scene.js';

t.test(
  'a case comes out again byte for byte; another site version says which cases would change',
  async (t) => {
    const ctx = await testHouse(t);
    const scene = makeScene({
      site: 'expressway',
      seed: 11,
      roles: ['speeds', 'drives-emergency-lane', 'stops-in-emergency-lane'],
      plain: 2,
    });
    const { site } = scene.site;
    await addSiteVersion(ctx.db, site);
    await pushScene(ctx, scene);
    ctx.clock.set(new Date(Date.parse(scene.startsAt) + scene.frames * 100 + 60_000));
    while (await judgeSite(ctx, site.siteId));
    const violations = await ctx.db.selectFrom('violations').select(['id', 'rule']).orderBy('rule').execute();
    t.same(
      violations.map((v) => v.rule),
      ['emergency-lane', 'speeding', 'stopping'],
    );
    for (const { id, rule } of violations) {
      const first = await replayCase(ctx.db, id);
      t.ok(first.same, `${rule} is the same`);
      t.equal(canonical(first), canonical(await replayCase(ctx.db, id)), 'and so is its replay');
      t.ok(first.passage!.notFired.length > 5, 'with the reasons of the rules that did not fire');
    }
    await t.rejects(replayCase(ctx.db, '00000000-0000-4000-8000-000000000000'), { code: 'CASE_NOT_FOUND' });

    const relaxed = {
      ...site,
      version: 2,
      limits: site.limits.map((limit) => ({ ...limit, max: 160 })),
      thresholds: { ...site.thresholds, emergencyLaneMetres: 500 },
    };
    const changes = await siteChanges(ctx.db, relaxed);
    t.same(changes.map(({ rule, change }) => [rule, change]).sort(), [
      ['emergency-lane', 'gone'],
      ['speeding', 'gone'],
      ['stopping', 'same'],
    ]);
    t.match(changes.find((one) => one.rule === 'speeding')!.why[0], /Chưa vượt/);
  },
);

t.test('a frame that was set aside still says what its controller did, then as now', async (t) => {
  const ctx = await testHouse(t);
  const scene = makeScene({ site: 'junction', seed: 5, roles: ['runs-red'], plain: 0 });
  const { site } = scene.site;
  const reporting = site.cameras[0]!.id;
  // The controller reports with the frames of one camera, and no picture shows the lamp.
  const frames = framesOf(scene).map((frame) => ({
    ...frame,
    lamps: [],
    claims:
      frame.cameraId === reporting
        ? {
            ...frame.claims,
            signals: frame.lamps.flatMap(({ signal, state }) =>
              state === 'unknown' ? [] : [{ signal, state }],
            ),
          }
        : frame.claims,
  }));
  const red = frames.find(({ claims }) => claims.signals?.some((one) => one.state === 'red'))!;
  await addSiteVersion(ctx.db, site);
  await pushFrames(ctx, site, frames, (frame) => (frame === red ? { state: 'set_aside' } : {}));
  ctx.clock.set(new Date(Date.parse(scene.startsAt) + scene.frames * 100 + 60_000));
  while (await judgeSite(ctx, site.siteId));
  const [violation] = await ctx.db.selectFrom('violations').select(['id', 'rule']).execute();
  t.equal(violation?.rule, 'red-light');
  t.ok((await replayCase(ctx.db, violation!.id)).same);
});

t.test('an act of a stay that was cut into passages comes out of its own root', async (t) => {
  const ctx = await testHouse(t);
  const scene = makeScene({ site: 'street', seed: 5, roles: ['stops-in-the-zone'], plain: 0 });
  const { site } = scene.site;
  const stands = framesOf(scene).filter((frame) => frame.observations.length > 0);
  // Stopping is forbidden from 10:05 on; by then it has stood for so long that its stay is cut.
  const still = stands[Math.floor(stands.length / 2)]!;
  const from = Date.parse('2026-11-20T03:00:00Z');
  const frames = Array.from({ length: 700 }, (_, i) => ({
    ...still,
    id: idOf('still', i),
    at: from + i * 500,
    sequence: i,
  }));
  await addSiteVersion(ctx.db, {
    ...site,
    zones: site.zones.map((zone) =>
      zone.kind === 'no-stopping' ? { ...zone, hours: [{ from: '10:05', to: '11:00' }] } : zone,
    ),
  });
  await pushFrames(ctx, site, frames);
  ctx.clock.set(new Date(frames.at(-1)!.at + 60_000));
  while (await judgeSite(ctx, site.siteId));
  const passages = await ctx.db.selectFrom('passages').select('id').orderBy('started_at').execute();
  t.equal(passages.length, 2);
  const [violation] = await ctx.db.selectFrom('violations').select(['id', 'rule', 'passage_id']).execute();
  t.match(violation, { rule: 'stopping', passage_id: passages[1]!.id });
  t.ok((await replayCase(ctx.db, violation!.id)).same);
});
