// `npm test`: one Postgres for all files, tap over them (or over the files named), and a last line `N passed, N failed`.
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { register } from 'tsx/esm/api';

register();
const { startEmbeddedPostgres } = await import('../src/storage/embedded-postgres.ts');
const { createLog } = await import('../src/core/log.ts');

const tap = 'node_modules/.bin/tap';
// Taking a plugin out of tap needs a rebuild of its own glue, once an install.
if (!existsSync('.tap/plugins') && !existsSync('.tap/test'))
  execFileSync(tap, ['build'], { stdio: 'ignore' });

const folder = mkdtempSync(join(tmpdir(), 'phat-nguoi-tests-'));
// As root the server runs as nobody, who must be able to reach its folder.
chmodSync(folder, 0o755);
const postgres = await startEmbeddedPostgres(join(folder, 'postgres'), createLog('tests', 'warn'));
await forgetful(postgres.url);
const child = spawn(tap, ['--no-color', '-R', 'tap', ...process.argv.slice(2)], {
  env: { ...process.env, TEST_POSTGRES_URL: postgres.url, LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent' },
  stdio: ['ignore', 'pipe', 'inherit'],
});

const verbose = process.env.TEST_VERBOSE === '1';
let totals;
let failing = [];
for await (const line of createInterface({ input: child.stdout })) {
  const summary = /^# \{ (total: .*) \}$/.exec(line);
  if (summary) totals = summary[1];
  if (/^(ok|not ok) /.test(line) || verbose) console.log(line);
  else if (/^\s*not ok /.test(line)) failing = [line];
  else if (failing.length > 0 && failing.length < 60) failing.push(line);
  if (failing.length > 0 && (/^\s*\.\.\.$/.test(line) || failing.length === 60)) {
    console.log(failing.join('\n'));
    failing = [];
  }
}
const code = await new Promise((done) =>
  child.exitCode === null ? child.once('exit', (c) => done(c ?? 1)) : done(child.exitCode),
);
await postgres.stop();
rmSync(folder, { recursive: true, force: true });

const count = (name) => Number(new RegExp(`${name}: (\\d+)`).exec(totals ?? '')?.[1] ?? 0);
const skipped = count('skip') + count('todo');
const failed = totals === undefined ? 1 : count('fail');
console.log(
  `${count('pass')} passed, ${failed === 0 && code !== 0 ? 1 : failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
process.exit(code === 0 && failed === 0 ? 0 : 1);

/** Nothing is read again from this server after it ended: it need not wait for the disk. Those that tests kill are their own. */
async function forgetful(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('alter system set fsync = off');
  await client.query('select pg_reload_conf()');
  await client.end();
}
