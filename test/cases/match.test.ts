import t from 'tap';
import {
  caseIdOf,
  matchCase,
  openCase,
  clearHold,
  stateColour,
  candidateQueue,
  caseCounts,
  confirmCase,
  respond,
  transition,
} from '../../src/cases/index.js';
import { matchForgotten } from '../../src/cases/forgotten.js';
import { handlers } from '../../src/cases/jobs.js';
import { pulseOf } from '../../src/payments/pulse.js';
import { registerOf, unsealOwner } from '../../src/registry/index.js';
import {
  expressway,
  holdCodes,
  junction,
  officer,
  recorders,
  RED_CAR,
  registryHouse,
  withStory,
  writeAct,
} from './acts.js';

const jobs = (house: Awaited<ReturnType<typeof registryHouse>>, topic: string) =>
  house.db.selectFrom('outbox').select(['key', 'not_before']).where('topic', '=', topic).execute();

t.test(
  'a violation becomes exactly one case, with its owner sealed and every look-up on record',
  async (t) => {
    const house = await registryHouse(t);
    const violationId = await writeAct(house);
    await Promise.all([
      handlers.match!(house, violationId),
      handlers.match!(house, violationId),
      handlers.match!(house, violationId),
    ]);
    const cases = await house.db.selectFrom('cases').selectAll().execute();
    t.equal(cases.length, 1);
    const [one] = cases;
    t.equal(one!.id, caseIdOf(violationId));
    t.equal(one!.state, 'candidate');
    t.same(one!.holds, []);
    t.equal(one!.owner_kind, 'person');
    const owner = unsealOwner(house.keys, one!.id, one!.owner_sealed!);
    t.equal(owner.digitalAccount, one!.digital_account);
    t.notOk(JSON.stringify(one).includes(owner.name), 'no name in the row');
    t.throws(() => unsealOwner(house.keys, caseIdOf('another'), one!.owner_sealed!), { code: 'SEAL_BROKEN' });
    t.equal(one!.notice_due_at.toISOString(), '2026-12-01T16:59:59.999Z');
    const lookups = await house.db.selectFrom('lookups').selectAll().execute();
    t.ok(
      lookups.length >= 2 &&
        lookups.every((l) => l.actor === 'system:registry' && l.case_id === one!.id && l.outcome === 'found'),
    );
    const events = await house.db.selectFrom('case_events').select(['seq', 'kind']).execute();
    t.same(events, [{ seq: 1, kind: 'open' }], 'nothing is said twice');
    t.equal((await jobs(house, 'remind')).length, 1);
    t.match(await caseCounts(house.db), { candidate: 1, closed: 0 });
  },
);

