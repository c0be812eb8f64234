import t from 'tap';
import {
  answerResponse,
  candidateQueue,
  caseCounts,
  clearHold,
  confirmCase,
  createOfficer,
  matchCase,
  openCase,
  rejectCase,
  respond,
  showOwner,
  transition,
  undoDecision,
  verifyPassword,
  voidCase,
  withdrawSiteVersion,
  type Officer,
} from '../../src/cases/index.js';
import { handlers } from '../../src/cases/jobs.js';
import { newId } from '../../src/core/ids.js';
import { registerOf } from '../../src/registry/index.js';
import {
  expressway,
  holdCodes,
  junction,
  officer,
  recorders,
  registryHouse,
  writeAct,
  type RegistryHouse,
} from './acts.js';

const jobs = (house: RegistryHouse, topic: string) =>
  house.db.selectFrom('outbox').select(['key', 'not_before']).where('topic', '=', topic).execute();
const stateOf = async (house: RegistryHouse, id: string) =>
  await house.db
    .selectFrom('cases')
    .select(['state', 'version'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
const candidate = async (house: RegistryHouse, act: Parameters<typeof writeAct>[1] = {}) =>
  (await matchCase(house, await writeAct(house, act)))!;
const decision = (caseId: string, by: Officer, version = 1) => ({
  caseId,
  officer: by,
  version,
  openedAt: null,
});

/** As the notices room leaves it: a notice that was delivered. */
async function notified(house: RegistryHouse, an: Officer): Promise<{ caseId: string; noticeId: string }> {
  const caseId = await candidate(house);
  await confirmCase(house, decision(caseId, an));
  const noticeId = newId();
  const { violation_id } = await house.db
    .selectFrom('cases')
    .select('violation_id')
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  await house.db
    .insertInto('notices')
    .values({
      id: noticeId,
      number: `TB-${noticeId}`,
      case_id: caseId,
      violation_id,
      kind: 'notice',
      issued_at: house.clock.now(),
      body: '{}',
      body_sealed: null,
      fine_min: 18_000_000,
      fine_max: 20_000_000,
      fine_default: 19_000_000,
      points: 4,
      pdf_sha256: 'x',
      verify_code: noticeId,
      signature: 'x',
    })
    .execute();
  await transition(house.db, { caseId, event: 'notify', actor: 'system:notices', at: house.clock.now() });
  return { caseId, noticeId };
}

async function paid(house: RegistryHouse, caseId: string, noticeId: string): Promise<string> {
  const id = newId();
  const at = house.clock.now();
  await house.db
    .insertInto('payments')
    .values({
      id,
      notice_id: noticeId,
      attempt: 1,
      amount: 19_000_000,
      reference: id,
      qr: 'x',
      gateway_id: null,
      state: 'paid',
      created_at: at,
      expires_at: at,
      paid_at: at,
      paid_amount: 19_000_000,
    })
    .execute();
  const moved = await transition(house.db, { caseId, event: 'pay', actor: 'gateway:1', at });
  if (moved.to === 'paid')
    await transition(house.db, { caseId, event: 'close', actor: 'system:payments', at });
  return id;
}

t.test('one officer confirms: review, leaf, event and the job for the notice in one go', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const caseId = await candidate(house);
  const dossier = await openCase(house, caseId, an);
  t.same(dossier.obstacles, []);
  t.equal(dossier.law.fine.standard, 19_000_000);
  t.equal(dossier.law.points, 4);
  t.equal(dossier.law.citation.vi, 'điểm b khoản 9 Điều 6 Nghị định 168/2024/NĐ-CP');
  t.equal(dossier.plate!.display, '30F-256.58');
  t.equal(dossier.film.length, 3);
  t.same(
    dossier.film.map((f) => f.roles),
    [['before'], ['on', 'plate'], ['beyond']],
  );
  t.equal(dossier.plate!.frameId, dossier.film[1]!.frameId);
  t.same(dossier.film[1]!.box, [100, 100, 300, 260]);
  t.same(
    dossier.comparison.map((c) => c.agrees),
    [true, true, true, null],
  );
  t.equal(dossier.violation.elements[0]!.vi, 'Đã vượt hẳn qua vạch dừng');
  t.equal(dossier.owner!.kind, 'person');

  const done = await confirmCase(house, {
    ...decision(caseId, an, dossier.version),
    openedAt: house.clock.now(),
  });
  t.match(done, { state: 'confirmed', version: 2, waitsForSecond: false });
  const [issue] = await jobs(house, 'issue');
  t.equal(issue!.key, caseId);
  t.same(issue!.not_before, done.undoUntil, 'not before the time to undo is over');
  const leaves = await house.db
    .selectFrom('log_leaves')
    .select(['kind', 'entry'])
    .where('kind', '=', 'decision')
    .execute();
  t.equal(leaves.length, 1);
  t.equal((leaves[0]!.entry as { said: { decision: string } }).said.decision, 'confirm');
  await t.rejects(confirmCase(house, decision(caseId, an, 2)), { code: 'ILLEGAL_TRANSITION' });
  t.equal((await house.db.selectFrom('reviews').select('id').execute()).length, 1);
});

t.test('two officers at once: one decision', async (t) => {
  const house = await registryHouse(t);
  const [an, binh] = [await officer(house), await officer(house, 'canbo.binh')];
  const caseId = await candidate(house);
  const tries = await Promise.allSettled([
    confirmCase(house, decision(caseId, an)),
    rejectCase(house, { ...decision(caseId, binh), reason: 'plate-misread' }),
  ]);
  t.equal(tries.filter((one) => one.status === 'fulfilled').length, 1);
  const lost = tries.find((one) => one.status === 'rejected') as PromiseRejectedResult;
  t.equal(lost.reason.code, 'STALE_VERSION');
  t.equal((await house.db.selectFrom('reviews').select('id').execute()).length, 1);
});

t.test('what cannot be confirmed', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const operator = await officer(house, 'van.hanh', 'operator');
  const confirm = async (act: Parameters<typeof writeAct>[1], by = an) =>
    confirmCase(house, decision(await candidate(house, act), by));
  await t.rejects(confirm({}, operator), { code: 'NOT_ALLOWED' });
  await t.rejects(confirm({ plate: '30F2?658' }), { code: 'PLATE_UNREADABLE' });
  await t.rejects(confirm({ plate: null }), { code: 'PLATE_UNREADABLE' });
  await t.rejects(confirm({ kind: 'truck' }), { code: 'HELD', details: { holds: ['CLASS_MISMATCH'] } });
  await t.rejects(confirm({ clockOffsetMs: -3000 }), { code: 'HELD' });
  await t.rejects(
    confirm({
      rule: 'speeding',
      overKmh: 25,
      site: expressway,
      cameraId: 'ct20-sau',
      occurredAt: new Date('2026-11-19T03:00:00Z'),
    }),
    {
      code: 'HELD',
      details: { holds: ['CERTIFICATE_MISSING'] },
    },
  );
  await t.rejects(confirm({ occurredAt: new Date('2025-11-19T03:00:00Z') }), { code: 'LIMITATION_EXPIRED' });
  await t.rejects(confirmCase(house, decision(newId(), an)), { code: 'CASE_NOT_FOUND' });
  t.match(await caseCounts(house.db), { confirmed: 0 });
  const held = await candidate(house, { kind: 'truck' });
  const { version } = await clearHold(house, {
    caseId: held,
    officer: an,
    version: 1,
    code: 'CLASS_MISMATCH',
    reason: 'Đúng là xe con',
  });
  t.match(
    await confirmCase(house, decision(held, an, version)),
    { state: 'confirmed' },
    'a mismatch that was looked into',
  );
});

