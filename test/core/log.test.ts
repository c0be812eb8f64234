import { Writable } from 'node:stream';
import { sql } from 'kysely';
import t from 'tap';
import { matchCase } from '../../src/cases/index.js';
import { createLog } from '../../src/core/log.js';
import { deliverNotice } from '../../src/notices/deliver.js';
import { HttpDigitalAccount } from '../../src/notices/digital-account-http.js';
import { issueNotice } from '../../src/notices/issue.js';
import { startDigitalAccount } from '../../src/simulators/digital-account.js';
import { startWorkers } from '../../src/storage/handlers.js';
import { RED_CAR, registryHouse, writeAct } from '../cases/acts.js';
import { confirmedCase } from '../notices/confirmed-case.js';

t.test('whatever goes wrong, no log line tells a plate, a name or a personal number', async (t) => {
  const lines: string[] = [];
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => (lines.push(chunk.toString()), done()),
  });
  const house = { ...(await registryHouse(t)), log: createLog('test', 'trace', to) };
  const account = await startDigitalAccount({ clock: house.clock, isKnown: () => false });
  t.teardown(() => account.close());

  // Jobs fail as workers meet them: register down and nonsensical, account unknown, the database angry about a row.
  const violationId = await writeAct(house);
  const made = await confirmedCase(house);
  const notice = await issueNotice(house, made.caseId);
  const port = new HttpDigitalAccount({ url: account.url, key: 'account-dev-key', clock: house.clock });
  const failing: (() => Promise<unknown>)[] = [
    () => house.fault('wrong', 1).then(() => matchCase(house, violationId)),
    () => house.fault('never', 9).then(() => matchCase(house, violationId)),
    () => deliverNotice(house, notice.id, port),
    () =>
      sql`insert into passages (id, site_id, site_version, started_at, ended_at, kind, body_colour, plate_text, track)
          values (${made.caseId}, null, 1, now(), now(), 'car', 'red', ${RED_CAR.plate}, '[]')`.execute(
        house.db,
      ),
  ];
  type Work = (job: { key: string; outboxId: number }, attempt: number, last: boolean) => Promise<void>;
  const works: Work[] = [];
  const queues = {
    work: (_topic: string, work: Work) => (works.push(work), { close: async () => undefined }),
  };
  let turn = 0;
  startWorkers(house, queues as unknown as Parameters<typeof startWorkers>[1], {
    match: async () => void (await failing[turn]!()),
  });
  for (turn = 0; turn < failing.length; turn += 1)
    await works[0]!({ key: violationId, outboxId: 0 }, 1, true);

  const said = lines.join('');
  t.match(said, /BAD_ANSWER[^]*UNAVAILABLE[^]*ACCOUNT_UNKNOWN[^]*23502/, 'all four were logged');
  t.notMatch(said, /30F-?256/, 'no plate');
  t.notMatch(said, /Bích Ngọc|Hoa Sữa|001185012345|cn-\d/, 'no owner');
});
