import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import t from 'tap';
import type { EmbeddedServer } from '../../src/storage/embedded-postgres.js';
import { redisOnPath, startRedis } from '../../src/storage/embedded-redis.js';
import { createLog } from '../../src/core/log.js';

const log = createLog('test', 'silent');
const program = await redisOnPath();

t.test('our Redis', { skip: program === undefined && 'no redis-server on PATH' }, async (t) => {
  const folder = join(t.testdir(), 'redis');
  let redis: EmbeddedServer | undefined;
  t.teardown(() => redis?.stop());
  const start = async (): Promise<EmbeddedServer> => (redis = await startRedis(program!, folder, log));
  const asked = async (url: string, ask: (client: Redis) => Promise<unknown>): Promise<unknown> => {
    const client = new Redis(url, { retryStrategy: () => null });
    client.on('error', () => undefined);
    return ask(client).finally(() => client.disconnect());
  };

  t.test('is for nobody else on the machine', async (t) => {
    const { url, pid } = await start();
    const stranger = new URL(url);
    stranger.password = '';
    await t.rejects(
      asked(stranger.href, (client) => client.ping()),
      /NOAUTH/,
    );
    t.equal(await asked(url, (client) => client.set('job', '1')), 'OK');
    t.notMatch(readFileSync(`/proc/${pid}/cmdline`, 'utf8'), new URL(url).password);
    t.equal(statSync(folder).mode & 0o077, 0);
  });

  t.test('begins empty, with the same password, where its file is rubbish', async (t) => {
    const before = redis!.url;
    await asked(before, (client) => client.set('job', 'x'.repeat(1000)));
    await redis!.stop();
    const files = join(folder, 'appendonlydir');
    const path = join(
      files,
      readdirSync(files).find((name) => name.endsWith('.incr.aof'))!,
    );
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0, 10, 50));
    const { url } = await start();
    t.equal(await asked(url, (client) => client.dbsize()), 0);
    t.equal(new URL(url).password, new URL(before).password);
    t.ok(readdirSync(folder).includes('appendonlydir.unreadable'));
  });

  t.test('keeps what it can where only the end is missing', async (t) => {
    await asked(redis!.url, (client) => client.set('first', '1'));
    await asked(redis!.url, (client) => client.set('last', '1'));
    await redis!.stop();
    const files = join(folder, 'appendonlydir');
    const path = join(
      files,
      readdirSync(files).find((name) => name.endsWith('.incr.aof'))!,
    );
    truncateSync(path, statSync(path).size - 5);
    const { url } = await start();
    t.equal(await asked(url, (client) => client.exists('first', 'last')), 1);
  });
});