t.test('a high fine needs two officers who do not see each other', async (t) => {
  const house = await registryHouse(t, { secondReviewAbove: 20_000_000 });
  const [an, binh] = [await officer(house), await officer(house, 'canbo.binh')];
  const caseId = await candidate(house);
  t.match(await confirmCase(house, decision(caseId, an)), {
    state: 'candidate',
    waitsForSecond: true,
    version: 2,
    undoUntil: null,
  });
  t.same(await jobs(house, 'issue'), []);
  await t.rejects(confirmCase(house, decision(caseId, an, 2)), { code: 'ALREADY_REVIEWED' });
  const seen = await openCase(house, caseId, binh);
  t.equal(seen.secondReview, 'high-fine');
  t.notOk(JSON.stringify(seen).includes('canbo.an'), 'the second officer sees no trace of the first');
  const now = house.clock.now();
  t.equal((await candidateQueue(house.db, { now, officerId: an.id })).items.length, 0);
  t.equal((await candidateQueue(house.db, { now, officerId: binh.id })).items.length, 1);
  t.match(await confirmCase(house, decision(caseId, binh, 2)), { state: 'confirmed' });
  t.equal(
    (await house.db.selectFrom('log_leaves').select('idx').where('kind', '=', 'decision').execute()).length,
    2,
  );

  const other = await candidate(house);
  await confirmCase(house, decision(other, an));
  t.match(
    await rejectCase(house, { ...decision(other, binh, 2), reason: 'element-not-proven' }),
    { state: 'rejected' },
    'one no is enough',
  );
});

