import sharp from 'sharp';
import t from 'tap';
import { respond, transition } from '../../src/cases/index.js';
import { buildOfficerApp } from '../../src/http/officer/app.js';
import { issueNotice } from '../../src/notices/issue.js';
import { openQueues } from '../../src/storage/queues.js';
import { officer } from '../cases/acts.js';
import { confirmedCase } from '../notices/confirmed-case.js';
import { consoleHouse, signedIn, waitingCase } from './console-house.js';

t.test(
  'nothing is told without a session, and sign-in does not tell which of the two was wrong',
  async (t) => {
    const { app } = await consoleHouse(t);
    for (const url of ['/api/me', '/api/queue', '/api/cameras', '/api/status', '/board']) {
      t.equal((await app.inject({ url })).statusCode, 401, url);
    }
    const wrong = await app.inject({
      method: 'POST',
      url: '/api/sign-in',
      payload: { username: 'canbo.an', password: 'x' },
    });
    const nobody = await app.inject({
      method: 'POST',
      url: '/api/sign-in',
      payload: { username: 'ai-do', password: 'x' },
    });
    t.equal(wrong.statusCode, 401);
    t.match(
      (await app.inject({ url: '/api/me' })).json(),
      { error: { message: 'Hãy đăng nhập trước. / Sign in first.' } },
      'Vietnamese first',
    );
    t.same(wrong.json(), nobody.json());
  },
);

t.test('a change needs the CSRF token, an unknown field is named', async (t) => {
  const house = await consoleHouse(t);
  const id = await waitingCase(house);
  const me = await signedIn(house.app);
  const body = { version: 1, openedAt: house.clock.now().toISOString() };
  t.equal((await me.post(`/api/cases/${id}/confirm`, body, {})).statusCode, 403);
  const odd = await me.post(`/api/cases/${id}/reject`, { ...body, reason: 'because' });
  t.equal(odd.statusCode, 400);
  t.match(odd.json(), { error: { code: 'INVALID_REQUEST', field: /reason/ } });
});

t.test('the queue, the case, its pictures and the decision', async (t) => {
  const house = await consoleHouse(t);
  const id = await waitingCase(house);
  const me = await signedIn(house.app);
  const queue = (await me.get('/api/queue')).json() as {
    items: { id: string; plateDisplay: string }[];
    counts: { ready: number };
  };
  t.match(queue, { counts: { ready: 1 }, items: [{ id, plateDisplay: '30F-256.58' }] });

  const opened = (await me.get(`/api/cases/${id}`)).json() as {
    openedAt: string;
    obstacles: unknown[];
    dossier: { version: number; film: { frameId: string; sha256: string }[]; vehicle: { make: string } };
  };
  t.same(opened.obstacles, []);
  t.equal(opened.dossier.vehicle.make, 'Toyota');
  const { frameId, sha256 } = opened.dossier.film[0]!;
  const picture = await me.get(`/api/cases/${id}/frames/${frameId}`);
  t.equal(picture.headers.etag, `"${sha256}"`);
  t.ok((await house.blobs.get(sha256)).equals(picture.rawPayload), 'the pushed bytes, unchanged');
  const crop = await me.get(`/api/cases/${id}/frames/${frameId}/crop?box=668,788,892,850&width=420`);
  t.equal((await sharp(crop.rawPayload).metadata()).width, 420);
  t.equal(
    (await me.get(`/api/cases/${id}/frames/${id}`)).statusCode,
    404,
    'a frame of another case is not shown',
  );

  const decision = { version: opened.dossier.version, openedAt: opened.openedAt };
  const confirmed = await me.post(`/api/cases/${id}/confirm`, decision);
  t.match(confirmed.json(), { outcome: 'decided', undoUntil: String });
  const again = await me.post(`/api/cases/${id}/confirm`, decision);
  t.equal(again.statusCode, 409, 'one decision a version');
  t.equal((await me.post(`/api/cases/${id}/undo`)).statusCode, 200);
  t.match((await me.get('/api/queue')).json(), { counts: { ready: 1 } });
});

t.test('an owner is shown for a purpose, by name, and the look-up is recorded', async (t) => {
  const house = await consoleHouse(t);
  const id = await waitingCase(house);
  const me = await signedIn(house.app);
  const owner = await me.post(`/api/cases/${id}/owner`, { purpose: 'decide-case' });
  t.equal(owner.statusCode, 200, owner.body);
  const lookups = await house.db
    .selectFrom('lookups')
    .selectAll()
    .where('kind', '=', 'owner-shown')
    .execute();
  t.match(lookups, [{ actor: 'officer:canbo.an', purpose: 'decide-case', case_id: id }]);
});

