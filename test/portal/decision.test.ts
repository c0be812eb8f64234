import t from 'tap';
import {
  correctDecision,
  recordDecision,
  recordReceipt,
  voidCase,
  type PenaltyDecision,
} from '../../src/cases/index.js';
import type { NoticeDetail } from '../../src/http/citizen/shapes.js';
import { addDays, dayOf } from '../../src/law/index.js';
import { handlers } from '../../src/payments/jobs.js';
import { aDecision } from '../cases/a-decision.js';
import { openBrowser, shot, skip } from './browser.js';
import { citizenHouse, until, visitor } from './citizen-house.js';

async function lookedUp(t: Parameters<typeof citizenHouse>[0]) {
  const { url, noticed, house } = await citizenHouse(t);
  const { noticeId, number, caseId } = await noticed();
  const officer = await house.db
    .selectFrom('officers')
    .select(['id', 'username', 'name', 'rank', 'unit', 'role'])
    .executeTakeFirstOrThrow();
  const citizen = visitor(url);
  await citizen.post('/v1/lookup', { number, plate: '30F25658' });
  return {
    url,
    number,
    today: dayOf(house.clock.now()),
    detail: async () => (await (await citizen.go(`/v1/notices/${noticeId}`)).json()) as NoticeDetail,
    decide: (changed: Partial<PenaltyDecision>) =>
      recordDecision(house, { caseId, officer, decision: aDecision(house, changed) }),
    correct: (changed: Partial<PenaltyDecision>) =>
      correctDecision(house, { caseId, officer, reason: 'gõ nhầm', decision: aDecision(house, changed) }),
    receive: (receivedOn: string) => recordReceipt(house, { caseId, officer, receivedOn }),
    end: async () => {
      const { version } = await house.db.selectFrom('cases').select('version').executeTakeFirstOrThrow();
      await voidCase(house, { caseId, officer, version, reason: 'thiết bị đo sai' });
    },
  };
}

t.test('before a decision the amount is provisional; then number, day, rank, amount and term', async (t) => {
  const { detail, decide, correct, receive, end, today } = await lookedUp(t);
  t.match(await detail(), {
    decision: null,
    owed: { due: 19_000_000, interest: 0, lastDayToPay: null, next: null },
  });
  await decide({ amount: 20_000_000, aggravating: 'tái phạm' });
  const told = {
    number: '0456/QĐ-XPHC',
    issuedOn: today,
    signer: { vi: /Đội trưởng/ },
    amount: 20_000_000,
    receivedOn: null,
    interestFrom: null,
    former: [],
  };
  const decided = await detail();
  t.match(decided, { decision: told, owed: { due: 20_000_000, lastDayToPay: null, next: null } });
  t.notMatch(JSON.stringify(decided), /Cường|tái phạm/, 'nobody’s name, nor what was found about the driver');
  await correct({ amount: 20_000_000, aggravating: 'tái phạm', number: '0465/QĐ-XPHC' });
  await receive(today);
  const { decision, owed, timeline } = await detail();
  t.match(decision, { number: '0465/QĐ-XPHC', receivedOn: today });
  t.match(decision!.former, [{ number: '0456/QĐ-XPHC', amount: 20_000_000, issuedOn: today }]);
  t.equal(owed.late, false);
  t.ok(owed.lastDayToPay! >= addDays(today, 10));
  t.equal(decision!.interestFrom, addDays(owed.lastDayToPay!, 1));
  t.same(owed.next, { day: addDays(owed.lastDayToPay!, 2), due: 20_010_000 });
  t.same(
    timeline.slice(-3).map((event) => event.kind),
    ['penalty', 'penalty-corrected', 'penalty-received'],
  );
  await end();
  t.match(await detail(), { state: 'void', decision: null, owed: { due: 0, next: null } });
});