t.test('what holds a case', async (t) => {
  const house = await registryHouse(t);
  const asked = async () => (await house.db.selectFrom('lookups').select('kind').execute()).length;
  const held = async (act: Parameters<typeof writeAct>[1]) =>
    holdCodes(house, (await matchCase(house, await writeAct(house, act)))!);

  const before = await asked();
  t.same(await held({ plate: null }), ['PLATE_UNREADABLE']);
  t.same(await held({ plate: '30F2?658' }), ['PLATE_UNREADABLE']);
  t.match(await held({ accepted: false }), ['PLATE_NOT_ACCEPTED']);
  t.match(
    await held({
      accepted: false,
      reason: 'frames-disagree',
      reads: [
        { text: '30F25658', accepted: true },
        { text: '30F26658', accepted: true },
      ],
    }),
    ['PLATE_DISPUTED'],
  );
  t.same(await held({ plate: '80441NG02' }), ['PLATE_ROUTED']);
  t.same(await held({ plate: 'TM1234', colour: 'red' }), ['PLATE_ROUTED']);
  t.equal(await asked(), before, 'none of these is looked up');

  t.same(await held({ plate: '30F25659' }), ['REGISTER_NO_MATCH'], 'one digit off is another plate');
  t.same(await held({ colour: 'yellow' }), ['REGISTER_NO_MATCH'], 'the other colour is another plate');
  t.same(await held({ kind: 'truck' }), ['CLASS_MISMATCH']);
  t.same(await held({ bodyColour: 'white' }), ['BODY_COLOUR_MISMATCH']);
  t.same(await held({ clockOffsetMs: 5000 }), ['CLOCK_OUT_OF_TOLERANCE']);
  t.same(await held({ site: { ...junction, version: 2, signedOff: null } }), ['SITE_NOT_SIGNED_OFF']);
  // Two days apart, or the same plate at both sites would be a clone.
  const occurredAt = new Date(house.clock.now().getTime() - 2 * 86_400_000);
  const speeding = { rule: 'speeding' as const, overKmh: 25, site: expressway, occurredAt };
  t.same(await held({ ...speeding, cameraId: 'ct20-truoc' }), []);
  t.same(
    await held({ ...speeding, cameraId: 'ct20-sau' }),
    ['CERTIFICATE_MISSING'],
    'that camera measures nothing',
  );
  t.same(
    await held({
      ...speeding,
      cameraId: 'ct20-truoc',
      site: { ...expressway, version: 2, certificates: recorders(expressway) },
    }),
    ['CERTIFICATE_MISSING'],
  );

  for (const [story, code] of [
    ['stolen', 'VEHICLE_STOLEN'],
    ['scrapped', 'VEHICLE_SCRAPPED'],
    ['plate-returned', 'PLATE_RETURNED'],
    ['no-account', 'NO_DIGITAL_ACCOUNT'],
  ] as const) {
    const vehicle = withStory(house, story);
    const { text, colour } = vehicle.plates[0]!;
    const rule = vehicle.kind === 'motorcycle' ? ('red-light' as const) : ('red-light' as const);
    t.same(
      await held({ plate: text, colour, kind: vehicle.kind, bodyColour: vehicle.bodyColour, rule }),
      [code],
      story,
    );
  }
  const withOwner = await house.db
    .selectFrom('cases')
    .select(['id', 'holds'])
    .where('owner_sealed', 'is not', null)
    .execute();
  t.ok(
    withOwner.every((row) => !JSON.stringify(row.holds).includes('STOLEN')),
    'no owner is asked for where the hold is final',
  );
});

t.test('the register fails: the job is tried again, and no case is made of a guess', async (t) => {
  const house = await registryHouse(t);
  const violationId = await writeAct(house);
  await house.fault('wrong', 1);
  await t.rejects(matchCase(house, violationId), { code: 'BAD_ANSWER' });
  await house.fault('never', 3);
  await t.rejects(matchCase(house, violationId), { code: 'UNAVAILABLE' });
  t.same(await house.db.selectFrom('cases').select('id').execute(), []);
  await house.fault('twice', 1);
  t.same(await holdCodes(house, (await matchCase(house, violationId))!), []);
  t.same(
    (await house.db.selectFrom('lookups').select('outcome').orderBy('at').orderBy('id').execute()).map(
      (l) => l.outcome,
    ),
    ['BAD_ANSWER', 'UNAVAILABLE', 'found', 'found'],
  );
});

t.test('one plate at two sites too soon: both cases are held', async (t) => {
  const house = await registryHouse(t);
  const far = {
    ...junction,
    siteId: 'nut-xa',
    cameras: junction.cameras.map((c) => ({ ...c, id: `xa-${c.id}` })),
    place: { ...junction.place, lat: 10.78, lon: 106.7 },
    certificates: recorders(junction, 'xa-'),
  };
  const first = (await matchCase(house, await writeAct(house)))!;
  t.same(await holdCodes(house, first), []);
  const second = (await matchCase(house, await writeAct(house, { site: far })))!;
  t.same(await holdCodes(house, second), ['CLONE_SUSPECTED']);
  const [again] = await jobs(house, 'match');
  await handlers.match!(house, again!.key);
  t.same(await holdCodes(house, first), ['CLONE_SUSPECTED']);
  t.equal((await jobs(house, 'match')).length, 1, 'they do not wake each other for ever');
});

