import t from 'tap';
import { holds, layHold, letGoAll, letGoPortion, liftHold } from '../../src/retention/index.js';
import { testHouse } from '../../src/storage/test-house.js';
import { officer } from '../cases/acts.js';
import { CAMERA, DAY, LATER, passing, standing } from './passing.js';

t.test(
  'a hold keeps a camera’s time whatever the policy, on record with who and why, until it is lifted',
  async (t) => {
    const house = await testHouse(t);
    const an = await officer(house);
    const from = house.clock.now();
    const held = await passing(house, 2);
    const to = house.clock.now();
    const others = await passing(house, 2);
    house.clock.advance(LATER);
    const laid = await layHold(house, { cameraId: CAMERA, from, to, reason: ' tai nạn ', officer: an });
    t.match(laid, { kept: 2, gone: 0 });
    t.match(await letGoAll(house), { frames: 2 });
    t.same(await standing(house, held), { there: 2, letGo: 0 });
    t.same(await standing(house, others), { there: 0, letGo: 2 });
    house.clock.advance(400 * DAY);
    t.match(await letGoAll(house), { frames: 0 }, 'however long');
    t.match(await holds(house.db), [{ cameraId: CAMERA, reason: 'tai nạn', by: 'canbo.an', liftedAt: null }]);

    await liftHold(house, { id: laid.id, reason: 'án đã xong', officer: an });
    t.match(
      await holds(house.db),
      [{ liftedBy: 'canbo.an', liftReason: 'án đã xong' }],
      'it stays on record',
    );
    await t.rejects(liftHold(house, { id: laid.id, reason: 'x', officer: an }), { code: 'HOLD_LIFTED' });
    house.clock.advance(2 * DAY);
    t.match(await letGoAll(house), { frames: 2 });
    const leaves = await house.db
      .selectFrom('log_leaves')
      .select(['kind', 'subject', 'entry'])
      .where('kind', 'like', 'hold%')
      .orderBy('idx')
      .execute();
    t.match(leaves, [
      { kind: 'hold', subject: laid.id, entry: { said: { camera: CAMERA, by: 'officer:canbo.an' } } },
      { kind: 'hold-lifted', subject: laid.id, entry: { said: { reason: 'án đã xong' } } },
    ]);
  },
);

t.test('a hold says what is gone already, and is laid by those who may, for a reason', async (t) => {
  const house = await testHouse(t);
  const an = await officer(house);
  const from = house.clock.now();
  await passing(house, 3);
  const hold = { cameraId: CAMERA, from, to: house.clock.now(), reason: 'x', officer: an };
  house.clock.advance(LATER);
  await letGoAll(house);
  t.match(await layHold(house, hold), { kept: 0, gone: 3 });
  const operator = await officer(house, 'van.hanh', 'operator');
  await t.rejects(layHold(house, { ...hold, officer: operator }), { code: 'NOT_ALLOWED' });
  await t.rejects(layHold(house, { ...hold, reason: ' ' }), { code: 'REASON_REQUIRED' });
  await t.rejects(layHold(house, { ...hold, to: from }), { code: 'TIME_EMPTY' });
  await t.rejects(layHold(house, { ...hold, cameraId: 'no-camera' }), { code: 'CAMERA_UNKNOWN' });
  await t.rejects(liftHold(house, { id: an.id, reason: 'x', officer: an }), { code: 'HOLD_NOT_FOUND' });
});

t.test('a hold waits for those who let frames go, so that what it says is true', async (t) => {
  const house = await testHouse(t);
  const an = await officer(house);
  const from = house.clock.now();
  const ids = await passing(house, 30);
  const to = house.clock.now();
  house.clock.advance(LATER);
  const runs = (async () => {
    while ((await letGoPortion(house, 3)).looked > 0);
  })();
  const laid = await layHold(house, { cameraId: CAMERA, from, to, reason: 'x', officer: an });
  await runs;
  t.same(await standing(house, ids), { there: 30, letGo: laid.gone }, `${laid.gone} were gone before`);
  t.equal(laid.kept + laid.gone, 30);
});
