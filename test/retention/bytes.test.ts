import { spawnSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import t from 'tap';
import { verifyAll } from '../../src/evidence/verify.js';
import { acceptFrame } from '../../src/ingest/accept.js';
import { letGoAll, letGoPortion, removeBytes } from '../../src/retention/index.js';
import { keepBytes } from '../../src/storage/kept-bytes.js';
import { StorageError } from '../../src/storage/errors.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { respond } from '../../src/cases/responses.js';
import { transition } from '../../src/cases/transitions.js';
import { issueNotice } from '../../src/notices/issue.js';
import { confirmedCase } from '../notices/confirmed-case.js';
import { registryHouse } from '../cases/acts.js';
import { sha256 } from '../../src/core/ids.js';
import { HOUR, judge, LATER, passing, push, pushed, read, seal, standing } from './passing.js';

/** A frame of these bytes whose time is over. */
async function over(house: TestHouse, words: string): Promise<string> {
  const id = await push(house, words);
  await read(house, id);
  await seal(house, id);
  await judge(house);
  return id;
}

t.test('bytes that a kept frame shares stay until it goes, too', async (t) => {
  const house = await testHouse(t);
  const [words, name] = ['a camera that is covered', sha256('a camera that is covered')];
  const old = await over(house, words);
  house.clock.advance(40 * HOUR);
  const young = await over(house, words);
  house.clock.advance(40 * HOUR);
  t.match(await letGoAll(house), { frames: 1, removed: 0 });
  t.same(await standing(house, [old, young]), { there: 2, letGo: 1 });
  t.same((await house.blobs.get(name)).toString(), words);
  t.match(await verifyAll(house), { ok: true, letGo: { frames: 0 } });
  house.clock.advance(40 * HOUR);
  t.match(await letGoAll(house), { frames: 1, removed: 1 });
  t.notOk(await house.blobs.has(name));
  t.match(await verifyAll(house), { ok: true, letGo: { frames: 2, records: 2 } });
});

t.test('bytes that an owner sent along stay, whoever else lets them go', async (t) => {
  const house = await registryHouse(t);
  const { caseId } = await confirmedCase(house);
  await issueNotice(house, caseId);
  await transition(house.db, { caseId, event: 'notify', actor: 'system:notices', at: house.clock.now() });
  await house.db.updateTable('frames').set({ judged_at: house.clock.now() }).execute();
  const bytes = Buffer.from('a picture from a shop');
  const name = sha256(bytes);
  await over(house, bytes.toString());
  house.clock.advance(LATER);
  t.match(await letGoPortion(house), { record: { frames: 1 } });
  // Sent at the moment of the removal: the first put found the file there, and then it went.
  await house.blobs.put(bytes);
  await house.blobs.remove(name);
  const attachments = [{ sha256: name, name: 'a.jpg', type: 'image/jpeg', bytes: bytes.length }];
  const files = new Map([[name, bytes]]);
  await respond(house, { caseId, kind: 'sold', text: 'Đã bán', actor: 'citizen:owner', attachments, files });
  t.match(await letGoAll(house), { removed: 0 });
  t.ok(await house.blobs.has(name));
});

t.test(
  'killed between the commit and the removal, the next run ends it; no row lies meanwhile',
  async (t) => {
    const house = await testHouse(t);
    const ids = await passing(house, 5);
    house.clock.advance(LATER);
    const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', KILLED], {
      encoding: 'utf8',
      env: {
        ...process.env,
        DATA_DIR: house.folder,
        DATABASE_URL: house.databaseUrl,
        REDIS_URL: 'redis://127.0.0.1:1',
        NOW: house.clock.now().toISOString(),
        TSX_DISABLE_CACHE: '1',
      },
    });
    t.equal(run.signal, 'SIGKILL', run.stderr);
    t.same(await standing(house, ids), { there: 4, letGo: 5 }, 'marked, one file gone, four there yet');
    t.match(await verifyAll(house), { ok: true, letGo: { frames: 1, records: 1 } });
    t.match(await letGoAll(house), { frames: 0, removed: 5 });
    t.same(await standing(house, ids), { there: 0, letGo: 5 });
    t.match(await verifyAll(house), { ok: true, letGo: { frames: 5, records: 1 } });
    t.same(await house.db.selectFrom('blobs_to_remove').selectAll().execute(), []);
  },
);

/** A run that is killed after its first removal. */
const KILLED = `
  import { openHouse } from './src/storage/house.ts';
  import { letGoAll } from './src/retention/index.ts';
  const house = await openHouse('killed');
  let removals = 0;
  const remove = async (name) => {
    if ((removals += 1) > 1) return new Promise(() => setTimeout(() => process.kill(process.pid, 'SIGKILL'), 300));
    await house.blobs.remove(name);
  };
  const clock = { now: () => new Date(process.env.NOW) };
  await letGoAll({ ...house, clock, blobs: { ...house.blobs, remove } });
`;

