import t from 'tap';
import { citizenHouse, visitor } from './citizen-house.js';

t.test('text that cannot be kept is refused by its field', async (t) => {
  const { url, noticed } = await citizenHouse(t);
  const { noticeId, number } = await noticed();
  const citizen = visitor(url);
  const lookup = async (body: object) => {
    const answer = await citizen.post('/v1/lookup', body);
    return { status: answer.status, body: (await answer.json()) as object };
  };
  for (const odd of ['\u0000', '\ud800']) {
    t.match(await lookup({ number: `1/2026${odd}`, plate: '30F25658' }), {
      status: 400,
      body: { error: { code: 'INVALID_REQUEST', field: /number/, message: /không lưu được/ } },
    });
    t.match(await lookup({ number, plate: `30F25658${odd}` }), {
      status: 400,
      body: { error: { field: /plate/ } },
    });
  }
  t.equal((await citizen.go('/v1/verify/ABCD%00EFGH')).status, 400);

  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  await citizen.token();
  const form = new FormData();
  form.set('kind', 'dispute');
  form.set('text', 'Xe tôi\u0000 không ở đó');
  const answer = await citizen.go(`/v1/notices/${noticeId}/responses`, { method: 'POST', body: form });
  t.equal(answer.status, 400);
  t.match(await answer.json(), {
    error: { code: 'INVALID_REQUEST', field: 'text', message: /không lưu được/ },
  });
});
