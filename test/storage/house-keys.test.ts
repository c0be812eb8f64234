import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { startHouseProcesses } from '../../src/commands/processes/house-processes.js';
import { loadConfig } from '../../src/core/config.js';
import { houseKeys } from '../../src/storage/house-keys.js';
import { openHouse } from '../../src/storage/house.js';
import { testHouse } from '../../src/storage/test-house.js';

t.test('a second box works with the keys of the first, and refuses to work with its own', async (t) => {
  const made = await testHouse(t);
  const boxes = await mkdtemp(join(tmpdir(), 'phat-nguoi-boxes-'));
  t.teardown(() => rm(boxes, { recursive: true, force: true }));
  const envOf = (box: string, more: Record<string, string> = {}) => ({
    DATABASE_URL: made.databaseUrl,
    // Named so that none is started; nothing is queued here.
    REDIS_URL: 'redis://127.0.0.1:1',
    DATA_DIR: join(boxes, box),
    LOG_LEVEL: 'silent',
    ...more,
  });
  const first = await openHouse('first', envOf('first'));
  await first.close();
  await t.rejects(openHouse('second', envOf('second')), { code: 'KEYS_DIFFER', message: /KEYS_DIR/ });
  const env = envOf('second');
  await t.rejects(startHouseProcesses(loadConfig(env), env, made.log), { code: 'KEYS_DIFFER' });
  const second = await openHouse('second', envOf('second', { KEYS_DIR: join(boxes, 'first', 'keys') }));
  t.same(second.keys.sealing, first.keys.sealing);
  await second.close();
});

t.test('a database of an older version is opened all the same, to be migrated', async (t) => {
  const made = await testHouse(t);
  await made.db.schema.dropTable('house_keys').execute();
  t.ok(await houseKeys(made.db, join(made.folder, 'keys')));
});
