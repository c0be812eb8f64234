import { sql } from 'kysely';
import t from 'tap';
import { consoleHouse, PASSWORD, signedIn, waitingCase } from './console-house.js';

t.test('text that cannot be kept is refused by its field', async (t) => {
  const house = await consoleHouse(t);
  const id = await waitingCase(house);
  for (const credentials of [
    { username: 'canbo\u0000an', password: PASSWORD },
    { username: 'canbo.an', password: 'mat\u0000khau' },
  ]) {
    const answer = await house.app.inject({ method: 'POST', url: '/api/sign-in', payload: credentials });
    t.equal(answer.statusCode, 400);
    t.match(answer.json(), { error: { code: 'INVALID_REQUEST', field: /username|password/ } });
  }
  const me = await signedIn(house.app);
  const version = 1;
  const openedAt = house.clock.now().toISOString();
  const odd = 'Biển số\u0000 không rõ';
  for (const [path, body, field] of [
    ['reject', { version, openedAt, reason: 'plate-misread', note: odd }, /note/],
    ['clear-hold', { version, code: 'PLATE_CLAIM_DIFFERS', reason: odd }, /reason/],
    ['answer', { version, outcome: 'uphold', answer: odd }, /answer/],
    ['void', { version, reason: odd }, /reason/],
  ] as const) {
    const answer = await me.post(`/api/cases/${id}/${path}`, body);
    t.equal(answer.statusCode, 400, path);
    t.match(answer.json(), { error: { code: 'INVALID_REQUEST', field, message: /không lưu được/ } });
  }
  t.equal((await me.get('/api/notices?number=1%00')).statusCode, 400);
});

t.test('what the database itself cannot keep is a 400, not a fault of ours', async (t) => {
  const house = await consoleHouse(t);
  const id = await waitingCase(house);
  const me = await signedIn(house.app);
  await sql`create function fail() returns trigger language plpgsql as
    $$ begin raise exception 'no such character' using errcode = '22021'; end $$`.execute(house.db);
  await sql`create trigger fail before insert on reviews for each row execute function fail()`.execute(
    house.db,
  );
  const answer = await me.post(`/api/cases/${id}/reject`, {
    version: 1,
    openedAt: house.clock.now().toISOString(),
    reason: 'plate-misread',
  });
  t.equal(answer.statusCode, 400);
  t.match(answer.json(), { error: { code: 'INVALID_REQUEST', message: /không lưu được/ } });
});
