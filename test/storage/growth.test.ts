import { sql } from 'kysely';
import t from 'tap';
import { forgetDone } from '../../src/storage/outbox.js';
import { testHouse } from '../../src/storage/test-house.js';

const DAY = 86_400_000;

t.test('what is asked again and again finds its rows by an index', async (t) => {
  const house = await testHouse(t);
  const id = '00000000-0000-4000-8000-000000000000';
  const asked: Readonly<Record<string, string>> = {
    notices_case: `select id from notices where case_id = '${id}'`,
    reviews_case: `select id from reviews where case_id = '${id}'`,
    responses_case: `select id from responses where case_id = '${id}'`,
    violations_passage: `select id from violations where passage_id = '${id}'`,
    cases_digital_account: `select id from cases where digital_account = 'cn-1'`,
    deliveries_pending: `select id from deliveries where state = 'pending' and next_attempt_at < now()`,
    payment_events_unassigned: `select at from payment_events where outcome in ('unknown-reference', 'wrong-currency')`,
    refunds_owed: `select id from refunds where state = 'owed'`,
    payments_open: `select id from payments where state in ('created', 'expired') and created_at > now()`,
    frames_received: `select id from frames where received_at between now() - interval '1 day' and now()`,
    penalty_decisions_recorded: `select id from penalty_decisions where recorded_at between now() - interval '1 day' and now()`,
    penalty_decisions_received: `select id from penalty_decisions where received_on is not null and receipt_recorded_at between now() - interval '1 day' and now()`,
    penalty_decisions_corrected: `select id from penalty_decisions where corrected_at is not null and corrected_at between now() - interval '1 day' and now()`,
    penalty_decisions_former: `select id from penalty_decisions where case_id = '${id}' and corrected_at is not null`,
    frames_to_look_at: `select id from frames where let_go_at is null and look_again_at is null and state = 'read' and judged_at is not null and received_at < now() order by received_at`,
    frames_look_again: `select id from frames where let_go_at is null and look_again_at < now() order by look_again_at`,
    frames_sha256: `select id from frames where sha256 = 'x' and let_go_at is null`,
    frames_deletion: `select id from frames where deletion_id = '${id}'`,
    blobs_to_remove_since: `select sha256 from blobs_to_remove order by since limit 1`,
    violations_evidence: `select id from violations where evidence @> '[{"frameId": "${id}"}]'`,
    violations_site_time: `select id from violations where site_id = 'a' and occurred_at > now()`,
    responses_attachments: `select id from responses where attachments @> '[{"sha256": "x"}]'`,
    legal_holds_standing: `select id from legal_holds where camera_id = 'a' and lifted_at is null`,
    outbox_done: `select id from outbox where done_at < now()`,
  };
  await house.db.transaction().execute(async (trx) => {
    // Small tables are read whole; what is asked here is whether there is another way.
    await sql`set local enable_seqscan = off`.execute(trx);
    for (const [index, query] of Object.entries(asked)) {
      const plan = await sql.raw<{ 'QUERY PLAN': string }>(`explain ${query}`).execute(trx);
      t.match(plan.rows.map((row) => row['QUERY PLAN']).join('\n'), new RegExp(`\\b${index}\\b`), query);
    }
  });
});

t.test('jobs that were done a week ago are dropped, open ones never', async (t) => {
  const house = await testHouse(t);
  const ago = (days: number): Date => new Date(house.clock.now().getTime() - days * DAY);
  await house.db
    .insertInto('outbox')
    .values([
      { topic: 'seal', key: 'old', created_at: ago(30), done_at: ago(8) },
      { topic: 'seal', key: 'new', created_at: ago(30), done_at: ago(1) },
      { topic: 'seal', key: 'open', created_at: ago(30), done_at: null },
    ])
    .execute();
  t.equal(await forgetDone(house.db, house.clock.now()), 1);
  const left = await house.db.selectFrom('outbox').select('key').orderBy('key').execute();
  t.same(
    left.map((row) => row.key),
    ['new', 'open'],
  );
});
