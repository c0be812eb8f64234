import t from 'tap';
import { transition } from '../../src/cases/index.js';
import { HttpDigitalAccount } from '../../src/notices/digital-account-http.js';
import { deliverNotice, waitAfter } from '../../src/notices/deliver.js';
import { servedOnPaper, waitingNotices } from '../../src/notices/paper-delivery.js';
import { issueNotice } from '../../src/notices/issue.js';
import { recordWithdrawal } from '../../src/sites/index.js';
import { startDigitalAccount } from '../../src/simulators/digital-account.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { confirmedCase } from './confirmed-case.js';

async function noticeToDeliver(t: { teardown(fn: () => Promise<void>): void }) {
  const house = await testHouse(t);
  const gateway = await startDigitalAccount({
    clock: house.clock,
    isKnown: (account) => account.startsWith('cn-'),
  });
  t.teardown(() => gateway.close());
  const made = await confirmedCase(house);
  const { id } = await issueNotice(house, made.caseId);
  const portWaiting = (timeoutMs: number) =>
    new HttpDigitalAccount({ url: gateway.url, key: 'account-dev-key', clock: house.clock, timeoutMs });
  const port = portWaiting(30_000);
  const post = (path: string, body: object) =>
    fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return {
    house,
    id,
    made,
    port,
    url: gateway.url,
    hasty: portWaiting(500),
    fault: (mode: string, count?: number) => post('/_faults', { mode, count, ms: 3_000 }),
    inbox: async () =>
      (
        (await (await fetch(`${gateway.url}/v1/messages`)).json()) as {
          messages: { noticeId: string; summary: { vi: string } }[];
        }
      ).messages,
    state: async () => ({
      case: (
        await house.db
          .selectFrom('cases')
          .select('state')
          .where('id', '=', made.caseId)
          .executeTakeFirstOrThrow()
      ).state,
      ...(await house.db
        .selectFrom('deliveries')
        .selectAll()
        .where('notice_id', '=', id)
        .executeTakeFirstOrThrow()),
    }),
  };
}

const waiting = (house: TestHouse, id: string) =>
  house.db
    .selectFrom('outbox')
    .select('not_before')
    .where('topic', '=', 'deliver')
    .where('key', '=', id)
    .orderBy('id', 'desc')
    .executeTakeFirst();

t.test('a delivered notice has a proof, and its case is notified', async (t) => {
  const { house, id, made, port, inbox, state } = await noticeToDeliver(t);
  await deliverNotice(house, id, port);
  const after = await state();
  t.match(after, {
    case: 'notified',
    state: 'delivered',
    attempts: 1,
    proof: { noticeId: id, account: made.account },
  });
  const [message] = await inbox();
  t.notMatch(message?.summary.vi, /https?:|www\.|₫/, 'no link and no amount in the message');
  t.ok(
    await house.db.selectFrom('log_leaves').select('idx').where('kind', '=', 'delivery').executeTakeFirst(),
  );
  await deliverNotice(house, id, port);
  t.equal((await state()).attempts, 1, 'a second job does nothing');
});

for (const [mode, why] of [
  ['late', 'the answer comes after we gave up'],
  ['twice', 'the connection is cut after the delivery'],
  ['wrong', 'the proof is about another notice'],
  ['never', 'the gateway is down'],
] as const) {
  t.test(`${mode}: ${why}; it is tried again later and lands once`, async (t) => {
    const { house, id, port, hasty, fault, inbox, state } = await noticeToDeliver(t);
    await fault(mode, 1);
    await deliverNotice(house, id, mode === 'late' ? hasty : port);
    t.match(await state(), {
      case: 'confirmed',
      state: 'pending',
      attempts: 1,
      last_error: mode === 'wrong' ? 'PROOF_WRONG' : 'ACCOUNT_UNREACHABLE',
    });
    const next = await waiting(house, id);
    t.equal(next?.not_before?.getTime(), house.clock.now().getTime() + waitAfter(1));
    house.clock.advance(waitAfter(1));
    await deliverNotice(house, id, port);
    t.match(await state(), { case: 'notified', state: 'delivered', last_error: null, attempts: 2 });
    t.equal((await inbox()).length, 1);
  });
}

t.test('ten deliveries at once make one message and one change of state', async (t) => {
  const { house, id, port, inbox, made } = await noticeToDeliver(t);
  await Promise.all(Array.from({ length: 10 }, () => deliverNotice(house, id, port)));
  t.equal((await inbox()).length, 1);
  const events = await house.db
    .selectFrom('case_events')
    .select('kind')
    .where('case_id', '=', made.caseId)
    .where('kind', '=', 'notify')
    .execute();
  t.equal(events.length, 1);
});

