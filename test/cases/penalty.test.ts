import t from 'tap';
import {
  correctDecision,
  openCase,
  recordDecision,
  recordReceipt,
  transition,
  type Officer,
  type OfficerRole,
  type PenaltyDecision,
} from '../../src/cases/index.js';
import { checkDecision, type PunishedAct } from '../../src/cases/penalty-check.js';
import { penaltyRefusals } from '../../src/core/messages-penalty.js';
import { newId } from '../../src/core/ids.js';
import { verifyCase } from '../../src/evidence/index.js';
import { lawRow } from '../../src/law/index.js';
import { issueNotice } from '../../src/notices/issue.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { confirmedCase } from '../notices/confirmed-case.js';
import { aDecision } from './a-decision.js';

const OCCURRED = new Date('2026-11-19T03:00:00Z');
const TODAY = '2026-11-21';
const clock = { now: () => new Date(`${TODAY}T03:00:00Z`) };
const redLight: PunishedAct = {
  state: 'notified',
  law: lawRow('CAR_RED_LIGHT', OCCURRED),
  owner: 'person',
  occurredAt: OCCURRED,
};

t.test('each element of the law, one by one', async (t) => {
  const check = (decision: Partial<PenaltyDecision>, act: Partial<PunishedAct> = {}, today = TODAY) =>
    checkDecision({ ...redLight, ...act }, aDecision({ clock }, decision), today);
  const down = { mitigating: 'tự nguyện khai báo' };
  const up = { aggravating: 'tái phạm' };
  const double = { owner: 'organisation' } as const;

  for (const fine of [
    [{}],
    [{ amount: 18_000_000, ...down }],
    [{ amount: 20_000_000, ...up }],
    [{ amount: 18_500_000, ...down, ...up }],
    [{ amount: 38_000_000 }, double],
    [{ issuedOn: '2026-11-19', receivedOn: '2026-11-19' }],
    [{ issuedOn: '2027-11-19' }, {}, '2027-11-30'],
    [{ signerRank: 'director' }],
  ] as const)
    t.doesNotThrow(() => check(...(fine as unknown as Parameters<typeof check>)), JSON.stringify(fine));

  for (const state of ['notified', 'paid', 'closed'] as const)
    t.doesNotThrow(() => check({}, { state }), state);
  const states = ['candidate', 'confirmed', 'rejected', 'disputed', 'void'] as const;
  for (const state of states) t.throws(() => check({}, { state }), { code: 'CASE_NOT_NOTIFIED' }, state);
  for (const [code, ...given] of [
    ['NUMBER_REQUIRED', { number: '' }],
    ['AMOUNT_NOT_WHOLE', { amount: 19_000_000.5 }],
    ['AMOUNT_NOT_WHOLE', { amount: 0 }],
    ['AMOUNT_OUT_OF_RANGE', { amount: 17_999_999, ...down }],
    ['AMOUNT_OUT_OF_RANGE', { amount: 20_000_001, ...up }],
    ['AMOUNT_OUT_OF_RANGE', { amount: 19_000_000 }, double],
    ['MITIGATION_REQUIRED', { amount: 18_999_999 }],
    ['MITIGATION_REQUIRED', { amount: 18_999_999, ...up }],
    ['AGGRAVATION_REQUIRED', { amount: 19_000_001 }],
    ['AGGRAVATION_REQUIRED', { amount: 19_000_001, ...down }],
    ['SIGNER_NAME_REQUIRED', { signerName: '' }],
    ['SIGNER_NOT_COMPETENT', { signerRank: 'soldier' }],
    ['SIGNER_NOT_COMPETENT', { amount: 18_000_000, ...down, signerRank: 'soldier' }],
    ['SIGNER_NOT_COMPETENT', { signerRank: 'anybody' }],
    ['ISSUED_BEFORE_ACT', { issuedOn: '2026-11-18' }],
    ['ISSUED_IN_FUTURE', { issuedOn: '2026-11-22' }],
    ['ISSUED_AFTER_LIMITATION', { issuedOn: '2027-11-20' }, {}, '2027-11-30'],
    ['RECEIVED_BEFORE_ISSUE', { issuedOn: '2026-11-21', receivedOn: '2026-11-20' }],
    ['RECEIVED_IN_FUTURE', { receivedOn: '2026-11-22' }],
  ] as const) {
    const { field, vi, en } = penaltyRefusals[code];
    const refusal = { code, message: `${vi} / ${en}`, details: { field } };
    t.throws(() => check(...(given as unknown as Parameters<typeof check>)), refusal, code);
  }
  const summer = new Date('2026-08-10T03:00:00Z');
  const early = { law: lawRow('CAR_RED_LIGHT', summer), occurredAt: summer };
  t.throws(() => check({ issuedOn: '2026-08-14' }, early), { code: 'SIGNER_POWERS_UNKNOWN' });
});

