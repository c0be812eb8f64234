import t from 'tap';
import { judgeSite } from '../../src/judging/jobs.js';
import type { SeenFrame } from '../../src/judging/frame.js';
import { replayCase } from '../../src/judging/replay.js';
import { addSiteVersion } from '../../src/sites/index.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { makeScene } from '../../src/twin/behaviour/index.js';
import { framesOf, pushFrames } from './push-scene.js';

const scene = makeScene({ site: 'expressway', seed: 5, roles: ['speeds'], plain: 0 });
const { site } = scene.site;
const { siteId } = site;
const all = framesOf(scene);
const start = Date.parse(scene.startsAt);
const end = Math.max(...all.map((frame) => frame.at));
const [front, rear] = site.cameras.map((camera) => camera.id);
/** In the middle of the time in which the vehicle is seen. */
const middle = (() => {
  const seen = all.filter((frame) => frame.observations.length > 0).map((frame) => frame.at);
  return Math.floor((Math.min(...seen) + Math.max(...seen)) / 2);
})();

const judgeAt = async (ctx: TestHouse, at: number): Promise<void> => {
  ctx.clock.set(new Date(at));
  while (await judgeSite(ctx, siteId));
};
const passagesIn = async (ctx: TestHouse): Promise<number> =>
  (await ctx.db.selectFrom('passages').select('id').execute()).length;
const framesWhere = async (ctx: TestHouse, what: 'late' | 'open' | 'double' | 'no-site-version') => {
  const frames = ctx.db.selectFrom('frames').select('id');
  const found =
    what === 'late'
      ? frames.where('judged_late', '=', true)
      : what === 'open'
        ? frames.where('judged_at', 'is', null)
        : frames.where('passed_over', '=', what);
  return (await found.execute()).length;
};
/** Whether every stored violation comes out again, byte for byte and of the same passage; and that there is one. */
const replaysTheSame = async (ctx: TestHouse): Promise<boolean> => {
  const violations = await ctx.db
    .selectFrom('violations')
    .innerJoin('passages', 'passages.id', 'violations.passage_id')
    .select(['violations.id', 'passages.id as passage', 'started_at', 'ended_at'])
    .execute();
  for (const { id, passage, started_at, ended_at } of violations) {
    const again = await replayCase(ctx.db, id);
    if (!again.same || again.passage?.id !== passage) return false;
    if (again.passage.from !== started_at.toISOString() || again.passage.to !== ended_at.toISOString())
      return false;
  }
  return violations.length > 0;
};

t.test('after a short silence the frames that follow are the same passage', async (t) => {
  const ctx = await testHouse(t);
  await addSiteVersion(ctx.db, site);
  const stall = 7000;
  await pushFrames(
    ctx,
    site,
    all.filter((frame) => frame.at <= middle),
  );
  await judgeAt(ctx, middle + stall);
  t.equal(await passagesIn(ctx), 0, 'nothing is ended yet');
  await pushFrames(
    ctx,
    site,
    all.filter((frame) => frame.at > middle),
    (frame) => ({ receivedAt: Math.max(frame.at + 120, middle + stall + 10) }),
  );
  await judgeAt(ctx, end + 60_000);
  t.equal(await passagesIn(ctx), 1);
  t.equal(await framesWhere(ctx, 'late'), 0);
  t.ok(await replaysTheSame(ctx));
});

t.test(
  'a long silence ends what is on the road, loses no frame, and a replay ends it there too',
  async (t) => {
    const ctx = await testHouse(t);
    await addSiteVersion(ctx.db, site);
    await pushFrames(
      ctx,
      site,
      all.filter((frame) => frame.at <= middle),
    );
    await judgeAt(ctx, middle + 60_000);
    t.equal(await passagesIn(ctx), 1, 'what was seen until then');
    await pushFrames(
      ctx,
      site,
      all.filter((frame) => frame.at > middle),
      (frame) => ({ receivedAt: frame.at + 61_000 }),
    );
    await judgeAt(ctx, end + 200_000);
    t.equal(await passagesIn(ctx), 2);
    t.equal(await framesWhere(ctx, 'late'), 0);
    t.equal(await framesWhere(ctx, 'open'), 0);
    t.ok(await replaysTheSame(ctx));
  },
);