t.test('nothing is touched before the commit, and a store that is away is tried again', async (t) => {
  const house = await testHouse(t);
  const ids = await passing(house, 3);
  house.clock.advance(LATER);
  await letGoPortion(house);
  t.same(await standing(house, ids), { there: 3, letGo: 3 });
  const away = {
    ...house.blobs,
    remove: () => Promise.reject(new StorageError('BLOB_UNAVAILABLE', 'away')),
  };
  await t.rejects(letGoAll({ ...house, blobs: away }), { code: 'BLOB_UNAVAILABLE' });
  t.match(await letGoAll(house), { frames: 0, removed: 3 });
});

t.test('two boxes share the work, and every frame is on one record', async (t) => {
  const house = await testHouse(t);
  const ids = await passing(house, 40);
  house.clock.advance(LATER);
  const box = async (): Promise<number> => {
    for (let sum = 0; ;) {
      const { looked, record } = await letGoPortion(house, 4);
      sum += record?.frames ?? 0;
      await removeBytes(house);
      if (looked === 0) return sum;
    }
  };
  const sums = await Promise.all([box(), box(), box()]);
  t.equal(
    sums.reduce((a, b) => a + b),
    40,
    `${sums.join(' + ')}`,
  );
  t.same(await standing(house, ids), { there: 0, letGo: 40 });
  t.match(await verifyAll(house), { ok: true, letGo: { frames: 40, records: 10 } });
});

t.test('a frame that comes with the very bytes that go is never lost', async (t) => {
  const house = await testHouse(t);
  const words = 'a wall at night';
  const name = sha256(words);
  const old = await over(house, words);
  house.clock.advance(LATER);
  await letGoPortion(house);

  // It is about to be written: its bytes were put, and its row is not there yet.
  let held = (): void => undefined;
  let end = (): void => undefined;
  const holding = new Promise<void>((done) => (held = done));
  const writing = house.db.transaction().execute(async (trx) => {
    await keepBytes(trx, house.blobs, name, Buffer.from(words));
    held();
    await new Promise<void>((done) => (end = done));
  });
  await holding;
  t.equal(await removeBytes(house), 0, 'not while somebody is about to name them');
  t.ok(await house.blobs.has(name));
  end();
  await writing;
  t.equal(await removeBytes(house), 1, 'nobody did');

  // Here the removal comes between its first put and its row.
  const blobs = {
    ...house.blobs,
    put: async (bytes: Uint8Array) => {
      const put = await house.blobs.put(bytes);
      if ((puts += 1) === 1) await house.blobs.remove(put);
      return put;
    },
  };
  let puts = 0;
  const taken = await acceptFrame({ ...house, blobs }, pushed(house, 77, words));
  t.notOk(taken.duplicate);
  t.equal(puts, 2, 'put once more under the lock');
  t.ok(await house.blobs.has(name));
  await removeBytes(house);
  t.same(await standing(house, [old, taken.id]), { there: 2, letGo: 1 });
});

t.test('a frame pushed again after it was let go is the same frame, and its bytes go again', async (t) => {
  const house = await testHouse(t);
  await passing(house);
  const again = pushed(house, 5, 'pushed twice');
  const { id } = await acceptFrame(house, again);
  await read(house, id);
  await seal(house, id);
  await judge(house);
  house.clock.advance(LATER);
  t.match(await letGoAll(house), { frames: 2, removed: 2 });
  t.match(await acceptFrame(house, again), { id, duplicate: true });
  t.match(await letGoAll(house), { frames: 0, removed: 1 });
  t.same(await standing(house, [id]), { there: 0, letGo: 1 });
});

t.test('pictures that come again while they are let go: what is kept has its bytes', async (t) => {
  const house = await testHouse(t);
  await push(house);
  let pushing = true;
  let number = 0;
  const long = new Date(house.clock.now().getTime() - LATER);
  const kept: string[] = [];
  const camera = async (name: string): Promise<void> => {
    for (let i = 0; i < 60; i += 1) {
      const words = `${name} ${i}`;
      const first = await acceptFrame(house, pushed(house, (number += 1), words));
      await seal(house, first.id);
      // As if it had come long ago and were done with.
      const done = { state: 'read', received_at: long, judged_at: long } as const;
      await house.db.updateTable('frames').set(done).where('id', '=', first.id).execute();
      await pause((i % 12) * 2);
      kept.push((await acceptFrame(house, pushed(house, (number += 1), words))).id);
    }
  };
  const cleaner = async (): Promise<number> => {
    let removed = 0;
    while (pushing) removed += (await letGoAll(house)).removed;
    return removed;
  };
  const cleaners = [cleaner(), cleaner()];
  await Promise.all(['a', 'b', 'c'].map(camera));
  pushing = false;
  const removed = (await Promise.all(cleaners)).reduce((a, b) => a + b);
  t.same(await standing(house, kept), { there: 180, letGo: 0 });
  const put = await house.db.selectFrom('frames').select('id').where('let_go_at', 'is not', null).execute();
  t.ok(put.length > 100);
  t.comment(`${put.length} let go meanwhile, the bytes of ${removed} removed and put again`);
});