t.test('one act told of two passages: an officer compares them before the second is confirmed', async (t) => {
  const house = await registryHouse(t);
  const an = await officer(house);
  const start = house.clock.now().getTime() - 3_600_000;
  const lorry = async (
    seconds: number,
    at: readonly [number, number],
    more: Parameters<typeof writeAct>[1] = {},
  ) =>
    (await matchCase(
      house,
      await writeAct(house, {
        kind: 'truck',
        occurredAt: new Date(start + seconds * 1000),
        way: { at, velocity: [0, 8] },
        ...more,
      }),
    ))!;
  const told = async (caseId: string) => (await holdCodes(house, caseId)).includes('ACT_TOLD_BEFORE');
  const front = await lorry(0, [0, -20]);
  const rear = await lorry(5, [0.2, 22], { plate: '30RM02588' });
  t.notOk(await told(front));
  t.ok(await told(rear), 'the second camera took it up anew, by the plate of its trailer');
  t.notOk(await told(await lorry(5, [0.2, 80])), 'that far it cannot have come');
  t.notOk(await told(await lorry(5, [7, 22])), 'in another lane');
  t.notOk(await told(await lorry(5, [0.2, 22], { rule: 'no-entry' })), 'another act');
  t.notOk(await told(await lorry(5, [0.2, 22], { kind: 'motorcycle' })), 'no lorry');
  t.notOk(await told(await lorry(0.1, [0, -12])), 'on the road at the same time');
  t.notOk(await told(await lorry(60, [0, 460])), 'a minute later');

  const open = await openCase(house, rear, an);
  t.match(
    open.holds.find((one) => one.code === 'ACT_TOLD_BEFORE'),
    { blocking: true, clearable: true, message: { vi: /30F/ } },
  );
});

t.test('an officer reads by eye, states a colour; what is final stays', async (t) => {
  const house = await registryHouse(t, {
    vehicles: [RED_CAR, { ...RED_CAR, colour: 'yellow', bodyColour: 'white' }],
  });
  const an = await officer(house);
  const unsure = (await matchCase(house, await writeAct(house, { colourConfidence: 0.4 })))!;
  t.same(await holdCodes(house, unsure), ['REGISTER_AMBIGUOUS']);
  await t.rejects(
    clearHold(house, {
      caseId: unsure,
      officer: an,
      version: 1,
      code: 'REGISTER_AMBIGUOUS',
      reason: 'trắng',
    }),
    { code: 'HOLD_NOT_CLEARABLE' },
  );
  await t.rejects(stateColour(house, { caseId: unsure, officer: an, version: 7, colour: 'white' }), {
    code: 'STALE_VERSION',
  });
  await stateColour(house, { caseId: unsure, officer: an, version: 1, colour: 'white' });
  await matchCase(house, (await jobs(house, 'match')).at(-1)!.key);
  t.same(await holdCodes(house, unsure), []);
  t.equal((await openCase(house, unsure, an)).vehicle!.plateColour, 'white');

  const byEye = (await matchCase(house, await writeAct(house, { accepted: false })))!;
  await t.rejects(
    clearHold(house, { caseId: byEye, officer: an, version: 1, code: 'PLATE_NOT_ACCEPTED', reason: ' ' }),
    { code: 'REASON_REQUIRED' },
  );
  await clearHold(house, {
    caseId: byEye,
    officer: an,
    version: 1,
    code: 'PLATE_NOT_ACCEPTED',
    reason: 'Đọc rõ từng ký tự ở khung 2',
  });
  await matchCase(house, (await jobs(house, 'match')).at(-1)!.key);
  const dossier = await openCase(house, byEye, an);
  t.ok(dossier.vehicle, 'looked up once an officer stands by it');
  t.equal(dossier.secondReview, 'plate-by-eye', 'and then two officers confirm');
  t.same(dossier.obstacles, []);
});