t.test(
  'what an owner sent along is opened on record; the history never shows the personal number',
  async (t) => {
    const house = await consoleHouse(t);
    await officer(house, 'van.hanh', 'operator');
    const { caseId } = await confirmedCase(house);
    await issueNotice(house, caseId);
    const at = house.clock.now();
    await transition(house.db, { caseId, event: 'notify', actor: 'system:notices', at });
    const bytes = Buffer.from('a contract of sale');
    const sha256 = await house.blobs.put(bytes);
    const sent = { kind: 'sold', text: 'Đã bán', attachments: [] } as const;
    const attachments = [{ sha256, name: 'hop-dong.png', type: 'image/png', bytes: bytes.length }];
    // As rows were written before, and as they are now.
    await respond(house, { caseId, ...sent, attachments, actor: 'citizen:cn-001185012345' });
    await respond(house, { caseId, ...sent, actor: 'citizen:000001/2026/TB-CSGT' });
    const me = await signedIn(house.app);
    const opened = await me.get(`/api/cases/${caseId}`);
    t.notMatch(opened.body, /001185012345/);
    const { dossier } = opened.json() as { dossier: { history: { actor: string }[] } };
    t.same(
      dossier.history.map((event) => event.actor).filter((actor) => actor.startsWith('citizen:')),
      ['citizen:owner', 'citizen:000001/2026/TB-CSGT'],
    );

    const url = `/api/cases/${caseId}/attachments/${sha256}`;
    const recorded = () =>
      house.db.selectFrom('lookups').selectAll().where('purpose', '=', 'read-attachment').execute();
    t.equal((await (await signedIn(house.app, 'van.hanh')).get(url)).statusCode, 403, 'not the operator’s');
    t.equal((await me.get(url.replace(sha256, '0'.repeat(64)))).statusCode, 404);
    t.same(await recorded(), []);
    t.ok((await me.get(url)).rawPayload.equals(bytes));
    t.match(await recorded(), [
      {
        actor: 'officer:canbo.an',
        kind: 'owner-shown',
        case_id: caseId,
        plate_text: '30F25658',
        outcome: sha256,
      },
    ]);
  },
);

t.test('the board and refusals are the operator’s', async (t) => {
  const house = await consoleHouse(t);
  await officer(house, 'van.hanh', 'operator');
  const reviewer = await signedIn(house.app);
  t.equal((await reviewer.get('/api/refusals')).statusCode, 403);
  const operator = await signedIn(house.app, 'van.hanh');
  t.equal((await operator.get('/api/refusals')).statusCode, 200);
  t.match((await reviewer.get('/board')).json(), { error: { code: 'NOT_ALLOWED' } });
  t.equal((await operator.get('/board')).statusCode, 200);
});

t.test('the board never tells what went wrong inside', async (t) => {
  const house = await consoleHouse(t);
  await officer(house, 'van.hanh', 'operator');
  // Nobody listens there.
  const queues = openQueues({ kind: 'redis', url: 'redis://127.0.0.1:1', why: 'test' }, house.log);
  const app = await buildOfficerApp(house, { queues: queues.bull });
  t.teardown(async () => {
    await app.close();
    await queues.close();
  });
  const answer = await (await signedIn(app, 'van.hanh')).get('/board/api/queues');
  t.equal(answer.statusCode, 500);
  t.same(answer.json(), {
    error: { code: 'INTERNAL', message: 'Something went wrong on our side; it has been recorded.' },
  });
});

t.test('an owner contests; the officer opens the case by the notice’s number and answers', async (t) => {
  const house = await consoleHouse(t);
  const made = await confirmedCase(house);
  const { number } = await issueNotice(house, made.caseId);
  await transition(house.db, {
    caseId: made.caseId,
    event: 'notify',
    actor: 'system:notices',
    at: house.clock.now(),
  });
  await respond(house, {
    caseId: made.caseId,
    kind: 'sold',
    text: 'Đã bán xe tháng trước',
    attachments: [],
    actor: 'citizen:x',
  });
  const me = await signedIn(house.app);
  const found = await me.get(`/api/notices?number=${encodeURIComponent(number.replace(/^0+|\/TB.*$/g, ''))}`);
  t.same(found.json(), { caseId: made.caseId });
  t.equal((await me.get('/api/notices?number=9/2026')).statusCode, 404);
  t.equal((await me.get('/api/notices?number=30F25658')).statusCode, 404, 'there is no search by plate');
  const { dossier } = (await me.get(`/api/cases/${made.caseId}`)).json() as { dossier: { version: number } };
  const answer = await me.post(`/api/cases/${made.caseId}/answer`, {
    version: dossier.version,
    outcome: 'void',
    answer: 'Đã kiểm tra: xe đã sang tên trước ngày vi phạm.',
  });
  t.match(answer.json(), { state: 'void' });
});
