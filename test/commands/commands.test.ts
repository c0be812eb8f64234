import { spawn } from 'node:child_process';
import { once } from 'node:events';
import t from 'tap';
import { dayOf } from '../../src/law/index.js';
import { issueNotice } from '../../src/notices/issue.js';
import { readableCode } from '../../src/core/ids.js';
import { writeAct } from '../cases/acts.js';
import { confirmedCase } from '../notices/confirmed-case.js';
import { consoleHouse, notifiedCase, PASSWORD, signedIn } from '../officer/console-house.js';
import { command } from '../support/command.js';

t.test('an officer who is dismissed, or has a new password, is out at once', async (t) => {
  const house = await consoleHouse(t);
  const me = await signedIn(house.app);
  t.equal((await me.get('/api/queue')).statusCode, 200);
  house.clock.set(new Date());
  const given = await command(house, ['officer', 'password', 'canbo.an']);
  t.equal(given.code, 0, given.said);
  t.equal((await me.get('/api/queue')).statusCode, 401, 'the old session has ended');
  await t.rejects(signedIn(house.app), /sign-in/, 'and the old password holds no more');
  const password = given.told.trim().split(' ')[1]!;
  house.clock.advance(60_000);
  const signIn = await house.app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { username: 'canbo.an', password },
  });
  t.equal(signIn.statusCode, 200);

  t.equal((await command(house, ['officer', 'role', 'canbo.an', 'operator'])).code, 0);
  t.equal((await command(house, ['officer', 'dismiss', 'canbo.an'])).code, 0);
  const row = await house.db.selectFrom('officers').select(['role', 'active']).executeTakeFirstOrThrow();
  t.same(row, { role: 'operator', active: false });
  const cookies = Object.fromEntries(signIn.cookies.map((c) => [c.name, c.value]));
  const look = await house.app.inject({ method: 'GET', url: '/api/queue', cookies });
  t.equal(look.statusCode, 401);
  t.match(await command(house, ['officer', 'dismiss', 'canbo.an']), { code: 1, said: /OFFICER_NOT_FOUND/ });
});

t.test('what is mistyped is said, and nobody is named who is not there', async (t) => {
  const house = await consoleHouse(t);
  const made = await confirmedCase(house);
  const { number } = await issueNotice(house, made.caseId);
  const add = ['officer', 'add', 'moi', '--name', 'A', '--rank', 'B', '--unit', 'C', '--role', 'revewer'];
  t.match(await command(house, add), { code: 1, said: /reviewer, signer, operator/ });
  const served = (officer: string, at: string) =>
    ['notice', 'served', number, '--officer', officer, '--reference', 'RR1', '--at', at]; // prettier-ignore
  t.match(await command(house, served('canbo.an', 'hôm qua')), { code: 1, said: /ISO 8601/ });
  t.match(await command(house, served('canbo.an', '2999-01-01T00:00:00Z')), { code: 1, said: /ISO 8601/ });
  t.match(await command(house, ['site', 'sign', 'x', 'hai', '--by', 'An']), { code: 1, said: /from 1 on/ });
  t.match(await command(house, ['export-site', 'x', '--at', 'nay']), { code: 1, said: /ISO 8601/ });
  t.match(await command(house, ['replay', 'khong-co']), { code: 1, said: /CASE_NOT_FOUND: khong-co/ });
  const past = new Date(Date.now() - 60_000).toISOString();
  const nobody = await command(house, served('ai.do', past), `${readableCode(14)}\n`);
  t.match(nobody, { code: 1, said: /NOT_ALLOWED/ });
  t.match(await command(house, ['payment', 'refund-sent', made.caseId, '--officer', 'ai.do'], 'x\n'), {
    code: 1,
    said: /NOT_ALLOWED/,
  });
  const done = await command(house, served('Canbo.An', past), `${PASSWORD}\n`);
  t.equal(done.code, 0, done.said);
  const { proof } = await house.db.selectFrom('deliveries').select('proof').executeTakeFirstOrThrow();
  t.match(proof, { officer: 'canbo.an' }, 'by the name that the house knows');
});