t.test('an older, slower match does not overwrite what an officer stated meanwhile', async (t) => {
  const house = await registryHouse(t, {
    vehicles: [RED_CAR, { ...RED_CAR, colour: 'yellow', make: 'Kia', model: 'Morning' }],
  });
  const an = await officer(house);
  const violationId = await writeAct(house);
  const caseId = (await matchCase(house, violationId))!;
  const matched = async () => (await openCase(house, caseId, an)).vehicle!.plateColour;
  t.equal(await matched(), 'white');

  const register = registerOf(house);
  let asked = 0;
  const slow: typeof register = {
    ownerAsOf: (...question) => register.ownerAsOf(...question),
    async vehicleAsOf(...question) {
      const answer = await register.vehicleAsOf(...question);
      asked += 1;
      if (asked > 1) return answer;
      const { version } = await stateColour(house, { caseId, officer: an, version: 1, colour: 'yellow' });
      await t.rejects(
        confirmCase(house, { caseId, officer: an, version, openedAt: null }),
        { code: 'PLATE_COLOUR_DIFFERS' },
        'nor is the other plate’s owner fined while the match is on its way',
      );
      await matchCase(house, violationId);
      t.equal(await matched(), 'yellow');
      return answer;
    },
  };
  await matchCase(house, violationId, slow);
  t.equal(await matched(), 'yellow');
  t.equal(asked, 2, 'it asked again with the colour stated');
  const { version } = await openCase(house, caseId, an);
  t.match(await confirmCase(house, { caseId, officer: an, version, openedAt: null }), {
    state: 'confirmed',
  });
});

t.test('the queue: nearest deadline first, held apart, counted', async (t) => {
  const house = await registryHouse(t);
  const hours = (n: number) => new Date(house.clock.now().getTime() - n * 3_600_000);
  const old = (await matchCase(house, await writeAct(house, { occurredAt: hours(9 * 24) })))!;
  const late = (await matchCase(house, await writeAct(house, { occurredAt: hours(12 * 24) })))!;
  const fresh = (await matchCase(house, await writeAct(house, { occurredAt: hours(1) })))!;
  const blocked = (await matchCase(house, await writeAct(house, { plate: null, occurredAt: hours(2) })))!;
  const now = house.clock.now();
  const ready = await candidateQueue(house.db, { now });
  t.same(
    ready.items.map((item) => item.id),
    [late, old, fresh],
  );
  t.same(
    ready.items.map((item) => item.overdue),
    [true, false, false],
  );
  t.same(ready.counts, { ready: 3, held: 1, disputed: 0, overdue: 1, dueSoon: 0 });
  t.equal(ready.items[0]!.plateDisplay, '30F-256.58');
  const held = await candidateQueue(house.db, { now, filter: 'held' });
  t.same(
    held.items.map((item) => [item.id, item.blocked, item.holds]),
    [[blocked, true, ['PLATE_UNREADABLE']]],
  );
  t.equal((await candidateQueue(house.db, { now, filter: 'all', limit: 2, offset: 2 })).items.length, 2);
});

t.test('alarms: once a level, never a decision', async (t) => {
  const house = await registryHouse(t);
  const caseId = (await matchCase(house, await writeAct(house)))!;
  const ring = async (at: string) => {
    house.clock.set(at);
    await handlers.remind!(house, caseId);
    await handlers.remind!(house, caseId);
  };
  await ring('2026-11-22T00:00:00Z');
  await ring('2026-11-29T00:00:00Z');
  await ring('2026-12-02T00:00:00Z');
  await ring('2027-11-22T00:00:00Z');
  const events = await house.db
    .selectFrom('case_events')
    .select(['kind', 'data'])
    .where('kind', '=', 'alarm')
    .orderBy('seq')
    .execute();
  t.same(
    events.map((e) => (e.data as { level: string }).level),
    ['notice-in-3-days', 'notice-overdue', 'expired'],
  );
  t.match(await caseCounts(house.db), { candidate: 1 }, 'an expired case waits for its officer');
});