t.test('taking a decision back', async (t) => {
  const house = await registryHouse(t, { undoSeconds: 5 });
  const [an, binh] = [await officer(house), await officer(house, 'canbo.binh')];
  const caseId = await candidate(house);
  await confirmCase(house, decision(caseId, an));
  house.clock.advance(2_000);
  await t.rejects(undoDecision(house, { caseId, officer: binh }), { code: 'NOT_ALLOWED' });
  await undoDecision(house, { caseId, officer: an });
  t.match(await stateOf(house, caseId), { state: 'candidate' });
  t.same(await jobs(house, 'issue'), [], 'no notice is on its way');
  await rejectCase(house, { ...decision(caseId, an, 3), reason: 'wrong-vehicle', note: 'Xe bên cạnh' });
  house.clock.advance(5_000);
  await t.rejects(undoDecision(house, { caseId, officer: an }), { code: 'UNDO_TOO_LATE' });
  house.clock.advance(1_000);
  await handlers.remind!(house, caseId);
  const row = await house.db
    .selectFrom('cases')
    .select(['owner_sealed', 'digital_account', 'state'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  t.same(
    row,
    { owner_sealed: null, digital_account: null, state: 'rejected' },
    'the owner of a rejected case is forgotten',
  );
  const kinds = await house.db
    .selectFrom('case_events')
    .select('kind')
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  t.same(
    kinds.map((e) => e.kind),
    ['open', 'confirm', 'undo', 'reject', 'owner-purged'],
  );
});

t.test('rejecting frees nothing else', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const [one, two] = [await candidate(house), await candidate(house)];
  // @ts-expect-error a reason outside the list
  await t.rejects(rejectCase(house, { ...decision(one, an), reason: 'because' }), {
    code: 'REASON_REQUIRED',
  });
  await rejectCase(house, { ...decision(one, an), reason: 'duplicate' });
  t.match(await stateOf(house, two), { state: 'candidate', version: 1 });
  t.match(await house.db.selectFrom('reviews').selectAll().executeTakeFirst(), {
    decision: 'reject',
    reason: 'duplicate',
  });
});

t.test('an owner contests; an officer upholds or voids', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const { caseId, noticeId } = await notified(house, an);
  const answer = {
    caseId,
    kind: 'sold' as const,
    text: 'Tôi đã bán xe tháng trước',
    attachments: [],
    actor: 'citizen:cn-1',
  };
  await t.rejects(respond(house, { ...answer, text: '' }), { code: 'REASON_REQUIRED' });
  t.match(await respond(house, answer), { state: 'disputed' });
  const opened = await openCase(house, caseId, an);
  house.clock.advance(1000);
  t.match(
    await respond(house, { ...answer, kind: 'dispute', text: 'Thêm giấy tờ' }),
    { state: 'disputed' },
    'more is added',
  );
  await t.rejects(
    answerResponse(house, {
      caseId,
      officer: an,
      version: opened.version,
      outcome: 'uphold',
      answer: 'Chưa sang tên',
    }),
    { code: 'STALE_VERSION' },
    'what came after the officer opened the case is not answered unseen',
  );
  t.equal((await stateOf(house, caseId)).state, 'disputed');
  const queue = await candidateQueue(house.db, { now: house.clock.now(), filter: 'disputed' });
  t.same(
    queue.items.map((item) => [item.id, item.dueAt]),
    [[caseId, '2026-12-01T16:59:59.999Z']],
  );
  const { version, responses } = await openCase(house, caseId, an);
  t.same(
    responses.map((r) => r.kind),
    ['sold', 'dispute'],
  );
  await t.rejects(answerResponse(house, { caseId, officer: an, version, outcome: 'uphold', answer: ' ' }), {
    code: 'REASON_REQUIRED',
  });
  t.match(
    await answerResponse(house, { caseId, officer: an, version, outcome: 'uphold', answer: 'Chưa sang tên' }),
    { state: 'notified' },
  );
  t.ok(
    (await openCase(house, caseId, an)).responses.every(
      (r) => r.outcome === 'upheld' && r.answer === 'Chưa sang tên',
    ),
  );

  const paymentId = await paid(house, caseId, noticeId);
  t.match(await stateOf(house, caseId), { state: 'closed' });
  await respond(house, { ...answer, kind: 'cloned', text: 'Biển giả' });
  const again = await openCase(house, caseId, an);
  t.match(
    await answerResponse(house, {
      caseId,
      officer: an,
      version: again.version,
      outcome: 'uphold',
      answer: 'Đúng xe',
    }),
    { state: 'closed' },
    'a paid fine stays paid',
  );
  await respond(house, { ...answer, kind: 'cloned', text: 'Có ảnh xe thật' });
  const third = await openCase(house, caseId, an);
  t.match(
    await answerResponse(house, {
      caseId,
      officer: an,
      version: third.version,
      outcome: 'void',
      answer: 'Biển số bị làm giả',
    }),
    { state: 'void' },
  );
  t.same(
    (await jobs(house, 'settle')).map((job) => job.key),
    [paymentId],
    'the payments room is told to give the money back',
  );
  await t.rejects(respond(house, answer), { code: 'ILLEGAL_TRANSITION' });
  t.same(
    await holdCodes(house, await candidate(house)),
    ['PLATE_CLONED_BEFORE'],
    'the next case of that plate says so',
  );
});

