import { sql } from 'kysely';
import t from 'tap';
import { filmOf } from '../../src/cases/film.js';
import { verifyAll } from '../../src/evidence/verify.js';
import { canonical, replayCase } from '../../src/judging/replay.js';
import { judgeSite } from '../../src/judging/jobs.js';
import { letGoAll, letGoPortion, retentionFigures, surveyRetention } from '../../src/retention/index.js';
import { addSiteVersion } from '../../src/sites/index.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { makeScene } from '../../src/twin/behaviour/index.js';
import { registryHouse, writeAct } from '../cases/acts.js';
import { pushScene } from '../judging/push-scene.js';
import { consoleHouse, waitingCase } from '../officer/console-house.js';
import {
  CAMERA,
  DAY,
  HOUR,
  judge,
  LATER,
  passing,
  push,
  read,
  seal,
  settleAct,
  standing,
} from './passing.js';

t.test('a picture that nobody needs goes after the hours of the policy, on record, once', async (t) => {
  const house = await testHouse(t);
  const ids = await passing(house, 3);
  house.clock.advance(71 * HOUR);
  t.match(await letGoAll(house), { frames: 0, removed: 0 }, 'not before');
  t.same(await standing(house, ids), { there: 3, letGo: 0 });

  house.clock.advance(2 * HOUR);
  t.match(await surveyRetention(house), [{ cameraId: CAMERA, frames: 3, needed: 0 }]);
  t.same(await standing(house, ids), { there: 3, letGo: 0 }, 'looking lets nothing go');
  t.match(await letGoAll(house), { frames: 3, records: 1, removed: 3 });
  t.same(await standing(house, ids), { there: 0, letGo: 3 });
  const record = await house.db.selectFrom('deletion_records').selectAll().executeTakeFirstOrThrow();
  t.match(record, { policy_hours: 72, frames: 3, at: house.clock.now() });
  const leaf = await house.db.selectFrom('log_leaves').selectAll().where('kind', '=', 'deletion').execute();
  t.match(leaf, [{ subject: record.id }], 'it is in the log');
  const verdict = await verifyAll(house);
  t.match(verdict, { ok: true, letGo: { frames: 3, records: 1, first: record.at.toISOString() } });
  t.match(await retentionFigures(house.db, house.clock.now()), { framesLetGo: 3, oldestFrameKeptSeconds: 0 });
  t.match(await letGoAll(house), { frames: 0, records: 0, removed: 0 }, 'nothing is done twice');
});

t.test('RETENTION_HOURS=0 keeps all for ever', async (t) => {
  const house = await testHouse(t, { env: { RETENTION_HOURS: '0' } });
  const ids = await passing(house);
  house.clock.advance(1000 * DAY);
  t.match(await letGoAll(house), { frames: 0 });
  t.same(await surveyRetention(house), []);
  t.same(await standing(house, ids), { there: 1, letGo: 0 });
});

t.test('what is not read, not judged or not sealed stays, each for itself', async (t) => {
  const house = await testHouse(t);
  const made: Record<string, string> = {};
  for (const name of ['unread', 'aside', 'unsealed', 'done']) {
    house.clock.advance(100);
    made[name] = await push(house);
    if (name !== 'unsealed') await seal(house, made[name]);
  }
  await read(house, made.unsealed!);
  await read(house, made.done!);
  await house.db.updateTable('frames').set({ state: 'set_aside' }).where('id', '=', made.aside!).execute();
  await house.db.deleteFrom('outbox').where('topic', '=', 'read').execute();
  // Nobody reads it, and it is behind what judging has passed.
  house.clock.advance(120_000);
  const newest = await push(house);
  await read(house, newest);
  await judge(house);
  const unjudged = await push(house);
  await read(house, unjudged);
  await seal(house, unjudged);
  house.clock.advance(LATER);
  t.match(await letGoAll(house), { frames: 1 });
  t.same(await standing(house, [made.done!]), { there: 0, letGo: 1 });
  const kept = [made.unread!, made.aside!, made.unsealed!, unjudged];
  t.same(await standing(house, kept), { there: 4, letGo: 0 });

  await judge(house);
  await seal(house, made.unsealed!);
  t.match(await letGoAll(house), { frames: 2 }, 'each goes once nothing is before it');
});

t.test('a frame that the tracker remembers, or any part of a violation names, stays', async (t) => {
  const house = await registryHouse(t);
  const violation = await writeAct(house);
  const act = await settleAct(house, violation);
  const [road, evidence, film, element, vote, nobody] = (await passing(house, 6)) as [string, ...string[]];
  const { passage_id: passage } = await house.db
    .selectFrom('violations')
    .select('passage_id')
    .executeTakeFirstOrThrow();
  await sql`update judging_state set state = jsonb_set(state, '{tracks}', ${JSON.stringify([{ points: [{ frameId: road }] }])}::jsonb)`.execute(
    house.db,
  );
  const append = (table: string, column: string, id: string, value: object) =>
    sql
      .raw(
        `update ${table} set ${column} = ${column} || '${JSON.stringify([value])}'::jsonb where id = '${id}'`,
      )
      .execute(house.db);
  // Whenever it was captured: the evidence is what nobody may lose.
  await append('violations', 'evidence', violation, { frameId: evidence, sha256: 'x', role: 'seen' });
  await append('violations', 'elements', violation, { element: 'x', holds: true, frames: [element] });
  await append('passages', 'track', passage, { frameId: film });
  await sql`update passages set ended_at = ${house.clock.now()}, plate = jsonb_set(plate, '{reads,0,frameId}', ${JSON.stringify(vote)}::jsonb)`.execute(
    house.db,
  );
  house.clock.advance(LATER);
  t.match(await letGoAll(house), { frames: 1 });
  t.same(await standing(house, [nobody!]), { there: 0, letGo: 1 });
  t.same(await standing(house, [road, evidence!, film!, element!, vote!, ...act]), { there: 8, letGo: 0 });

  await sql`update judging_state set state = jsonb_set(state, '{tracks}', '[]')`.execute(house.db);
  t.match(await letGoAll(house), { frames: 0 }, 'it is not looked at again at once');
  house.clock.advance(2 * HOUR);
  t.match(await letGoAll(house), { frames: 1 });
  t.same(await standing(house, [road]), { there: 0, letGo: 1 }, 'off the road and of no violation');
});

