import { generateKeyPairSync } from 'node:crypto';
import t from 'tap';
import { appendLeaf, publicKeyOf, signHead, type Head } from '../../src/evidence/index.js';
import { witness, type WatchedLog } from '../../src/evidence/witness.js';
import { buildCitizenApp } from '../../src/http/citizen/app.js';
import { testHouse } from '../../src/storage/test-house.js';

t.test('a witness outside sees the log grow, and sees it rewritten', async (t) => {
  const house = await testHouse(t);
  const app = await buildCitizenApp(house);
  t.teardown(() => app.close());
  const get = async <A>(url: string): Promise<A> => (await app.inject({ url })).json() as A;
  const log: WatchedLog = {
    head: async () => (await get<{ head: Head | null }>('/v1/log')).head,
    consistency: async (first, size) =>
      (await get<{ path: string[] }>(`/v1/log/consistency?first=${first}&size=${size}`)).path,
  };
  const grow = async (...names: string[]): Promise<void> => {
    for (const subject of names) await appendLeaf(house.db, { kind: 'note', subject, entry: { subject } });
    house.clock.advance(60_000);
    await signHead(house);
  };
  const key = publicKeyOf(house.keys).pem;
  t.equal(await witness(log, key, undefined), null, 'before the first minute');

  await grow('a', 'b', 'c');
  const first = (await witness(log, key, undefined))!;
  t.equal(first.size, 3);
  t.equal(await witness(log, key, first), null, 'nothing new');
  await grow('d', 'e');
  const second = (await witness(log, key, first))!;
  t.equal(second.size, 5);
  const { heads } = await get<{ heads: Head[] }>('/v1/log/heads?limit=10');
  t.same(
    heads.map((head) => head.size),
    [5, 3],
  );
  t.equal((await app.inject({ url: '/v1/log/consistency?first=3&size=99' })).statusCode, 400);

  const stranger = generateKeyPairSync('ed25519')
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
  await t.rejects(witness(log, stranger, undefined), { code: 'HEAD_NOT_SIGNED' });

  // A database rolled back to three leaves and continued otherwise is consistent with itself.
  await house.db.deleteFrom('log_heads').where('size', '>', 3).execute();
  await house.db.deleteFrom('log_leaves').where('idx', '>=', 3).execute();
  await house.db
    .deleteFrom('log_nodes')
    .where((eb) => eb.or([eb('level', '=', 2), eb.and([eb('level', '=', 1), eb('idx', '=', 1)])]))
    .execute();
  await t.rejects(witness(log, key, second), { code: 'LOG_REWRITTEN', message: /had 5 leaves and has 3/ });
  await grow('x', 'y');
  await t.rejects(witness(log, key, second), { code: 'LOG_REWRITTEN', message: /different roots/ });
  await grow('z');
  await t.rejects(witness(log, key, second), { code: 'LOG_REWRITTEN', message: /does not begin/ });
  t.equal((await witness(log, key, first))!.size, 6, 'who only knew the beginning sees nothing wrong');
});

t.test(
  'ready means that the database answers and the disk takes bytes; metrics are for the inside',
  async (t) => {
    const house = await testHouse(t);
    const app = await buildCitizenApp(house);
    t.teardown(() => app.close());
    t.equal((await app.inject({ url: '/readyz' })).statusCode, 200);
    const metrics = await app.inject({ url: '/metrics' });
    t.match(metrics.body, /^phat_nguoi_cases_overdue\{app="citizen"\} 0$/m);
    t.match(metrics.body, /^phat_nguoi_calendar_days_left\{app="citizen"\} \d{3}$/m);
    const outside = await app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } });
    t.equal(outside.statusCode, 404);

    const full = { ...house.blobs, put: () => Promise.reject(new Error('ENOSPC')) };
    const broken = await buildCitizenApp({ ...house, blobs: full });
    t.teardown(() => broken.close());
    t.match((await broken.inject({ url: '/readyz' })).json(), { status: 'not ready', because: 'blobs' });
  },
);

t.test(
  'behind a trusted proxy each caller has tries of their own; a stranger’s word changes nothing',
  async (t) => {
    const look = (app: Awaited<ReturnType<typeof buildCitizenApp>>, from: string, n: number) =>
      app.inject({
        method: 'POST',
        url: '/v1/lookup',
        remoteAddress: '10.0.0.1',
        headers: { 'x-forwarded-for': from },
        payload: { number: `${n}/2026`, plate: `30F256${10 + n}` },
      });
    for (const [env, after] of [
      [{ TRUST_PROXY: '10.0.0.1' }, 404],
      [{}, 429],
    ] as const) {
      const house = await testHouse(t, { env });
      const app = await buildCitizenApp(house);
      t.teardown(() => app.close());
      for (let n = 1; n <= 30; n += 1) await look(app, '203.0.113.7', n);
      t.equal((await look(app, '203.0.113.7', 31)).statusCode, 429);
      t.equal((await look(app, '203.0.113.8', 32)).statusCode, after);
    }
  },
);