t.test('money that comes in while a dispute is open is taken, and the dispute stays open', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const { caseId, noticeId } = await notified(house, an);
  await respond(house, {
    caseId,
    kind: 'not-me',
    text: 'Không phải xe tôi',
    attachments: [],
    actor: 'citizen:cn-1',
  });
  await paid(house, caseId, noticeId);
  const { state, version } = await stateOf(house, caseId);
  t.equal(state, 'disputed');
  t.match(
    await answerResponse(house, { caseId, officer: an, version, outcome: 'uphold', answer: 'Đúng xe' }),
    { state: 'closed' },
  );
});

t.test('accepting changes nothing; an officer may void by themself', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const { caseId } = await notified(house, an);
  t.match(
    await respond(house, { caseId, kind: 'accept', text: '', attachments: [], actor: 'citizen:cn-1' }),
    { state: 'notified' },
  );
  const { version } = await stateOf(house, caseId);
  t.match(await voidCase(house, { caseId, officer: an, version, reason: 'Cấu hình vạch dừng sai' }), {
    state: 'void',
  });
});

t.test('only an officer moves a candidate, whoever asks', async (t) => {
  const house = await registryHouse(t);
  const caseId = await candidate(house);
  const at = house.clock.now();
  for (const actor of ['system:judging', 'citizen:cn-1', 'gateway:1']) {
    await t.rejects(transition(house.db, { caseId, event: 'confirm', actor, at }), { code: 'NOT_ALLOWED' });
  }
  await t.rejects(transition(house.db, { caseId, event: 'notify', actor: 'system:notices', at }), {
    code: 'ILLEGAL_TRANSITION',
  });
  await t.rejects(transition(house.db, { caseId, event: 'pay', actor: 'gateway:1', at }), {
    code: 'ILLEGAL_TRANSITION',
  });
});