t.test('a camera that was silent for a minute sends what it kept, and all of it is judged', async (t) => {
  const ctx = await testHouse(t);
  await addSiteVersion(ctx.db, site);
  const outage = (frame: SeenFrame): boolean => frame.cameraId === rear && frame.at > start + 4000;
  await pushFrames(
    ctx,
    site,
    all.filter((frame) => !outage(frame)),
  );
  await judgeAt(ctx, end + 40_000);
  await pushFrames(ctx, site, all.filter(outage), () => ({ receivedAt: end + 41_000 }));
  await judgeAt(ctx, end + 80_000);
  t.equal(await framesWhere(ctx, 'late'), 0);
  t.equal(await framesWhere(ctx, 'open'), 0);
});

t.test('a fast clock does not make the frames of its neighbour late', async (t) => {
  const ctx = await testHouse(t);
  await addSiteVersion(ctx.db, site);
  const fast = 200_000;
  const sent = all.map((frame) =>
    frame.cameraId === front ? { ...frame, at: frame.at + fast, clockOffsetMs: fast } : frame,
  );
  const came = (frame: SeenFrame) => ({
    receivedAt: (frame.cameraId === front ? frame.at - fast : frame.at) + 120,
  });
  const early = (frame: SeenFrame): boolean => frame.cameraId === front || frame.at <= start + 4000;
  await pushFrames(ctx, site, sent.filter(early), came);
  await judgeAt(ctx, start + 140_000);
  const later = (frame: SeenFrame): SeenFrame => ({ ...frame, at: frame.at + 138_000 });
  const back = sent.filter((frame) => !early(frame)).map(later);
  await pushFrames(ctx, site, back);
  await judgeAt(ctx, start + 160_000);
  t.equal(await framesWhere(ctx, 'late'), 0, 'though the other had sent frames of long after');
  await judgeAt(ctx, end + 2 * fast);
  t.equal(await framesWhere(ctx, 'open'), 0, 'whose time comes');
});

t.test('a capture clock that stands still halts neither its site nor its neighbour', async (t) => {
  const ctx = await testHouse(t);
  await addSiteVersion(ctx.db, site);
  const still = all.find((frame) => frame.cameraId === rear)!;
  const frozen = Array.from({ length: 400 }, (_, i) => ({
    ...still,
    id: still.id.slice(0, -4) + i.toString(16).padStart(4, '0'),
    at: start,
    sequence: 10_000 + i,
  }));
  await pushFrames(ctx, site, frozen, (frame) => ({ receivedAt: start + 130_000 + frame.sequence }));
  await pushFrames(
    ctx,
    site,
    all.filter((frame) => frame.cameraId === front && frame.at > start),
  );
  await judgeAt(ctx, end + 300_000);
  t.equal(await framesWhere(ctx, 'open'), 0);
  t.equal(await framesWhere(ctx, 'double'), 399);
  t.ok(await replaysTheSame(ctx));
});

t.test('frames of before the first signed version are passed over, which is noted with them', async (t) => {
  const ctx = await testHouse(t);
  await pushFrames(ctx, site, all);
  await judgeAt(ctx, end + 60_000);
  t.equal(await framesWhere(ctx, 'open'), all.length, 'they wait for a version to be signed');
  const begins = start + 1000;
  await addSiteVersion(ctx.db, { ...site, version: 2, validFrom: new Date(begins).toISOString() });
  await judgeAt(ctx, end + 60_000);
  t.equal(await framesWhere(ctx, 'no-site-version'), all.filter((frame) => frame.at < begins).length);
  t.equal(await framesWhere(ctx, 'open'), 0);
  t.equal(await passagesIn(ctx), 1);
});

t.test(
  'who is on the road when another version takes over is judged by both, and so he is again',
  async (t) => {
    const ctx = await testHouse(t);
    const changes = new Date(middle).toISOString();
    await addSiteVersion(ctx.db, { ...site, validTo: changes });
    await addSiteVersion(ctx.db, { ...site, version: 2, validFrom: changes });
    await pushFrames(ctx, site, all);
    await judgeAt(ctx, end + 60_000);
    const versions = await ctx.db
      .selectFrom('passages')
      .select('site_version')
      .orderBy('started_at')
      .execute();
    t.same(versions, [{ site_version: 1 }, { site_version: 2 }]);
    t.ok(await replaysTheSame(ctx));
  },
);
