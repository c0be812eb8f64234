import { generateKeyPairSync } from 'node:crypto';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import t from 'tap';
import type { Db } from '../../src/storage/context.js';
import { signHead } from '../../src/evidence/heads.js';
import { appendLeaf, leafOf } from '../../src/evidence/log.js';
import { verifyAll, verifyCase } from '../../src/evidence/verify.js';
import { alteredValue, columnsOf, ID, LET_GO_AT, sealedHouse } from './sealed-house.js';

type Sealed = Awaited<ReturnType<typeof sealedHouse>>;
const UNDO = new Error('undo');

/** What the verifier finds after `alter`, in a transaction that is then undone. A DBA can drop constraints, so they go first. */
async function afterAltering({ house }: Sealed, alter: (db: Db) => Promise<unknown>) {
  let findings: Awaited<ReturnType<typeof verifyAll>>['findings'] = [];
  await house.db
    .transaction()
    .execute(async (db) => {
      await sql`set local session_replication_role = replica`.execute(db);
      await sql`do $$ declare c record; begin
        for c in select conrelid::regclass as t, conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace loop
          execute format('alter table %s drop constraint %I', c.t, c.conname);
        end loop; end $$`.execute(db);
      await alter(db);
      findings = (await verifyAll({ ...house, db })).findings;
      throw UNDO;
    })
    .catch((error: unknown) => {
      if (error !== UNDO) throw error;
    });
  return findings;
}

t.test('an untouched house verifies, as a whole and by case', async (t) => {
  const { house } = await sealedHouse(t);
  const all = await verifyAll(house);
  t.match(all, {
    ok: true,
    unsigned: 0,
    findings: [],
    checked: { leaves: 16, rows: 16, blobs: 5, heads: 2, subtrees: 15 },
    letGo: { frames: 1, records: 1, first: LET_GO_AT.toISOString(), last: LET_GO_AT.toISOString() },
  });
  t.match(await verifyCase(house, ID.case), {
    ok: true,
    unsigned: 0,
    findings: [],
    checked: { leaves: 14, blobs: 4 },
    letGo: { frames: 0 },
  });
});

t.test('every sealed column of every evidence table, altered alone, is named', async (t) => {
  const sealed = await sealedHouse(t);
  const { house, subjects } = sealed;
  const tables: Record<string, [table: string, key: string, id: string]> = {
    frame: ['frames', 'id', ID.frame],
    violation: ['violations', 'id', ID.violation],
    decision: ['reviews', 'id', ID.decision],
    undo: ['reviews', 'id', ID.undone],
    answer: ['responses', 'id', ID.answer],
    notice: ['notices', 'id', ID.notice],
    delivery: ['deliveries', 'notice_id', ID.notice],
    payment: ['payments', 'id', ID.payment],
    penalty: ['penalty_decisions', 'id', ID.penalty],
    'penalty-received': ['penalty_decisions', 'id', ID.penalty],
    'penalty-corrected': ['penalty_decisions', 'id', ID.mistyped],
    passage: ['passages', 'id', ID.passage],
    receipt: ['receipts', 'id', ID.receipt],
    deletion: ['deletion_records', 'id', ID.deletion],
  };
  let altered = 0;
  for (const kind of new Set(subjects.map(([kind]) => kind))) {
    const leaf = (await leafOf(house.db, kind, tables[kind]![2]))!;
    for (const name of Object.keys(leaf.entry.row!)) {
      const [owner, column] = name.includes('.') ? (name.split('.') as [string, string]) : [kind, name];
      const [table, key, id] = tables[owner]!;
      const type = (await columnsOf(house, table)).get(column)!;
      const findings = await afterAltering(sealed, (db) =>
        sql
          .raw(`update ${table} set "${column}" = ${alteredValue(column, type)} where "${key}" = '${id}'`)
          .execute(db),
      );
      const named = findings.some(
        (f) =>
          (f.code === 'COLUMN_ALTERED' && f.table === table && f.column === column) ||
          f.code === 'ROW_MISSING',
      );
      t.ok(named, `${table}.${column}`);
      altered += 1;
    }
  }
  t.comment(`${altered} columns altered one by one`);
  t.ok(altered > 80);
});

t.test('every column of the log itself, and every row taken out of it, is found', async (t) => {
  const sealed = await sealedHouse(t);
  for (const [table, key] of [
    ['log_leaves', 'idx'],
    ['log_nodes', 'idx'],
    ['log_heads', 'size'],
  ] as const) {
    for (const [column, type] of await columnsOf(sealed.house, table)) {
      const pick = `ctid = (select ctid from ${table} order by "${key}" limit 1)`;
      const findings = await afterAltering(sealed, (db) =>
        sql.raw(`update ${table} set "${column}" = ${alteredValue(column, type)} where ${pick}`).execute(db),
      );
      t.ok(
        findings.some((f) => f.table === table || f.code === 'SUBTREE_MISSING' || f.code === 'LEAF_MISSING'),
        `${table}.${column}: ${findings[0]?.message ?? 'nothing'}`,
      );
    }
  }
  for (const index of [0, 3, 9]) {
    const findings = await afterAltering(sealed, (db) =>
      sql.raw(`delete from log_leaves where idx = ${index}`).execute(db),
    );
    t.ok(
      findings.some((f) => f.code === 'LEAF_MISSING' || f.code === 'HEAD_BEYOND_LOG'),
      `leaf ${index} deleted`,
    );
  }
  const swapped = await afterAltering(sealed, async (db) => {
    for (const [from, to] of [
      [2, 99],
      [4, 2],
      [99, 4],
    ])
      await sql.raw(`update log_leaves set idx = ${to} where idx = ${from}`).execute(db);
  });
  t.ok(
    swapped.some((f) => f.code === 'SUBTREE_ALTERED' || f.code === 'HEAD_ROOT'),
    'two leaves exchanged',
  );
  t.match(
    await afterAltering(sealed, (db) => sql`delete from frames where id = ${ID.frame2}::uuid`.execute(db)),
    [{ code: 'ROW_MISSING', table: 'frames', subject: ID.frame2 }],
  );
});

