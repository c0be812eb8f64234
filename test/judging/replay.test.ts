import t from 'tap';
import { judgeSite } from '../../src/judging/jobs.js';
import { canonical, replayCase, siteChanges } from '../../src/judging/replay.js';
import { addSiteVersion } from '../../src/sites/index.js';
import { testHouse } from '../../src/storage/test-house.js';
import { makeScene } from '../../src/twin/behaviour/index.js';
import { pushScene } from './push-scene.js';

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
    ctx.clock.set(new Date(Date.parse(scene.startsAt) + scene.frames * 100 + 20_000));
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