t.test('an owner is shown to a named officer for a purpose, on record', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const caseId = await candidate(house);
  const owner = await showOwner(house, { caseId, officer: an, purpose: 'decide-case' });
  t.ok(owner.name.length > 3);
  const shown = await house.db.selectFrom('lookups').selectAll().where('kind', '=', 'owner-shown').execute();
  t.match(shown, [
    { actor: 'officer:canbo.an', purpose: 'decide-case', case_id: caseId, plate_text: '30F25658' },
  ]);
  await t.rejects(
    showOwner(house, {
      caseId,
      officer: await officer(house, 'van.hanh', 'operator'),
      purpose: 'decide-case',
    }),
    { code: 'NOT_ALLOWED' },
  );
});

t.test('officers sign in', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  t.same(await verifyPassword(house.db, 'CanBo.An', 'mat-khau-thu-nghiem'), an);
  t.equal(await verifyPassword(house.db, 'canbo.an', 'mat-khau-khac'), null);
  t.equal(await verifyPassword(house.db, 'khong.co', 'mat-khau-thu-nghiem'), null);
  await house.db.updateTable('officers').set({ active: false }).execute();
  t.equal(await verifyPassword(house.db, 'canbo.an', 'mat-khau-thu-nghiem'), null);
  const given = { name: an.name, rank: an.rank, unit: an.unit, role: an.role, username: an.username };
  await t.rejects(createOfficer(house.db, { ...given, password: 'mat-khau-thu-nghiem' }), {
    code: 'USERNAME_TAKEN',
  });
  await t.rejects(createOfficer(house.db, { ...given, username: 'moi', password: 'ngan' }), {
    code: 'WEAK_PASSWORD',
  });
});

t.test('a clone that shows itself after the match, breaking no law, still holds the case', async (t) => {
  const house = await registryHouse(t, { secondReviewAbove: 20_000_000 });
  const [an, binh] = [await officer(house), await officer(house, 'canbo.binh')];
  const caseId = await candidate(house);
  t.match(await confirmCase(house, decision(caseId, an)), { waitsForSecond: true, version: 2 });
  // The act of another plate elsewhere, whose passage then turns out to carry ours.
  const far = {
    ...junction,
    siteId: 'nut-xa',
    cameras: junction.cameras.map((camera) => ({ ...camera, id: `xa-${camera.id}` })),
    place: { ...junction.place, lat: 10.78, lon: 106.7 },
    certificates: recorders(junction, 'xa-'),
  };
  await writeAct(house, { site: far });
  await t.rejects(confirmCase(house, decision(caseId, binh, 2)), { code: 'STALE_VERSION' });
  t.same(await holdCodes(house, caseId), ['CLONE_SUSPECTED']);
  await t.rejects(confirmCase(house, decision(caseId, binh, 3)), { code: 'HELD' });
  const { version } = await clearHold(house, {
    caseId,
    officer: binh,
    version: 3,
    code: 'CLONE_SUSPECTED',
    reason: 'Xe ở nút xa là biển giả, đã chuyển điều tra',
  });
  t.match(
    await confirmCase(house, decision(caseId, binh, version)),
    { waitsForSecond: true },
    'the first yes was to another dossier and counts no more',
  );
  t.match(await confirmCase(house, decision(caseId, an, version + 1)), { state: 'confirmed' });
  const leaves = await house.db
    .selectFrom('log_leaves')
    .select('entry')
    .where('kind', '=', 'clearing')
    .execute();
  t.match(leaves, [{ entry: { said: { officer: 'canbo.binh', code: 'CLONE_SUSPECTED', caseId } } }]);
});