t.test('a picture that is gone is no finding by a sealed record alone', async (t) => {
  const sealed = await sealedHouse(t);
  const { house, files } = sealed;
  const codes = async (alter: (db: Db) => Promise<unknown>): Promise<string[]> =>
    [...new Set((await afterAltering(sealed, alter)).map((finding) => finding.code))].sort();
  const frame = (set: string, id: string) => (db: Db) =>
    sql.raw(`update frames set ${set} where id = '${id}'`).execute(db);

  t.same(await codes(frame(`let_go_at = now()`, ID.frame)), ['LET_GO_UNSEALED'], 'marked, and no record');
  t.same(await codes(frame(`let_go_at = null`, ID.letGo)), ['BLOB_MISSING', 'DELETION_DIFFERS']);
  t.same(await codes(frame(`let_go_at = now()`, ID.letGo)), ['DELETION_DIFFERS'], 'another instant');
  t.same(
    await codes(frame(`deletion_id = '${ID.case}'`, ID.letGo)),
    ['BLOB_MISSING', 'DELETION_DIFFERS', 'LET_GO_UNSEALED'],
    'a record that is not in the log',
  );
  t.same(
    await codes(frame(`deletion_id = null, let_go_at = null`, ID.letGo)),
    ['BLOB_MISSING', 'DELETION_DIFFERS'],
    'taken off its record',
  );
  t.same(
    await codes((db) => sql`delete from deletion_records`.execute(db)),
    ['ROW_MISSING'],
    'a record that was taken away',
  );
  const unsealed = await codes((db) => sql`delete from log_leaves where kind = 'deletion'`.execute(db));
  t.ok(['BLOB_MISSING', 'LET_GO_UNSEALED', 'HEAD_BEYOND_LOG'].every((code) => unsealed.includes(code)));

  const { picture2 } = files;
  await rm(join(house.folder, 'blobs', picture2.slice(0, 2), picture2.slice(2, 4), picture2));
  const hung = frame(`let_go_at = '${LET_GO_AT.toISOString()}', deletion_id = '${ID.deletion}'`, ID.frame2);
  t.same(await codes(hung), ['DELETION_DIFFERS'], 'a destroyed picture hung on a record that is there');
  t.match((await verifyCase(house, ID.case)).findings, [{ code: 'BLOB_MISSING', subject: picture2 }]);
  await house.db
    .updateTable('frames')
    .set({ let_go_at: LET_GO_AT, deletion_id: ID.deletion })
    .where('id', '=', ID.frame2)
    .execute();
  t.match((await verifyCase(house, ID.case)).findings, [{ code: 'DELETION_DIFFERS', subject: ID.deletion }]);
});

t.test('any flipped byte of a stored file, and a file that is gone, is named', async (t) => {
  const { house, files } = await sealedHouse(t);
  for (const name of Object.values(files)) {
    const path = join(house.folder, 'blobs', name.slice(0, 2), name.slice(2, 4), name);
    const bytes = await readFile(path);
    await chmod(path, 0o644);
    for (let i = 0; i < bytes.length; i += 1) {
      const changed = Buffer.from(bytes);
      changed[i]! ^= 1 << (i % 8);
      await writeFile(path, changed);
      t.match(
        (await verifyAll(house)).findings,
        [{ code: 'BLOB_ALTERED', table: 'blobs', subject: name }],
        `${name.slice(0, 8)} byte ${i}`,
      );
    }
    await rm(path);
    t.match((await verifyCase(house, ID.case)).findings, [{ code: 'BLOB_MISSING', subject: name }]);
    await writeFile(path, bytes);
  }
  t.ok((await verifyAll(house)).ok);
});

t.test(
  'a log that was written anew is consistent with itself, but not with a head kept outside',
  async (t) => {
    const { house, subjects } = await sealedHouse(t);
    const kept = await signHead(house);
    await sql`truncate log_leaves, log_nodes, log_heads`.execute(house.db);
    await sql`update frames set claims = '{}' where id = ${ID.frame}::uuid`.execute(house.db);
    for (const [kind, subject] of subjects) {
      await appendLeaf(house.db, { kind, subject, entry: { by: 'test' } });
    }
    await signHead(house);
    t.ok((await verifyAll(house)).ok);
    t.match((await verifyAll(house, { witness: [kept] })).findings, [{ code: 'WITNESS', subject: '16' }]);
    await sql`delete from log_leaves where idx > 3`.execute(house.db);
    t.ok(
      (await verifyAll(house, { witness: [kept] })).findings.some(
        (f) => f.code === 'WITNESS' && /rolled back/.test(f.message),
      ),
    );
  },
);

t.test('heads of another key fail authenticity while the tree keeps its integrity', async (t) => {
  const { house } = await sealedHouse(t);
  const other = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const { ok, findings } = await verifyAll(house, { publicKey: other });
  t.notOk(ok);
  t.same([...new Set(findings.map((f) => f.code))].sort(), ['HEAD_OTHER_KEY', 'HEAD_SIGNATURE']);
});

t.test('evidence that was altered to name no frame at all is a finding, not a fault', async (t) => {
  const { house } = await sealedHouse(t);
  await sql`update violations set evidence = jsonb_set(evidence, '{0,frameId}', '"no frame"') where id = ${ID.violation}::uuid`.execute(
    house.db,
  );
  t.match((await verifyCase(house, ID.case)).findings, [{ table: 'violations', subject: ID.violation }]);
});