t.test('a decision and its receipt are recorded by an officer who proves who they are', async (t) => {
  const house = await consoleHouse(t);
  house.clock.set(new Date());
  const { caseId, number } = await notifiedCase(house);
  const today = dayOf(house.clock.now());
  const record = (of: string, changed: Readonly<Record<string, string>> = {}) => {
    const given = {
      officer: 'canbo.an', number: '0456/QĐ-XPHC', amount: '19000000', signer: 'Lê Văn Cường', rank: 'team-leader', issued: today,
      ...changed,
    }; // prettier-ignore
    return [
      'decision',
      'record',
      of,
      ...Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]),
    ];
  };
  const typed = `${PASSWORD}\n`;
  t.match(await command(house, record(caseId, { amount: '19.000.000' })), { code: 1, said: /whole đồng/ });
  t.match(await command(house, record(caseId, { rank: 'boss' })), { code: 1, said: /team-leader/ });
  t.match(await command(house, record(caseId, { issued: 'hôm nay' })), { code: 1, said: /2026-11-21/ });
  t.match(await command(house, record(caseId), 'sai mat khau\n'), { code: 1, said: /NOT_ALLOWED/ });
  t.match(await command(house, record('99/2026'), typed), { code: 1, said: /CASE_NOT_FOUND/ });
  t.match(await command(house, record(caseId, { amount: '18000000' }), typed), {
    code: 1,
    said: /MITIGATION_REQUIRED: .*giảm nhẹ.* \/ .*mitigating/,
  });
  const done = await command(house, record(caseId), typed);
  t.equal(done.code, 0, done.said);
  t.equal((await command(house, record(number), typed)).code, 0, 'told again, by the number of the notice');
  const again = ['decision', 'correct', ...record(number).slice(2), '--reason', 'gõ nhầm số'];
  const mistyped = again.indexOf('--number') + 1;
  again[mistyped] = '0465/QĐ-XPHC';
  t.equal((await command(house, again, typed)).code, 0, 'corrected');
  const received = ['decision', 'received', number, today, '--officer', 'canbo.an'];
  t.equal((await command(house, received, typed)).code, 0);
  const rows = await house.db.selectFrom('penalty_decisions').selectAll().orderBy('recorded_at').execute();
  t.match(rows, [
    { case_id: caseId, received_on: null, correction_reason: 'gõ nhầm số' },
    { case_id: caseId, number: '0465/QĐ-XPHC', amount: 19_000_000, issued_on: today, received_on: today },
  ]);
});

t.test('one camera does the same, whoever is asked', async (t) => {
  const house = await consoleHouse(t);
  await writeAct(house);
  // Two heartbeats have been missed, and not yet three.
  const last_seen_at = new Date(Date.now() - 130_000);
  await house.db.updateTable('cameras').set({ last_seen_at }).execute();
  const [sites, schema, cameras] = await Promise.all([
    command(house, ['site', 'list']),
    command(house, ['site', 'schema']),
    command(house, ['camera', 'list', '--json']),
  ]);
  t.notMatch(sites.told, /silent/);
  t.notMatch(cameras.told, /silent/);
  t.match(sites.told, /không có ảnh \/ no pictures/);
  t.match(cameras.told, /no-pictures/);
  t.match(JSON.parse(schema.told), {
    properties: { zones: { items: { properties: { ground: { enum: ['no-stopping-sign'] } } } } },
    additionalProperties: false,
  });
});

t.test('a command that had to start servers of its own ends with its work', async (t) => {
  const house = await consoleHouse(t);
  const child = spawn(process.execPath, ['src/bin.mjs', 'job', 'list'], {
    env: {
      ...process.env,
      DATA_DIR: house.folder,
      DATABASE_URL: house.databaseUrl,
      REDIS_URL: undefined,
      LOG_LEVEL: 'silent',
    },
  });
  const ended = once(child, 'exit');
  await once(child.stdout, 'data');
  const hangs = setTimeout(() => child.kill('SIGKILL'), 20_000);
  t.same(await ended, [0, null], 'nothing that it started is waited for after that');
  clearTimeout(hangs);
});

t.test('a command that cannot reach its database says why', async (t) => {
  const house = { folder: t.testdir(), databaseUrl: 'postgres://house:x@127.0.0.1:1/house' };
  t.match(await command(house, ['status']), { code: 1, said: /^MIGRATION: .*\(connect ECONNREFUSED/ });
});