t.test(
  'paid first, decided higher: the rest is paid on the same notice, and the last receipt tells all',
  async (t) => {
    const { url, noticed, house, gateway } = await citizenHouse(t);
    const { noticeId, number, caseId, verifyCode } = await noticed();
    const citizen = visitor(url);
    await citizen.post('/v1/lookup', { number, plate: '30F25658' });
    await citizen.token();
    const detail = async () => (await (await citizen.go(`/v1/notices/${noticeId}`)).json()) as NoticeDetail;
    const pay = async (state: string) => {
      const opened = await citizen.post(`/v1/notices/${noticeId}/payments`, {});
      const { amount, content } = (await opened.json()) as { amount: number; content: string };
      await fetch(`${gateway}/_pay/${content.split(' ')[1]}`, { method: 'POST' });
      await until(async () => (await detail()).state === state);
      return amount;
    };
    t.equal(await pay('closed'), 19_000_000);
    t.match(await detail(), { decision: null, owed: { due: 0 }, receipt: { number: '000001/2026/BL' } });
    const officer = await house.db
      .selectFrom('officers')
      .select(['id', 'username', 'name', 'rank', 'unit', 'role'])
      .executeTakeFirstOrThrow();
    const decision = aDecision(house, { amount: 20_000_000, aggravating: 'tái phạm' });
    await recordDecision(house, { caseId, officer, decision });
    for (const { id } of await house.db.selectFrom('payments').select('id').execute())
      await handlers.settle!(house, id);
    const open = await detail();
    t.match(open, { state: 'notified', owed: { due: 1_000_000, received: 19_000_000 }, may: { pay: true } });
    t.match(
      open.timeline.map((event) => event.kind),
      ['record', 'confirm', 'notify', 'pay', 'close', 'penalty', 'reopen'],
    );
    t.equal(await pay('closed'), 1_000_000);
    t.equal((await detail()).receipt!.number, '000002/2026/BL');
    await citizen.post(`/v1/notices/${noticeId}/code`, { code: verifyCode });
    const receipt = await citizen.go(`/v1/notices/${noticeId}/receipt.pdf`);
    t.match([receipt.status, receipt.headers.get('content-disposition')], [200, /000002-2026-BL/]);
  },
);

t.test('the portal says so in plain words', { skip }, async (t) => {
  const { url, number, decide, today, detail } = await lookedUp(t);
  const page = await (
    await openBrowser(t)
  ).newPage({ viewport: { width: 390, height: 844 }, locale: 'vi-VN' });
  page.setDefaultTimeout(60_000);
  const look = async () => {
    await page.goto(url);
    await page.fill('#number', number);
    await page.fill('#plate', '30F25658');
    await page.click('form.lookup button');
    await page.waitForSelector('.amount');
    return (await page.textContent('.owed')) ?? '';
  };
  t.match(await look(), /tạm tính.*mức trung bình.*không tính tiền chậm nộp/s);
  await decide({ receivedOn: today });
  await page.goto('about:blank');
  const text = await look();
  t.match(text, /0456\/QĐ-XPHC.*Đội trưởng.*Hạn nộp.*Tính chậm nộp từ/s);
  t.notMatch(text, /tạm tính/);
  const inVietnam = (day: string): string => day.split('-').reverse().join('/');
  const last = (await detail()).owed.lastDayToPay!;
  t.match(
    text,
    `Nộp trong hạn, đến hết ngày ${inVietnam(last)}: không phải trả thêm`,
    'the day that is the term’s',
  );
  t.match(text, `Nộp ngày ${inVietnam(addDays(last, 2))} là 19.009.500 đ`);
  t.notMatch(text, `hết ngày ${inVietnam(addDays(last, 1))}`, 'no second last day beside it');
  await shot(page, 'phone-decision');
  await page.getByText('Tôi không đồng ý').click();
  await page.getByText('Khiếu nại không làm dừng hạn nộp').waitFor();
  t.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), 'no wider than the phone');
});
