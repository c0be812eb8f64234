import t from 'tap';
import { judgeSite } from '../../src/judging/jobs.js';
import { horizon } from '../../src/judging/watermark.js';
import { enqueue } from '../../src/storage/outbox.js';
import { newId } from '../../src/core/ids.js';
import { addSiteVersion, recordWithdrawal } from '../../src/sites/index.js';
import { testHouse } from '../../src/storage/test-house.js';
import { makeScene } from '../../src/twin/behaviour/index.js';
import { pushScene } from './push-scene.js';

t.test('frames of a site become passages, violations and match jobs, once', async (t) => {
  const ctx = await testHouse(t);
  const scene = makeScene({
    site: 'expressway',
    seed: 3,
    roles: ['speeds', 'drives-emergency-lane'],
    plain: 2,
  });
  const { siteId } = scene.site.site;
  await addSiteVersion(ctx.db, scene.site.site);
  await pushScene(ctx, scene);

  ctx.clock.set(new Date(Date.parse(scene.startsAt) + scene.frames * 100 + 60_000));
  while (await judgeSite(ctx, siteId));
  const violations = await ctx.db.selectFrom('violations').selectAll().orderBy('rule').execute();
  t.same(
    violations.map((v) => v.rule),
    ['emergency-lane', 'speeding'],
  );
  t.equal((await ctx.db.selectFrom('passages').selectAll().execute()).length, 4);
  const jobs = await ctx.db.selectFrom('outbox').selectAll().where('topic', '=', 'match').execute();
  t.same(jobs.map((job) => job.key).sort(), violations.map((v) => v.id).sort());
  const evidence = violations[0]!.evidence as { frameId: string; sha256: string; role: string }[];
  t.ok(evidence.length >= 3 && evidence.every((one) => /^[0-9a-f]{64}$/.test(one.sha256)));
  t.match(violations[1]!.why_vi, /vượt/);

  t.equal(await judgeSite(ctx, siteId), false, 'nothing is judged twice');
  t.equal((await ctx.db.selectFrom('violations').selectAll().execute()).length, 2);
  const state = await ctx.db.selectFrom('judging_state').selectAll().executeTakeFirstOrThrow();
  t.same((state.state as { tracks: unknown[] }).tracks, []);
});

t.test(
  'a frame that comes behind the watermark is recorded and left out; an unread one is waited for',
  async (t) => {
    const ctx = await testHouse(t);
    const scene = makeScene({ site: 'expressway', seed: 5, roles: ['speeds'], plain: 0 });
    const { siteId } = scene.site.site;
    await addSiteVersion(ctx.db, scene.site.site);
    await pushScene(ctx, scene, { skip: (frame) => frame === 40, unread: (frame) => frame === 60 });
    ctx.clock.set(new Date(Date.parse(scene.startsAt) + scene.frames * 100 + 60_000));
    while (await judgeSite(ctx, siteId));
    const halted = await ctx.db.selectFrom('judging_state').select('watermark').executeTakeFirstOrThrow();
    t.equal(
      halted.watermark.getTime(),
      Date.parse(scene.startsAt) + 5999,
      'the unread frame holds the watermark',
    );

    await ctx.db
      .updateTable('frames')
      .set({ state: 'set_aside', set_aside_reason: 'test' })
      .where('state', '=', 'received')
      .execute();
    await pushScene(ctx, scene, { skip: (frame) => frame !== 40 });
    while (await judgeSite(ctx, siteId));
    const late = await ctx.db.selectFrom('frames').select('id').where('judged_late', '=', true).execute();
    t.equal(late.length, 2, 'both cameras’ frames of that instant');
    t.equal(
      (await ctx.db.selectFrom('frames').select('id').where('judged_at', 'is', null).execute()).length,
      0,
    );
    t.equal((await ctx.db.selectFrom('violations').select('id').execute()).length, 1);
  },
);

t.test(
  'after an outage a frame that waits for its reader is not passed by newer ones; one that nobody reads is',
  async (t) => {
    const ctx = await testHouse(t);
    const { siteId } = makeScene({ site: 'expressway', seed: 5, roles: ['speeds'], plain: 0 }).site.site;
    await pushScene(ctx, makeScene({ site: 'expressway', seed: 5, roles: ['speeds'], plain: 0 }));
    const newest = await ctx.db
      .selectFrom('frames')
      .select(['id', 'captured_at'])
      .orderBy('captured_at', 'desc')
      .executeTakeFirstOrThrow();
    const old = new Date(newest.captured_at.getTime() - 10 * 60_000);
    const frame = await ctx.db
      .updateTable('frames')
      .set({ state: 'received', captured_at: old, received_at: old })
      .where('id', '!=', newest.id)
      .where('captured_at', '<', newest.captured_at)
      .where('sequence', '=', 0)
      .returning('id')
      .execute();
    const now = new Date(newest.captured_at.getTime() + 1000);
    const until = async (at: Date) => (await horizon(ctx.db, siteId, at))?.until.getTime();
    t.ok((await until(now))! > old.getTime(), 'nobody reads it: the site is not held up');
    await enqueue(ctx.db, 'read', frame[0]!.id);
    t.equal(await until(now), old.getTime() - 1, 'its job is open: it is waited for');
    t.ok(
      (await until(new Date(now.getTime() + 4 * 86_400_000)))! > old.getTime(),
      'but one file that the disk cannot give does not stop a site for ever',
    );
  },
);
t.test('frames of a withdrawn version wait for the next one, which is not held up by them', async (t) => {
  const ctx = await testHouse(t);
  const scene = makeScene({ site: 'expressway', seed: 5, roles: ['speeds'], plain: 0 });
  const { site } = scene.site;
  const { siteId } = site;
  await addSiteVersion(ctx.db, site);
  await pushScene(ctx, scene);
  const officerId = newId();
  await ctx.db
    .insertInto('officers')
    .values({
      id: officerId,
      username: 'canbo.an',
      name: 'An',
      rank: 'Đại úy',
      unit: 'Đội 6',
      role: 'reviewer',
      password_hash: 'x',
    })
    .execute();
  ctx.clock.set(new Date(Date.parse(scene.startsAt) + scene.frames * 100 + 20_000));
  const withdrawal = { siteId, version: site.version, officerId, reason: 'Sai', at: ctx.clock.now() };
  await recordWithdrawal(ctx.db, withdrawal);
  t.equal(await judgeSite(ctx, siteId), false);
  const unjudged = async () =>
    (await ctx.db.selectFrom('frames').select('id').where('judged_at', 'is', null).execute()).length;
  t.ok((await unjudged()) > 0, 'a version may still be signed that covers them');
  await addSiteVersion(ctx.db, {
    ...site,
    version: site.version + 1,
    validFrom: ctx.clock.now().toISOString(),
  });
  while (await judgeSite(ctx, siteId));
  t.equal(await unjudged(), 0, 'left out, once another has taken over');
  t.same(await ctx.db.selectFrom('violations').select('id').execute(), []);
});
