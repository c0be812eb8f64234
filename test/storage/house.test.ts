import { spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loadConfig } from '../../src/core/config.js';
import { createLog } from '../../src/core/log.js';
import { beginAnew } from '../../src/storage/begin-anew.js';
import { amRoot, farFolder, reachableFolder } from '../../src/storage/embedded-folder.js';
import { openHouse } from '../../src/storage/house.js';
import { loadKeys } from '../../src/storage/keys.js';
import { assertNotRunning, endLeftovers, forgetRun, recordRun } from '../../src/storage/running.js';
import { testHouse } from '../../src/storage/test-house.js';

const log = createLog('test', 'silent');

/** As `up` leaves word of itself; this very process stands for it. */
const running = (dataDir: string, databaseUrl: string, serverPids: readonly number[] = []) =>
  recordRun(dataDir, {
    pid: process.pid,
    databaseUrl,
    queue: { kind: 'postgres', url: databaseUrl, why: 'test' },
    serverPids,
  });

t.test('a house that runs is not deleted; one that does not goes whole, its database too', async (t) => {
  // Closed to other users, so that as root the database lies elsewhere.
  const dataDir = mkdtempSync(join(tmpdir(), 'phat-nguoi-fresh-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const config = loadConfig({ DATA_DIR: dataDir });
  await loadKeys(config.keysDir);
  const database = await reachableFolder(join(dataDir, 'postgres'));
  t.teardown(() => rmSync(database, { recursive: true, force: true }));

  await running(dataDir, 'postgres://nowhere/postgres');
  await t.rejects(beginAnew(config, log), { code: 'HOUSE_BUSY' });
  t.ok(existsSync(config.keysDir) && existsSync(database));

  await forgetRun(dataDir);
  await t.rejects(beginAnew({ ...config, databaseUrl: 'postgres://elsewhere/house' }, log), {
    code: 'NOT_OWN_DATABASE',
  });
  t.ok(existsSync(config.keysDir), 'nor are the keys of a database that stays');

  await beginAnew(config, log);
  t.notOk(existsSync(dataDir) || existsSync(database));
});

t.test('a database that the environment names goes before that of a running house', async (t) => {
  const { folder, databaseUrl } = await testHouse(t);
  const other = databaseUrl.replace('127.0.0.1', 'localhost');
  await running(folder, other);
  const settings = { DATA_DIR: folder, LOG_LEVEL: 'silent' };
  const named = await openHouse('test', { ...settings, DATABASE_URL: databaseUrl });
  t.equal(named.databaseUrl, databaseUrl);
  t.equal(named.queueChoice.url, databaseUrl, 'and no job of it goes to the other house’s queue');
  await named.close();
  const joined = await openHouse('test', settings);
  t.equal(joined.databaseUrl, other, 'the running house is left alone');
  await joined.close();
  const queued = await openHouse('test', { ...settings, REDIS_URL: 'redis://127.0.0.1:1' });
  t.match(queued.queueChoice, { kind: 'redis', url: 'redis://127.0.0.1:1' });
  await queued.close();
});

t.test('a pid that has come to be another’s is no running house, and nobody is ended for it', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phat-nguoi-reborn-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const stranger = spawn('sleep', ['60'], { argv0: 'postgres' });
  t.teardown(() => void stranger.kill());
  await running(dataDir, 'postgres://nowhere/postgres', [stranger.pid!]);
  const record = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as {
    births: Record<string, string>;
  };
  for (const pid of Object.keys(record.births)) record.births[pid] = 'another boot 17';
  writeFileSync(join(dataDir, 'run.json'), JSON.stringify(record));

  await assertNotRunning(dataDir);
  await endLeftovers(dataDir, log);
  t.equal(stranger.exitCode ?? stranger.signalCode, null);
});

t.test('a house in another container is seen by its record, which it writes anew', async (t) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'phat-nguoi-next-door-'));
  t.teardown(() => rmSync(dataDir, { recursive: true, force: true }));
  const path = join(dataDir, 'run.json');
  const record = { pid: 1, databaseUrl: '', queue: {}, serverPids: [], births: {}, space: 'pid:[1]' };
  writeFileSync(path, JSON.stringify(record));
  const there = setInterval(() => writeFileSync(path, JSON.stringify(record)), 1000);
  await t.rejects(assertNotRunning(dataDir), { code: 'HOUSE_BUSY' });
  clearInterval(there);
  await assertNotRunning(dataDir);
});

t.test(
  'a folder that somebody else laid out in /var/tmp is not taken for our own',
  { skip: !amRoot() && 'only root puts anything there' },
  async (t) => {
    const closed = mkdtempSync(join(tmpdir(), 'phat-nguoi-closed-'));
    const far = farFolder(join(closed, 'postgres'));
    t.teardown(() => [closed, far].forEach((path) => rmSync(path, { recursive: true, force: true })));
    mkdirSync(far);
    chownSync(far, 12_345, 12_345);
    await t.rejects(reachableFolder(join(closed, 'postgres')), { code: 'POSTGRES_START' });
    chownSync(far, 0, 0);
    t.equal(await reachableFolder(join(closed, 'postgres')), far);
  },
);
