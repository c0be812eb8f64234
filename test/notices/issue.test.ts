import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { verifyNotice } from '../../src/notices/checking.js';
import { issueNotice } from '../../src/notices/issue.js';
import { normaliseNumber } from '../../src/notices/number.js';
import { testHouse } from '../../src/storage/test-house.js';
import { readQr } from '../support/qr.js';
import { confirmedCase } from './confirmed-case.js';

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

t.test('a number is found however it is typed', async (t) => {
  t.equal(normaliseNumber(' 123/2026 '), '000123/2026/TB-CSGT');
  t.equal(normaliseNumber('000123/2026/tb-csgt'), '000123/2026/TB-CSGT');
  t.equal(normaliseNumber('000123/2026/BL'), null);
  t.equal(normaliseNumber('30F25658'), null);
});
