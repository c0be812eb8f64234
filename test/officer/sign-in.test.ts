import t from 'tap';
import { codeAt, stepAt } from '../../src/cases/one-time-code.js';
import { enrolSecondFactor } from '../../src/cases/second-factor.js';
import { consoleHouse, PASSWORD, signedIn, waitingCase, type ConsoleHouse } from './console-house.js';

const enter = (house: ConsoleHouse, payload: object) =>
  house.app.inject({ method: 'POST', url: '/api/sign-in', payload: { username: 'canbo.an', ...payload } });

/** The secret inside the address that an authenticator app is given. */
function secretOf(uri: string): Buffer {
  const bits = [...(new URL(uri).searchParams.get('secret') ?? '')]
    .map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

t.test('an officer with a second factor needs its code, each code once', async (t) => {
  const house = await consoleHouse(t);
  const secret = secretOf(await enrolSecondFactor(house, 'canbo.an'));
  const code = () => codeAt(secret, stepAt(house.clock.now()));
  t.match((await enter(house, { password: PASSWORD })).json(), {
    error: { code: 'CODE_NEEDED', field: 'code' },
  });
  t.match(
    (await enter(house, { password: 'x', code: code() })).json(),
    { error: { code: 'WRONG_CREDENTIALS' } },
    'a code does not tell whether the password was right',
  );
  t.match((await enter(house, { password: PASSWORD, code: '000000' })).json(), {
    error: { code: 'WRONG_CREDENTIALS' },
  });
  t.equal((await enter(house, { password: PASSWORD, code: code() })).statusCode, 200);
  t.match(
    (await enter(house, { password: PASSWORD, code: code() })).json(),
    { error: { code: 'WRONG_CREDENTIALS' } },
    'the same code again',
  );
  house.clock.advance(30_000);
  t.equal((await enter(house, { password: PASSWORD, code: code() })).statusCode, 200);
});

t.test('where the house demands it, a session without a code looks and changes nothing', async (t) => {
  const house = await consoleHouse(t, { officerSecondFactor: 'required' });
  const id = await waitingCase(house);
  const plain = await signedIn(house.app);
  t.match((await plain.get('/api/me')).json(), { mayChange: false });
  t.equal((await plain.get(`/api/cases/${id}`)).statusCode, 200);
  const decision = { version: 1, openedAt: house.clock.now().toISOString() };
  t.match((await plain.post(`/api/cases/${id}/confirm`, decision)).json(), {
    error: { code: 'SECOND_FACTOR' },
  });
  t.match((await plain.post(`/api/cases/${id}/owner`, { purpose: 'decide-case' })).json(), {
    error: { code: 'SECOND_FACTOR' },
  });

  house.clock.advance(1000);
  const secret = secretOf(await enrolSecondFactor(house, 'canbo.an'));
  t.equal((await plain.get('/api/me')).statusCode, 401, 'who gets a new secret is signed out');
  house.clock.advance(1000);
  const sure = await signedIn(house.app, 'canbo.an', codeAt(secret, stepAt(house.clock.now())));
  t.match((await sure.get('/api/me')).json(), { mayChange: true });
  t.equal((await sure.post(`/api/cases/${id}/confirm`, decision)).statusCode, 200);
});

t.test('signing out ends every session of the officer, a copied cookie too', async (t) => {
  const house = await consoleHouse(t);
  const [here, copied] = [await signedIn(house.app), await signedIn(house.app)];
  house.clock.advance(1000);
  t.equal((await here.post('/api/sign-out')).statusCode, 200);
  t.equal((await copied.get('/api/queue')).statusCode, 401);
  t.equal((await (await signedIn(house.app)).get('/api/queue')).statusCode, 200);
});

t.test(
  'ten wrong tries of one name, from wherever they come, close it for a quarter of an hour',
  async (t) => {
    const house = await consoleHouse(t);
    for (let i = 0; i < 10; i += 1) {
      const answer = await house.app.inject({
        method: 'POST',
        url: '/api/sign-in',
        remoteAddress: `10.0.0.${i + 1}`,
        payload: { username: 'canbo.an', password: `x${i}` },
      });
      t.equal(answer.statusCode, 401);
    }
    const next = await house.app.inject({
      method: 'POST',
      url: '/api/sign-in',
      remoteAddress: '10.0.0.99',
      payload: { username: 'CanBo.An', password: PASSWORD },
    });
    t.match(next.json(), { error: { code: 'TOO_MANY_TRIES' } });
    house.clock.advance(15 * 60_000 + 1);
    t.equal((await enter(house, { password: PASSWORD })).statusCode, 200);
  },
);
