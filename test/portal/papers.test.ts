import t from 'tap';
import { MOST_PER_NOTICE } from '../../src/http/citizen/lookup-limit.js';
import type { NoticeDetail } from '../../src/http/citizen/shapes.js';
import { citizenHouse, signedIn, visitor } from './citizen-house.js';

const said = { error: { code: 'CHECK_CODE_NEEDED' } };

t.test('number and plate do not open the papers; the check code on the notice does', async (t) => {
  const { url, noticed } = await citizenHouse(t);
  const { noticeId, number, verifyCode } = await noticed();
  const other = await noticed({ plate: '29A11111', display: '29A-111.11', account: 'cn-000000000001' });
  const citizen = visitor(url);
  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  await citizen.token();
  const pdf = () => citizen.go(`/v1/notices/${noticeId}/notice.pdf`);
  const give = (code: string) => citizen.post(`/v1/notices/${noticeId}/code`, { code });
  t.equal((await pdf()).status, 403);
  t.match(await (await pdf()).json(), said);
  t.match(await (await citizen.go(`/v1/notices/${noticeId}/receipt.pdf`)).json(), said);

  const wrong = await give(other.verifyCode);
  t.equal(wrong.status, 403, 'the code of another notice');
  t.match(await wrong.json(), { error: { code: 'CHECK_CODE_WRONG', field: 'code' } });
  t.equal((await pdf()).status, 403);
  t.equal(
    (await citizen.post(`/v1/notices/${other.noticeId}/code`, { code: other.verifyCode })).status,
    404,
    'a code alone opens nothing',
  );

  t.equal((await give(verifyCode.toLowerCase().replaceAll('-', ' '))).status, 204);
  t.equal((await pdf()).headers.get('content-type'), 'application/pdf');
  t.match(await (await citizen.go(`/v1/notices/${noticeId}`)).json(), {
    as: 'holder',
    may: { papers: true },
    verify: { code: verifyCode },
  });
  t.equal((await citizen.go(`/v1/notices/${noticeId}/receipt.pdf`)).status, 404, 'nothing is paid yet');
});

t.test('the owner who has signed in needs no code', async (t) => {
  const { url, noticed } = await citizenHouse(t);
  const { noticeId } = await noticed();
  const owner = await signedIn(url);
  t.equal((await owner.go(`/v1/notices/${noticeId}/notice.pdf`)).status, 200);
  t.match(await (await owner.go(`/v1/notices/${noticeId}`)).json(), { as: 'owner', may: { papers: true } });
});

t.test('what was answered is read by the owner, not by whoever knows number and plate', async (t) => {
  const { url, noticed, house } = await citizenHouse(t);
  const { noticeId, number, caseId } = await noticed();
  const owner = await signedIn(url);
  const form = new FormData();
  form.set('kind', 'nominate-driver');
  form.set('text', 'Người lái là Lê Văn Tám, 001099000111.');
  t.equal((await owner.go(`/v1/notices/${noticeId}/responses`, { method: 'POST', body: form })).status, 200);
  await house.db.updateTable('responses').set({ answer: 'Chào ông Tám.', answered_at: new Date() }).execute();
  const stranger = visitor(url);
  await stranger.post('/v1/lookup', { number, plate: '30F25658' });
  const seen = await (await stranger.go(`/v1/notices/${noticeId}`)).text();
  t.notMatch(seen, /Tám|001099000111/);
  t.match((JSON.parse(seen) as NoticeDetail).responses, [
    { text: null, answer: null, answeredAt: String },
  ] as never);
  t.match(await (await owner.go(`/v1/notices/${noticeId}`)).json(), {
    responses: [{ text: /Lê Văn Tám/, answer: /Tám/ }],
  });
  const { actor } = await house.db
    .selectFrom('case_events')
    .select('actor')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'dispute')
    .executeTakeFirstOrThrow();
  t.equal(actor, 'citizen:owner', 'the history keeps no personal number');
});

t.test('wrong codes of one notice have a limit', async (t) => {
  const { url, noticed } = await citizenHouse(t);
  const { noticeId, number, verifyCode } = await noticed();
  const thief = visitor(url);
  await thief.post('/v1/lookup', { number, plate: '30F25658' });
  await thief.token();
  const give = async (code: string) => (await thief.post(`/v1/notices/${noticeId}/code`, { code })).status;
  for (let i = 0; i < MOST_PER_NOTICE; i += 1) t.equal(await give(`AAAA-BBBB-CC${i}`), 403);
  t.equal(await give(verifyCode), 429);
});
