import { sql } from 'kysely';
import t from 'tap';
import { openDatabase, migrate } from '../../src/storage/database.js';
import { dispatchBatch } from '../../src/storage/dispatcher.js';
import { redisOnPath, startRedis } from '../../src/storage/embedded-redis.js';
import { startWorkers } from '../../src/storage/handlers.js';
import { isOutage } from '../../src/storage/outage.js';
import { enqueue } from '../../src/storage/outbox.js';
import { openQueues } from '../../src/storage/queues.js';
import { testHouse } from '../../src/storage/test-house.js';
import { lineTo } from '../support/line.js';

t.test('a database that falls silent is an outage, not an end: the next call gets through', async (t) => {
  const house = await testHouse(t);
  const line = await lineTo(t, house.databaseUrl);
  const db = openDatabase(line.url, house.log, 1, 500);
  t.teardown(() => db.destroy());
  await sql`select 1`.execute(db);
  line.fallSilent();
  const error: unknown = await sql`select 1`.execute(db).catch((cause: unknown) => cause);
  t.ok(isOutage(error), String(error));
  t.match((await sql`select 2 as n`.execute(db)).rows, [{ n: 2 }]);
});

t.test('a box that vanishes in the middle of a transaction keeps no lock', async (t) => {
  const house = await testHouse(t);
  const line = await lineTo(t, house.databaseUrl);
  const vanishing = openDatabase(line.url, house.log, 1, 500);
  t.teardown(() => vanishing.destroy());
  const lock = sql`select pg_advisory_xact_lock(7)`;
  await t.rejects(
    vanishing.transaction().execute(async (trx) => {
      await lock.execute(trx);
      line.fallSilent();
      // Waits for the other box, for ever if the lock is never let go.
      await house.db.transaction().execute((other) => lock.execute(other));
      await sql`select 1`.execute(trx);
    }),
  );
});

t.test('a queue that falls silent is called anew, and its jobs are done', async (t) => {
  const program = await redisOnPath();
  if (program === undefined) return t.comment('no redis-server on PATH');
  const house = await testHouse(t);
  const redis = await startRedis(program, `${house.folder}/redis`, house.log);
  t.teardown(() => redis.stop());
  const line = await lineTo(t, redis.url);
  const queues = openQueues({ kind: 'redis', url: line.url, why: 'test' }, house.log, 6000);
  t.teardown(() => queues.close());
  const done: string[] = [];
  const workers = startWorkers(house, queues, { seal: async (_ctx, key) => void done.push(key) });
  t.teardown(() => workers.close());
  const handOver = async (key: string): Promise<void> => {
    await enqueue(house.db, 'seal', key);
    // As the dispatcher does: what fails is tried again.
    while ((await dispatchBatch(house, queues).catch(() => 0)) === 0)
      await new Promise((over) => setTimeout(over, 100));
    while (!done.includes(key)) await new Promise((over) => setTimeout(over, 50));
  };
  await handOver('before');
  line.fallSilent();
  await handOver('after');
  t.same(done, ['before', 'after']);
});

t.test('boxes that start at once on an empty database all start', async (t) => {
  const house = await testHouse(t);
  const url = new URL(house.databaseUrl);
  await sql`create database ${sql.id(`${url.pathname.slice(1)}_new`)}`.execute(house.db);
  url.pathname += '_new';
  const made = await Promise.all([1, 2, 3].map(() => migrate(url.href, house.log)));
  const [all, ...none] = made.map((names) => names.length).sort((a, b) => b - a);
  t.ok(all! > 5);
  t.same(none, [0, 0]);
});