async function told(t: { teardown(fn: () => Promise<void>): void }) {
  const house = await testHouse(t);
  const { caseId } = await notified(house);
  return { house, caseId, an: await officer(house, 'canbo.an') };
}

async function notified(house: TestHouse, plate = '30F25658', display = '30F-256.58') {
  const made = await confirmedCase(house, { plate, display });
  await issueNotice(house, made.caseId);
  const at = house.clock.now();
  await transition(house.db, { caseId: made.caseId, event: 'notify', actor: 'system:notices', at });
  return made;
}

async function officer(house: TestHouse, username: string, role: OfficerRole = 'reviewer'): Promise<Officer> {
  const who = { username, name: 'Nguyễn Văn An', rank: 'Đại úy', unit: 'Đội 6', role };
  await house.db
    .insertInto('officers')
    .values({ id: newId(), ...who, password_hash: 'x' })
    .onConflict((c) => c.column('username').doNothing())
    .execute();
  const columns = ['id', 'username', 'name', 'rank', 'unit', 'role'] as const;
  return house.db
    .selectFrom('officers')
    .select(columns)
    .where('username', '=', username)
    .executeTakeFirstOrThrow();
}

t.test('one decision a case: told again it changes nothing, another one is refused', async (t) => {
  const { house, caseId, an } = await told(t);
  const dossier = await openCase(house, caseId, an);
  t.equal(dossier.penalty, null);
  t.equal(dossier.law.signers[0]!.id, 'team-leader');
  const { version } = dossier;
  const decision = aDecision(house, { number: '  0456/QĐ-XPHC ' });
  const recording = { caseId, officer: an, version, decision };
  const operator = await officer(house, 'van.hanh', 'operator');
  await t.rejects(recordDecision(house, { ...recording, officer: operator }), { code: 'NOT_ALLOWED' });
  await t.rejects(recordDecision(house, { ...recording, version: version - 1 }), { code: 'STALE_VERSION' });
  await t.rejects(recordReceipt(house, { caseId, officer: an, receivedOn: TODAY }), { code: 'NO_DECISION' });
  await t.rejects(recordDecision(house, { ...recording, caseId: newId() }), { code: 'CASE_NOT_FOUND' });

  const both = await Promise.all([recordDecision(house, recording), recordDecision(house, recording)]);
  t.same(both, [{ version: version + 1 }, { version: version + 1 }], 'sent twice at once');
  const another = { ...decision, amount: 18_000_000, mitigating: 'khai báo' };
  await t.rejects(recordDecision(house, { ...recording, decision: another }), { code: 'ANOTHER_DECISION' });

  const second = await notified(house, '29A11111', '29A-111.11');
  await t.rejects(
    recordDecision(house, { ...recording, caseId: second.caseId, version: undefined } as never),
    { code: 'NUMBER_TAKEN' },
    'of another case',
  );
  const { penalty, history } = await openCase(house, caseId, an);
  t.match(penalty, {
    number: '0456/QĐ-XPHC',
    amount: 19_000_000,
    signer: { vi: /Đội trưởng/ },
    receivedOn: null,
  });
  const last = history.at(-1)!;
  t.match(last, {
    kind: 'penalty',
    actor: 'officer:canbo.an',
    message: { vi: 'Đã ghi nhận quyết định xử phạt' },
  });
  t.match(last.data, { number: '0456/QĐ-XPHC', amount: 19_000_000 });
  t.equal((await house.db.selectFrom('penalty_decisions').select('id').execute()).length, 1);
});

t.test('the receipt is told once, at first or later; both are sealed', async (t) => {
  const { house, caseId, an } = await told(t);
  await recordDecision(house, { caseId, officer: an, decision: aDecision(house) });
  const receive = (receivedOn: string, version?: number) =>
    recordReceipt(house, { caseId, officer: an, receivedOn, ...(version === undefined ? {} : { version }) });
  await t.rejects(receive('2026-11-20'), { code: 'RECEIVED_BEFORE_ISSUE' });
  await t.rejects(receive('2026-11-22'), { code: 'RECEIVED_IN_FUTURE' });
  await t.rejects(receive(TODAY, 1), { code: 'STALE_VERSION' });
  // Contested on the very day: the receipt is a fact all the same.
  await transition(house.db, { caseId, event: 'dispute', actor: 'citizen:x', at: house.clock.now() });
  house.clock.advance(3 * 86_400_000);
  const { version } = await receive(TODAY);
  t.same(await receive(TODAY), { version }, 'told again');
  await t.rejects(receive('2026-11-23'), { code: 'ANOTHER_RECEIPT' });
  const kinds = await house.db
    .selectFrom('log_leaves')
    .select('kind')
    .where('kind', 'like', 'penalty%')
    .orderBy('idx')
    .execute();
  t.same(
    kinds.map((leaf) => leaf.kind),
    ['penalty', 'penalty-received'],
  );
  const findings = async () =>
    (await verifyCase(house, caseId)).findings.filter((one) => one.table === 'penalty_decisions');
  t.same(await findings(), [], 'a day that was told later alters nothing that was sealed before');
  await house.db.updateTable('penalty_decisions').set({ amount: 1, received_on: '2026-11-22' }).execute();
  t.same((await findings()).map((one) => one.column).sort(), ['amount', 'received_on']);
});

