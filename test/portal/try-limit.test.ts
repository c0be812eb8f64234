import t from 'tap';
import { MOST_PER_CALLER, MOST_PER_NUMBER, MOST_PER_PLATE } from '../../src/http/citizen/lookup-limit.js';
import { callerOf } from '../../src/http/shared/caller.js';
import { citizenHouse, type CitizenHouse } from './citizen-house.js';

const asking =
  ({ app }: CitizenHouse) =>
  async (number: string, plate: string, remoteAddress: string): Promise<number> =>
    (await app.inject({ method: 'POST', url: '/v1/lookup', remoteAddress, payload: { number, plate } }))
      .statusCode;

t.test('numbers cannot be tried one by one for a known plate, however it is written', async (t) => {
  const made = await citizenHouse(t);
  const { number } = await made.noticed();
  const ask = asking(made);
  const plates = ['30F25658', '30F-256.58', '30f 256.58'];
  for (let i = 0; i < MOST_PER_PLATE; i += 1)
    t.equal(await ask(`${700 + i}/2026`, plates[i % 3]!, `10.0.0.${i}`), 404);
  t.equal(await ask(number, '30F25658', '10.0.1.1'), 429, 'even the right number, for a while');
});

t.test('right look-ups do not count', async (t) => {
  const made = await citizenHouse(t);
  const { number } = await made.noticed();
  const ask = asking(made);
  for (let i = 0; i < MOST_PER_PLATE + 2; i += 1) t.equal(await ask(number, '30F25658', '10.0.0.1'), 200);
});

t.test('many addresses of one IPv6 network are one caller', async (t) => {
  const made = await citizenHouse(t);
  const { number } = await made.noticed();
  const ask = asking(made);
  for (let i = 0; i < MOST_PER_CALLER; i += 1)
    t.equal(await ask(`${700 + i}/2026`, `30F1${1000 + i}`, `2001:db8:1:2::${i.toString(16)}`), 404);
  t.equal(await ask(number, '30F25658', '2001:db8:1:2:ffff::1'), 429);
  t.equal(await ask(number, '30F25658', '2001:db8:1:3::1'), 200, 'the neighbour looks up');

  t.equal(callerOf('2001:0DB8:0001:0002::1'), callerOf('2001:db8:1:2:3:4:5:6'), 'one network, two spellings');
  t.equal(callerOf('::1'), '0:0:0:0::/64');
  t.equal(callerOf('64:ff9b::192.0.2.1'), '64:ff9b:0:0::/64');
  t.equal(callerOf('::ffff:192.0.2.1'), '192.0.2.1');
  t.equal(callerOf('192.0.2.1'), '192.0.2.1');
});

t.test('sent at once, no more are looked at than one after the other', async (t) => {
  const made = await citizenHouse(t);
  const { number } = await made.noticed();
  const ask = asking(made);
  const statuses = await Promise.all(
    Array.from({ length: 60 }, (_, i) => ask(number, `30F1${1000 + i}`, `10.0.${i}.1`)),
  );
  t.same(new Set(statuses), new Set([404, 429]));
  t.equal(statuses.filter((status) => status === 404).length, MOST_PER_NUMBER);
});
