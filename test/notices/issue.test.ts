import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { confirmCase, undoDecision, type Officer } from '../../src/cases/index.js';
import { newId } from '../../src/core/ids.js';
import { verifyNotice } from '../../src/notices/checking.js';
import { issueNotice } from '../../src/notices/issue.js';
import { handlers } from '../../src/notices/jobs.js';
import { normaliseNumber } from '../../src/notices/number.js';
import { recordWithdrawal } from '../../src/sites/index.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { readQr } from '../support/qr.js';
import { confirmedCase } from './confirmed-case.js';

/** Who may decide, by name: the first is the one who confirmed. */
async function officers(house: TestHouse, names: readonly string[]): Promise<Officer[]> {
  for (const username of names) {
    await house.db
      .insertInto('officers')
      .values({
        id: newId(),
        username,
        name: username,
        rank: 'Đại úy',
        unit: 'Đội 6',
        role: 'reviewer',
        password_hash: 'x',
      })
      .onConflict((c) => c.column('username').doNothing())
      .execute();
  }
  return house.db
    .selectFrom('officers')
    .select(['id', 'username', 'name', 'rank', 'unit', 'role'])
    .orderBy('username')
    .execute();
}

t.test('ten jobs at once make one notice, one delivery, one leaf and use up one number', async (t) => {
  const house = await testHouse(t);
  const { caseId } = await confirmedCase(house);
  const made = await Promise.all(Array.from({ length: 10 }, () => issueNotice(house, caseId)));
  t.equal(new Set(made.map((n) => n.id)).size, 1);
  t.equal(made[0]?.number, '000001/2026/TB-CSGT');
  const count = (table: 'notices' | 'deliveries' | 'log_leaves' | 'outbox') =>
    house.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow();
  t.equal(Number((await count('notices')).n), 1);
  t.equal(Number((await count('deliveries')).n), 1);
  t.equal(Number((await count('outbox')).n), 1);
  t.equal(
    (await house.db.selectFrom('log_leaves').select('kind').execute()).filter((l) => l.kind === 'notice')
      .length,
    1,
  );
  const other = await confirmedCase(house, { plate: '30F25659', display: '30F-256.59' });
  t.equal((await issueNotice(house, other.caseId)).number, '000002/2026/TB-CSGT', 'no number is lost');
});

t.test('only an officer’s confirmation makes a notice', async (t) => {
  const house = await testHouse(t);
  const { caseId } = await confirmedCase(house, { state: 'candidate' });
  await t.rejects(issueNotice(house, caseId), { code: 'CONFIRMATION_MISSING' });
  t.same(await house.db.selectFrom('notices').select('id').execute(), []);
  t.same(await house.db.selectFrom('counters').selectAll().execute(), [], 'no number was taken');
});

t.test(
  'amounts, points and law are those of the violation instant; an organisation pays twice and loses no points',
  async (t) => {
    const house = await testHouse(t);
    const person = await confirmedCase(house);
    const company = await confirmedCase(house, {
      plate: '29H11111',
      display: '29H-111.11',
      ownerKind: 'organisation',
    });
    for (const [made, times, points] of [
      [person, 1, 4],
      [company, 2, 0],
    ] as const) {
      const { id } = await issueNotice(house, made.caseId);
      const row = await house.db
        .selectFrom('notices')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      t.match(row, {
        fine_min: 18_000_000 * times,
        fine_max: 20_000_000 * times,
        fine_default: 19_000_000 * times,
        points,
      });
    }
  },
);

t.test(
  'the PDF: Vietnamese text, a QR that leads to the verify page, a signature that holds, no name outside the seal',
  async (t) => {
    const house = await testHouse(t);
    const { caseId } = await confirmedCase(house);
    const { id } = await issueNotice(house, caseId);
    const row = await house.db
      .selectFrom('notices')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    t.notMatch(JSON.stringify(row.body), /Bích Ngọc|001185012345|Hoa Sữa/);
    const pdf = await house.blobs.get(row.pdf_sha256);
    t.match(pdf.subarray(0, 8).toString(), /^%PDF-1\.7/);

    const checked = await verifyNotice(house, row.verify_code.toLowerCase().replaceAll('-', ' '));
    t.match(checked, { kind: 'notice', number: row.number, signatureHolds: true });
    await house.db
      .updateTable('notices')
      .set({ body: JSON.stringify({ ...(row.body as object), points: 0 }) })
      .execute();
    t.match(await verifyNotice(house, row.verify_code), { signatureHolds: false }, 'an altered body is seen');

    const file = join(house.folder, 'notice.pdf');
    writeFileSync(file, pdf);
    if (!existsSync('/usr/bin/pdftotext')) return;
    const text = execFileSync('pdftotext', ['-layout', file, '-']).toString();
    for (const words of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Trần Thị Bích Ngọc',
      '001185012345',
      '30F-256.58',
      '18.000.000 ₫',
      '19.000.000 ₫',
      'Nghị định 168/2024',
      'Mười chín triệu đồng',
      'Đại úy Nguyễn Văn An',
      'không gọi điện',
      row.verify_code,
      row.number,
    ]) {
      t.ok(text.replaceAll(/\s+/g, ' ').includes(words), words);
    }
    t.equal(
      execFileSync('pdfinfo', [file])
        .toString()
        .match(/Pages:\s+(\d+)/)?.[1],
      '2',
    );
    execFileSync('pdftoppm', ['-r', '150', '-png', '-f', '1', '-l', '1', file, join(house.folder, 'page')]);
    t.equal(
      await readQr(join(house.folder, 'page-1.png')),
      `${house.config.publicUrls.citizen}/verify/${row.verify_code}`,
    );
  },
);