t.test(
  'a correction: the former stays as it was sealed, with who and why; the number is free again',
  async (t) => {
    const { house, caseId, an } = await told(t);
    const of = (changed: Partial<PenaltyDecision>) => ({
      caseId,
      officer: an,
      decision: aDecision(house, changed),
    });
    const correct = (changed: Partial<PenaltyDecision>, reason = 'gõ nhầm mức phạt') =>
      correctDecision(house, { ...of(changed), reason });
    await t.rejects(correct({}), { code: 'NO_DECISION' });
    const { version } = await recordDecision(house, of({ amount: 20_000_000, aggravating: 'tái phạm' }));
    t.same(
      await correct({ amount: 20_000_000, aggravating: 'tái phạm' }, ''),
      { version },
      'nothing to correct',
    );
    await t.rejects(correct({}, ' '), { code: 'CORRECTION_REASON_REQUIRED' });
    await t.rejects(correct({ amount: 1 }), { code: 'AMOUNT_OUT_OF_RANGE' });
    await t.rejects(correctDecision(house, { ...of({}), reason: 'gõ nhầm', version: 1 }), {
      code: 'STALE_VERSION',
    });
    const operator = await officer(house, 'van.hanh', 'operator');
    await t.rejects(correctDecision(house, { ...of({}), reason: 'gõ nhầm', officer: operator }), {
      code: 'NOT_ALLOWED',
    });
    const number = { number: '0465/QĐ-XPHC' };
    const twice = await Promise.all([correct(number), correct(number)]);
    t.same(twice, [{ version: version + 1 }, { version: version + 1 }], 'sent twice at once');

    const { penalty, formerPenalties, history } = await openCase(house, caseId, an);
    t.match(penalty, { ...number, amount: 19_000_000 });
    t.match(formerPenalties, [
      { number: '0456/QĐ-XPHC', amount: 20_000_000, correctedBy: 'canbo.an', reason: 'gõ nhầm mức phạt' },
    ]);
    t.match(history.at(-1), { kind: 'penalty-corrected', data: { ...number, reason: 'gõ nhầm mức phạt' } });
    const second = await notified(house, '29A11111', '29A-111.11');
    await recordDecision(house, { caseId: second.caseId, officer: an, decision: aDecision(house) });
    await t.rejects(correct({}), { code: 'NUMBER_TAKEN' }, 'by the case whose number it is');

    const findings = async () =>
      (await verifyCase(house, caseId)).findings.filter((one) => one.table === 'penalty_decisions');
    t.same(await findings(), []);
    await recordReceipt(house, { caseId, officer: an, receivedOn: TODAY });
    await t.rejects(correct({ ...number, amount: 18_000_000, mitigating: 'khai báo' }), {
      code: 'CORRECTION_AFTER_RECEIPT',
    });
    const corrected = house.db.updateTable('penalty_decisions').where('corrected_at', 'is not', null);
    await corrected.set({ amount: 19_000_000, correction_reason: 'khác' }).execute();
    t.same((await findings()).map((one) => one.column).sort(), ['amount', 'correction_reason']);
  },
);

t.test('known at once: one call, two lines of history; and none for a case that is void', async (t) => {
  const { house, caseId, an } = await told(t);
  await recordDecision(house, { caseId, officer: an, decision: aDecision(house, { receivedOn: TODAY }) });
  const { history, penalty } = await openCase(house, caseId, an);
  t.same(
    history.slice(-2).map((event) => event.kind),
    ['penalty', 'penalty-received'],
  );
  t.equal(penalty!.receivedOn, TODAY);

  const second = await notified(house, '29A11111', '29A-111.11');
  const decision = aDecision(house, { number: '2' });
  await recordDecision(house, { caseId: second.caseId, officer: an, decision });
  const at = house.clock.now();
  await transition(house.db, { caseId: second.caseId, event: 'void', actor: 'officer:canbo.an', at });
  await t.rejects(recordReceipt(house, { caseId: second.caseId, officer: an, receivedOn: TODAY }), {
    code: 'RECEIPT_NOT_NOW',
  });
});