t.test('a wrong site version is taken back whole: candidates, notices, money', async (t) => {
  const house = await registryHouse(t, { undoSeconds: 0 });
  const an = await officer(house);
  const { caseId: paidCase, noticeId } = await notified(house, an);
  const paymentId = await paid(house, paidCase, noticeId);
  const waiting = await candidate(house);
  const confirmed = await candidate(house);
  await confirmCase(house, decision(confirmed, an));
  const rejected = await candidate(house);
  await rejectCase(house, { ...decision(rejected, an), reason: 'duplicate' });
  const elsewhere = await candidate(house, {
    site: expressway,
    rule: 'wrong-way',
    cameraId: expressway.cameras[0]!.id,
  });
  const wrong = { siteId: junction.siteId, siteVersion: junction.version, reason: 'Thời gian đèn vàng sai' };
  await t.rejects(
    withdrawSiteVersion(house, { ...wrong, officer: await officer(house, 'van.hanh', 'operator') }),
    { code: 'NOT_ALLOWED' },
  );
  await t.rejects(withdrawSiteVersion(house, { ...wrong, siteVersion: 9, officer: an }), {
    code: 'SITE_NOT_FOUND',
  });
  t.same(await withdrawSiteVersion(house, { ...wrong, officer: an }), { dropped: 0, rejected: 1, voided: 2 });
  const states = await Promise.all(
    [paidCase, waiting, confirmed, rejected, elsewhere].map((id) => stateOf(house, id)),
  );
  t.same(
    states.map(({ state }) => state),
    ['void', 'rejected', 'void', 'rejected', 'candidate'],
  );
  t.same(
    (await jobs(house, 'settle')).map((job) => job.key),
    [paymentId],
    'the payments room gives the money back',
  );
  t.same(await withdrawSiteVersion(house, { ...wrong, officer: an }), { dropped: 0, rejected: 0, voided: 0 });
});

t.test('a withdrawal lasts: what was only found, or is found later, becomes no case', async (t) => {
  const house = await registryHouse(t, { undoSeconds: 60 });
  const an = await officer(house);
  const wrong = {
    siteId: junction.siteId,
    siteVersion: junction.version,
    officer: an,
    reason: 'Thời gian đèn vàng sai',
  };
  const found = await writeAct(house);
  const slow = await writeAct(house);
  const early = await candidate(house);
  await rejectCase(house, { ...decision(early, an), reason: 'duplicate' });
  const register = registerOf(house);
  const withdrawn: unknown[] = [];
  const opened = await matchCase(house, slow, {
    ownerAsOf: (...question) => register.ownerAsOf(...question),
    async vehicleAsOf(...question) {
      withdrawn.push(await withdrawSiteVersion(house, wrong));
      return register.vehicleAsOf(...question);
    },
  });
  t.same(withdrawn, [{ dropped: 2, rejected: 0, voided: 0 }]);
  t.equal(opened, null, 'a match that was on its way opens nothing');
  t.equal(await matchCase(house, found), null);
  const lookups = () => house.db.selectFrom('lookups').select('id').execute();
  const before = (await lookups()).length;
  const later = await writeAct(house);
  t.equal(await matchCase(house, later), null, 'judged a moment before the withdrawal, matched after it');
  t.equal((await lookups()).length, before, 'and nobody is looked up');
  t.match(await house.db.selectFrom('violations').select('drop_reason').where('id', '=', later).execute(), [
    { drop_reason: 'site-version-withdrawn' },
  ]);

  const { version } = await undoDecision(house, { caseId: early, officer: an });
  await t.rejects(confirmCase(house, decision(early, an, version)), { code: 'SITE_VERSION_WITHDRAWN' });
  t.match(
    await withdrawSiteVersion(house, wrong),
    { rejected: 1 },
    'called again it goes on with what is left',
  );
});

t.test(
  'a case that somebody decides while its version is withdrawn is taken back as it is then',
  async (t) => {
    const house = await registryHouse(t, { undoSeconds: 0 });
    const [an, binh] = [await officer(house), await officer(house, 'canbo.binh')];
    const cases = [await candidate(house), await candidate(house), await candidate(house)];
    const wrong = { siteId: junction.siteId, siteVersion: junction.version, officer: an, reason: 'Vạch sai' };
    const [done] = await Promise.all([
      withdrawSiteVersion(house, wrong),
      ...cases.map((id) => confirmCase(house, decision(id, binh)).catch(() => undefined)),
    ]);
    t.equal(done.rejected + done.voided, 3);
    for (const id of cases) t.match((await stateOf(house, id)).state, /^(rejected|void)$/);
  },
);

t.test('nobody answers a notice for ever', async (t) => {
  const house = await registryHouse(t);
  const { caseId } = await notified(house, await officer(house));
  const answer = { caseId, kind: 'dispute', text: 'Không', attachments: [], actor: 'citizen:x' } as const;
  for (let i = 0; i < 20; i += 1) await respond(house, answer);
  await t.rejects(respond(house, answer), { code: 'TOO_MANY_RESPONSES' });
});
