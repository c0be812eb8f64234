import t from 'tap';
import { composeHandlers, startWorkers } from '../../src/storage/handlers.js';
import { dispatchBatch, rebuildQueues, startDispatcher } from '../../src/storage/dispatcher.js';
import { enqueue } from '../../src/storage/outbox.js';
import { StorageError } from '../../src/storage/errors.js';
import type { Queues } from '../../src/storage/queues.js';
import { testHouse } from '../../src/storage/test-house.js';
import { topicPolicy } from '../../src/storage/topics.js';

for (const kind of ['redis', 'postgres'] as const) {
  t.test(`a job of a committed transaction runs once, on ${kind}`, async (t) => {
    const house = await testHouse(t);
    const queues = await house.openQueues(kind);
    const seen: string[] = [];
    const workers = startWorkers(house, queues, { seal: async (_ctx, key) => void seen.push(key) });
    const dispatcher = await startDispatcher(house, queues, house.databaseUrl);
    t.teardown(async () => {
      await dispatcher.close();
      await workers.close();
    });
    await house.db.transaction().execute(async (trx) => {
      await enqueue(trx, 'seal', 'a');
      await enqueue(trx, 'seal', 'a');
      await enqueue(trx, 'seal', 'b');
    });
    await house.db
      .transaction()
      .execute(async (trx) => {
        await enqueue(trx, 'seal', 'rolled-back');
        throw new Error('undo');
      })
      .catch(() => undefined);
    await until(() => seen.length >= 2);
    await until(async () => (await open(house)) === 0);
    t.same([...seen].sort(), ['a', 'b']);
  });
}

for (const kind of ['redis', 'postgres'] as const) {
  t.test(`an outage of the store gives no job up, a failure of the job does, on ${kind}`, async (t) => {
    Object.assign(topicPolicy.issue, { attempts: 2, backoffMs: 20 });
    const house = await testHouse(t);
    const queues = await house.openQueues(kind);
    const tries = new Map<string, number>();
    const workers = startWorkers(house, queues, {
      issue: async (_ctx, key) => {
        const before = tries.get(key) ?? 0;
        tries.set(key, before + 1);
        if (key === 'broken') throw new TypeError('not what it should be');
        if (before < 4) throw new StorageError('BLOB_UNAVAILABLE', 'the bucket does not answer');
        // Outages before do not count: the job's first own failure is not its last.
        if (before === 4) throw new TypeError('once');
      },
    });
    const dispatcher = await startDispatcher(house, queues, house.databaseUrl);
    t.teardown(async () => {
      await dispatcher.close();
      await workers.close();
    });
    await enqueue(house.db, 'issue', 'waits');
    await enqueue(house.db, 'issue', 'broken');
    await until(async () => (await open(house)) === 0);
    t.same(Object.fromEntries(tries), { waits: 6, broken: 2 });
    t.match(await house.db.selectFrom('set_aside').select(['key', 'reason']).execute(), [
      { key: 'broken', reason: 'not what it should be' },
    ]);
  });
}

t.test('a job that is done before its dispatcher commits is not left open', async (t) => {
  const house = await testHouse(t);
  const queues = await house.openQueues();
  let done = 0;
  const workers = startWorkers(house, queues, { seal: async () => void done++ });
  t.teardown(() => workers.close());
  await enqueue(house.db, 'seal', 'quick');
  const slow: Queues = {
    ...queues,
    async add(topic, jobs) {
      await queues.add(topic, jobs);
      await until(() => done === 1);
      await new Promise((over) => setTimeout(over, 300));
    },
  };
  t.equal(await dispatchBatch(house, slow), 1);
  await until(async () => (await open(house)) === 0);
  t.equal(done, 1);
});

t.test('an emptied queue is rebuilt from the rows', async (t) => {
  const house = await testHouse(t);
  const first = await house.openQueues();
  await enqueue(house.db, 'match', 'row-1');
  t.equal(await dispatchBatch(house, first), 1);
  t.equal(await dispatchBatch(house, first), 0, 'a row is handed over once');
  for (const queue of first.bull) await queue.obliterate({ force: true });
  t.equal(await rebuildQueues(house), 1);
  t.equal(await dispatchBatch(house, first), 1, 'and again after the queue was lost');
});

t.test('a job that is put off waits for its instant', async (t) => {
  const house = await testHouse(t);
  const queues = await house.openQueues();
  await enqueue(house.db, 'issue', 'later', new Date(house.clock.now().getTime() + 5000));
  t.equal(await dispatchBatch(house, queues), 0);
  house.clock.advance(6000);
  t.equal(await dispatchBatch(house, queues), 1);
});

t.test('two handlers for one job are a fault found at boot', async (t) => {
  t.throws(
    () => composeHandlers({ read: async () => undefined }, { read: async () => undefined }),
    /two handlers/,
  );
});

async function open(house: Awaited<ReturnType<typeof testHouse>>): Promise<number> {
  const row = await house.db
    .selectFrom('outbox')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

async function until(holds: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((done) => setTimeout(done, 50));
  }
}