t.test(
  'a notice made before our clock allows it cannot be undone: it is made or taken back, never both',
  async (t) => {
    const house = await testHouse(t, { config: { undoSeconds: 5 } });
    const early = await confirmedCase(house);
    const [an] = await officers(house, ['canbo.an']);
    await issueNotice(house, early.caseId);
    house.clock.advance(4_000);
    await t.rejects(undoDecision(house, { caseId: early.caseId, officer: an! }), { code: 'UNDO_TOO_LATE' });

    for (let i = 0; i < 4; i += 1) {
      const { caseId } = await confirmedCase(house);
      const [issued, undone] = await Promise.allSettled([
        issueNotice(house, caseId),
        new Promise((done) => setTimeout(done, i * 60)).then(() =>
          undoDecision(house, { caseId, officer: an! }),
        ),
      ]);
      t.not(issued.status, undone.status, `one of them: ${issued.status}, ${undone.status}`);
      const { state } = await house.db
        .selectFrom('cases')
        .select('state')
        .where('id', '=', caseId)
        .executeTakeFirstOrThrow();
      const notices = await house.db
        .selectFrom('notices')
        .select('id')
        .where('case_id', '=', caseId)
        .execute();
      t.same([state, notices.length], issued.status === 'fulfilled' ? ['confirmed', 1] : ['candidate', 0]);
    }
  },
);

t.test(
  'a case confirmed anew while its notice is drawn: the notice is of the decision that stands',
  async (t) => {
    const house = await testHouse(t, { config: { undoSeconds: 5 } });
    const { caseId } = await confirmedCase(house);
    const [an, binh] = await officers(house, ['canbo.an', 'canbo.binh']);
    let reads = 0;
    const get = house.blobs.get.bind(house.blobs);
    const blobs = {
      ...house.blobs,
      get: async (sha256: string) => {
        reads += 1;
        if (reads === 1) {
          const { version } = await undoDecision(house, { caseId, officer: an! });
          await confirmCase(house, { caseId, officer: binh!, version, openedAt: null });
        }
        return get(sha256);
      },
    };
    await issueNotice({ ...house, blobs }, caseId);
    const { body } = await house.db
      .selectFrom('notices')
      .select('body')
      .where('case_id', '=', caseId)
      .executeTakeFirstOrThrow();
    t.match(body, { officer: { name: 'canbo.binh' } });
  },
);

t.test('a case that rests on a withdrawn version of its site gets no notice', async (t) => {
  const house = await testHouse(t);
  const { caseId } = await confirmedCase(house);
  const [an] = await officers(house, ['canbo.an']);
  const { site_id: siteId, version } = await house.db
    .selectFrom('site_versions')
    .select(['site_id', 'version'])
    .executeTakeFirstOrThrow();
  const at = house.clock.now();
  await recordWithdrawal(house.db, { siteId, version, officerId: an!.id, reason: 'Vạch sai', at });
  await t.rejects(issueNotice(house, caseId), { code: 'SITE_VERSION_WITHDRAWN' });
  await handlers.issue!(house, caseId);
  t.same(await house.db.selectFrom('counters').selectAll().execute(), [], 'no number was taken');
});

t.test('a number is found however it is typed', async (t) => {
  t.equal(normaliseNumber(' 123/2026 '), '000123/2026/TB-CSGT');
  t.equal(normaliseNumber('000123/2026/tb-csgt'), '000123/2026/TB-CSGT');
  t.equal(normaliseNumber('000123/2026/BL'), null);
  t.equal(normaliseNumber('30F25658'), null);
});
