import t from 'tap';
import { deliverForgotten, issueForgotten } from '../../src/cases/forgotten.js';
import { handlers } from '../../src/notices/jobs.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { confirmedCase } from './confirmed-case.js';

const HOUR = 3_600_000;
const openJobs = (house: TestHouse) =>
  house.db.selectFrom('outbox').select(['topic', 'key']).where('done_at', 'is', null).execute();
const allDone = (house: TestHouse) =>
  house.db.updateTable('outbox').set({ done_at: house.clock.now() }).execute();

t.test('a confirmed case whose job was given up is asked for again, and has one notice', async (t) => {
  const house = await testHouse(t);
  const { caseId } = await confirmedCase(house);
  await confirmedCase(house, { plate: '30F25659', display: '30F-256.59', state: 'candidate' });
  t.equal(await issueForgotten(house), 0, 'it is not old yet');
  house.clock.advance(HOUR);
  t.equal(await issueForgotten(house), 1);
  t.equal(await issueForgotten(house), 0, 'its job is open now');
  t.same(await openJobs(house), [{ topic: 'issue', key: caseId }]);
  await Promise.all([handlers.issue!(house, caseId), handlers.issue!(house, caseId)]);
  await allDone(house);
  house.clock.advance(HOUR);
  t.equal(await issueForgotten(house), 0, 'it has its notice');
  t.equal((await house.db.selectFrom('notices').select('id').execute()).length, 1);
});

t.test('a delivery whose job was given up is asked for again; paper and voided cases are not', async (t) => {
  const house = await testHouse(t);
  const made = await confirmedCase(house);
  const onPaper = await confirmedCase(house, { plate: '30F25659', display: '30F-256.59', account: null });
  const voided = await confirmedCase(house, { plate: '30F25660', display: '30F-256.60' });
  for (const { caseId } of [made, onPaper, voided]) await handlers.issue!(house, caseId);
  await house.db.updateTable('cases').set({ state: 'void' }).where('id', '=', voided.caseId).execute();
  const { id } = await house.db
    .selectFrom('notices')
    .select('id')
    .where('case_id', '=', made.caseId)
    .executeTakeFirstOrThrow();
  house.clock.advance(HOUR);
  t.equal(await deliverForgotten(house), 0, 'its job is open');
  await allDone(house);
  t.equal(await deliverForgotten(house), 1);
  t.same(await openJobs(house), [{ topic: 'deliver', key: id }]);
});