t.test(
  'a case keeps its frames as long as it stands, a rejected one until the limitation is over',
  async (t) => {
    const house = await consoleHouse(t);
    const id = await waitingCase(house);
    const { violation_id: violation, expires_at: expires } = await house.db
      .selectFrom('cases')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const frames = await settleAct(house, violation);
    const set = (state: string) =>
      house.db.updateTable('cases').set({ state, updated_at: house.clock.now() }).execute();
    for (const state of ['candidate', 'confirmed', 'notified', 'disputed', 'paid', 'closed', 'void']) {
      await set(state);
      house.clock.advance(100 * DAY);
      t.match(await letGoAll(house), { frames: 0 }, state);
    }
    t.ok(house.clock.now() > expires, 'even beyond the limitation');
    await set('rejected');
    house.clock.advance(31 * HOUR);
    t.match(await letGoAll(house), { frames: 0 }, 'a fresh rejection can be taken back');
    t.same(await standing(house, frames), { there: 3, letGo: 0 });
    house.clock.advance(100 * DAY);
    t.match(await letGoAll(house), { frames: 3 });

    const dropped = await settleAct(house, await writeAct(house));
    await house.db.updateTable('violations').set({ state: 'dropped' }).where('state', '=', 'found').execute();
    house.clock.advance(300 * DAY);
    t.match(await letGoAll(house), { frames: 0 }, 'within the limitation somebody may ask why');
    house.clock.advance(67 * DAY);
    t.match(await letGoAll(house), { frames: 3 });
    t.same(await standing(house, dropped), { there: 0, letGo: 3 });
  },
);

t.test(
  'of a real road, every picture of an offender’s film stays, and replays come out the same',
  async (t) => {
    const house = await testHouse(t);
    const roles = ['speeds', 'drives-emergency-lane'] as const;
    const scene = makeScene({ site: 'expressway', seed: 3, roles: [...roles], plain: 2 });
    const { site } = scene.site;
    await addSiteVersion(house.db, site);
    await pushScene(house, scene);
    house.clock.set(new Date(Date.parse(scene.startsAt) + scene.frames * 100 + 60_000));
    while (await judgeSite(house, site.siteId));
    const all = await store(house);
    const replays = async (): Promise<string> => {
      const rows = await house.db.selectFrom('violations').select('id').orderBy('id').execute();
      return canonical(await Promise.all(rows.map((row) => replayCase(house.db, row.id))));
    };
    const before = await replays();
    house.clock.advance(LATER);
    const done = await letGoAll(house);
    t.ok(done.frames > 100 && done.frames < all, `${done.frames} of ${all} frames let go`);
    const passages = await house.db
      .selectFrom('violations as v')
      .innerJoin('passages as p', 'p.id', 'v.passage_id')
      .select(['v.evidence', 'p.track'])
      .execute();
    t.equal(passages.length, 2);
    for (const { evidence, track } of passages) {
      const film = await filmOf(house.db, { evidence: evidence as never, track });
      const there = await Promise.all(film.map((frame) => house.blobs.has(frame.sha256)));
      t.ok(film.length >= 5 && there.every(Boolean), `${film.length} pictures of a film`);
      const ids = (track as { frameId: string }[]).map((one) => one.frameId);
      t.same((await standing(house, [...new Set(ids)])).letGo, 0, 'every frame of the passage');
    }
    t.equal(await replays(), before, 'byte for byte');
    t.match(await verifyAll(house), { ok: true, letGo: { frames: done.frames } });
  },
);

/** Gives the frames of a pushed scene their bytes and leaves; says how many. */
async function store(house: TestHouse): Promise<number> {
  const frames = await house.db.selectFrom('frames').select('id').execute();
  for (const { id } of frames) await house.blobs.put(Buffer.from(id));
  await house.db.transaction().execute(async (trx) => {
    for (const { id } of frames) await seal({ ...house, db: trx } as never, id);
  });
  return frames.length;
}

t.test('a portion is small, and frames that stay do not bar the way of others', async (t) => {
  const house = await registryHouse(t);
  const kept = await settleAct(house, await writeAct(house));
  const free = await passing(house, 4);
  house.clock.advance(LATER);
  t.match(await letGoPortion(house, 3), { looked: 3, record: null });
  t.match(await letGoPortion(house, 3), { looked: 3, record: { frames: 3 } });
  t.match(await letGoPortion(house, 3), { looked: 1, record: { frames: 1 } });
  t.match(await letGoPortion(house, 3), { looked: 0 });
  house.clock.advance(31 * DAY);
  t.match(await letGoPortion(house, 3), { looked: 3, record: null }, 'looked at again, and kept');
  t.equal((await standing(house, [...kept, ...free])).letGo, 4);
  t.match(await letGoAll(house), { removed: 4 });
});