t.test('a confirmed case rings until its notice has landed; a dispute until it is answered', async (t) => {
  const house = await registryHouse(t, { undoSeconds: 0 });
  const an = await officer(house);
  const caseId = (await matchCase(house, await writeAct(house)))!;
  await confirmCase(house, { caseId, officer: an, version: 1, openedAt: null });
  const rung = async (at: string): Promise<string[]> => {
    house.clock.set(at);
    await handlers.remind!(house, caseId);
    const events = await house.db
      .selectFrom('case_events')
      .select('data')
      .where('kind', '=', 'alarm')
      .orderBy('seq')
      .execute();
    return events.map((e) => (e.data as { level: string }).level);
  };
  t.same(
    await rung('2026-12-02T00:00:00Z'),
    ['notice-overdue'],
    'the queue has stalled, and somebody is told',
  );
  await transition(house.db, { caseId, event: 'notify', actor: 'system:notices', at: house.clock.now() });
  t.same(await rung('2026-12-03T00:00:00Z'), ['notice-overdue'], 'delivered: silence');
  await respond(house, { caseId, kind: 'sold', text: 'Đã bán', attachments: [], actor: 'citizen:x' });
  const reminder = (await jobs(house, 'remind')).at(-1)!;
  t.same(reminder.not_before, new Date('2026-12-10T16:59:59.999Z'), 'three days before the answer is due');
  t.same(await rung('2026-12-10T17:00:00Z'), ['notice-overdue', 'answer-in-3-days']);
  t.same(await rung('2026-12-13T17:00:00Z'), ['notice-overdue', 'answer-in-3-days', 'answer-overdue']);
  t.equal((await pulseOf(house.db, house.clock.now())).casesOverdue, 1);
});

t.test(
  'the camera’s own reader a character away holds the case; one far away is another vehicle',
  async (t) => {
    const house = await registryHouse(t);
    const held = async (claimedPlate: string) =>
      holdCodes(house, (await matchCase(house, await writeAct(house, { claimedPlate })))!);
    t.same(await held('30F-256.58'), [], 'the same, however it is written');
    t.same(await held('30F25668'), ['PLATE_CLAIM_DIFFERS']);
    t.same(await held('29A99999'), []);
    t.same(await held('unknown'), []);
    t.equal(
      (await house.db.selectFrom('lookups').select('id').execute()).length,
      6,
      'and nobody is looked up by a plate that two readers read in two ways',
    );
    const an = await officer(house);
    const caseId = (await matchCase(house, await writeAct(house, { claimedPlate: '30F25668' })))!;
    await clearHold(house, {
      caseId,
      officer: an,
      version: 1,
      code: 'PLATE_CLAIM_DIFFERS',
      reason: 'Ký tự thứ bảy là 5, rõ ở khung 2',
    });
    await matchCase(house, (await jobs(house, 'match')).at(-1)!.key);
    const dossier = await openCase(house, caseId, an);
    t.same(dossier.obstacles, []);
    t.equal(dossier.secondReview, 'plate-by-eye', 'one officer’s eye is not enough');
  },
);

t.test('a violation whose job was given up is asked for again', async (t) => {
  const house = await registryHouse(t);
  const violationId = await writeAct(house);
  await house.db.updateTable('violations').set({ created_at: house.clock.now() }).execute();
  t.equal(await matchForgotten(house), 0, 'it is not old yet');
  house.clock.advance(3_600_000);
  t.equal(await matchForgotten(house), 1);
  t.equal(await matchForgotten(house), 0, 'its job is open now');
  t.same(
    (await jobs(house, 'match')).map((job) => job.key),
    [violationId],
  );
  await handlers.match!(house, violationId);
  await house.db.updateTable('outbox').set({ done_at: house.clock.now() }).execute();
  t.equal(await matchForgotten(house), 0, 'it is in a case');
});