t.test('an owner without an account is left for paper; an unknown account goes on being tried', async (t) => {
  const { house, port } = await noticeToDeliver(t);
  for (const [account, code] of [
    [null, 'NO_DIGITAL_ACCOUNT'],
    ['xx-unknown', 'ACCOUNT_UNKNOWN'],
  ] as const) {
    const made = await confirmedCase(house, { account });
    const { id } = await issueNotice(house, made.caseId);
    await deliverNotice(house, id, port);
    const row = await house.db
      .selectFrom('deliveries')
      .selectAll()
      .where('notice_id', '=', id)
      .executeTakeFirstOrThrow();
    t.match(row, { state: 'pending', last_error: code });
  }
});

t.test('an owner whom no account reaches is served on paper, once', async (t) => {
  const { house, port } = await noticeToDeliver(t);
  const made = await confirmedCase(house, { account: null });
  const { id, number } = await issueNotice(house, made.caseId);
  await deliverNotice(house, id, port);
  t.match(
    (await waitingNotices(house)).find((w) => w.number === number),
    { reason: 'NO_DIGITAL_ACCOUNT' },
  );
  const served = { number, officer: made.officer, reference: 'RR123456789VN', at: house.clock.now() };
  await servedOnPaper(house, served);
  const row = await house.db
    .selectFrom('cases')
    .select('state')
    .where('id', '=', made.caseId)
    .executeTakeFirst();
  t.equal(row?.state, 'notified');
  await t.rejects(servedOnPaper(house, served), { code: 'NOTICE_NOT_FOUND' });
});

t.test('a proof by another key than the gateway’s own is none', async (t) => {
  const { house, id, url, port, state } = await noticeToDeliver(t);
  const options = { url, key: 'account-dev-key', clock: house.clock };
  await deliverNotice(house, id, new HttpDigitalAccount({ ...options, keyIds: ['0'.repeat(64)] }));
  t.match(await state(), { case: 'confirmed', state: 'pending', last_error: 'PROOF_WRONG' });
  await deliverNotice(house, id, port);
  const { proof } = await house.db
    .selectFrom('deliveries')
    .select('proof')
    .where('notice_id', '=', id)
    .executeTakeFirstOrThrow();
  t.match(proof, { keyId: /^[0-9a-f]{64}$/ });
});

t.test('a case that is voided before its notice went out is told to nobody', async (t) => {
  const { house, id, made, port, inbox } = await noticeToDeliver(t);
  await transition(house.db, {
    caseId: made.caseId,
    event: 'void',
    actor: `officer:${made.officer}`,
    at: house.clock.now(),
  });
  await deliverNotice(house, id, port);
  t.equal((await inbox()).length, 0);
  t.same(await waitingNotices(house), [], 'and it waits for nobody');
});

t.test('a notice whose case no officer stands by is told to nobody', async (t) => {
  const { house, id, made, port, inbox, state } = await noticeToDeliver(t);
  for (const undecided of ['candidate', 'rejected']) {
    await house.db.updateTable('cases').set({ state: undecided }).where('id', '=', made.caseId).execute();
    await deliverNotice(house, id, port);
    t.match(await state(), { case: undecided, state: 'pending', last_error: 'CASE_NOT_CONFIRMED' });
  }
  t.equal((await inbox()).length, 0);
});

t.test('a notice whose site version was withdrawn before it went out is told to nobody', async (t) => {
  const { house, id, port, inbox, state } = await noticeToDeliver(t);
  const version = await house.db
    .selectFrom('site_versions')
    .select(['site_id as siteId', 'version'])
    .executeTakeFirstOrThrow();
  const officer = await house.db.selectFrom('officers').select('id').executeTakeFirstOrThrow();
  const at = house.clock.now();
  await recordWithdrawal(house.db, { ...version, officerId: officer.id, reason: 'Vạch sai', at });
  await deliverNotice(house, id, port);
  t.match(await state(), { state: 'pending', last_error: 'SITE_VERSION_WITHDRAWN' });
  t.equal((await inbox()).length, 0);
});

t.test('the wait doubles and stops growing at six hours', async (t) => {
  t.equal(waitAfter(1), 2_000);
  t.equal(waitAfter(4), 16_000);
  t.equal(waitAfter(60), 6 * 3_600_000);
});
