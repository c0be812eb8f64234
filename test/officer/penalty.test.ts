import t from 'tap';
import { respond } from '../../src/cases/index.js';
import { aDecision } from '../cases/a-decision.js';
import { deadline } from '../../src/law/index.js';
import { officer } from '../cases/acts.js';
import { CHROMIUM, snap } from '../support/browser.js';
import { consoleHouse, notifiedCase, openConsole, PASSWORD, signedIn } from './console-house.js';

t.test('a decision over HTTP: every refusal names its field in both languages', async (t) => {
  const house = await consoleHouse(t);
  await officer(house, 'van.hanh', 'operator');
  const { caseId } = await notifiedCase(house);
  const url = `/api/cases/${caseId}`;
  const me = await signedIn(house.app);
  const opened = (await me.get(url)).json() as { dossier: { version: number; penalty: null } };
  const { version, penalty } = opened.dossier;
  t.equal(penalty, null);
  const body = { ...aDecision(house), version };
  const operator = await signedIn(house.app, 'van.hanh');
  t.equal((await operator.post(`${url}/penalty`, body)).statusCode, 403);
  t.equal((await me.post(`${url}/penalty`, body, {})).statusCode, 403, 'no change without the token');
  for (const [changed, status, error] of [
    [
      { amount: 17_000_000 },
      400,
      { code: 'AMOUNT_OUT_OF_RANGE', field: 'amount', message: /khung phạt.* \/ .*range/ },
    ],
    [{ amount: 18_000_000 }, 400, { code: 'MITIGATION_REQUIRED', field: 'mitigating' }],
    [{ signerRank: 'soldier' }, 400, { code: 'SIGNER_NOT_COMPETENT', field: 'signerRank' }],
    [{ issuedOn: '2026-13-01' }, 400, { code: 'INVALID_REQUEST', field: /issuedOn/ }],
    [{ number: 'A\u0000' }, 400, { code: 'INVALID_REQUEST', field: /number/ }],
    [{ version: version + 1 }, 409, { code: 'STALE_VERSION' }],
  ] as const) {
    const answer = await me.post(`${url}/penalty`, { ...body, ...changed });
    t.equal(answer.statusCode, status, JSON.stringify(changed));
    t.match(answer.json(), { error });
  }
  t.same((await me.post(`${url}/penalty`, body)).json(), { version: version + 1 });
  t.equal((await me.post(`${url}/penalty`, body)).statusCode, 200, 'told again');
  const another = await me.post(`${url}/penalty`, { ...body, number: '2' });
  t.match([another.statusCode, another.json()], [409, { error: { code: 'ANOTHER_DECISION' } }]);
  const receipt = { version: version + 1, receivedOn: '2026-11-20' };
  const early = await me.post(`${url}/penalty-receipt`, receipt);
  t.match(
    [early.statusCode, early.json()],
    [400, { error: { code: 'RECEIVED_BEFORE_ISSUE', field: 'receivedOn' } }],
  );
  const done = await me.post(`${url}/penalty-receipt`, { ...receipt, receivedOn: '2026-11-21' });
  t.same(done.json(), { version: version + 2 });
  t.match((await me.get(url)).json(), { dossier: { penalty: { receivedOn: '2026-11-21' } } });
});

t.test('while the owner waits for an answer there is no decision', async (t) => {
  const house = await consoleHouse(t);
  const { caseId } = await notifiedCase(house);
  await respond(house, { caseId, kind: 'dispute', text: 'Đèn vàng', attachments: [], actor: 'citizen:x' });
  const me = await signedIn(house.app);
  const opened = (await me.get(`/api/cases/${caseId}`)).json() as {
    dossier: { version: number; deadlines: { answerDueAt: string | null } };
  };
  t.equal(
    opened.dossier.deadlines.answerDueAt,
    deadline('complaint-accept', house.clock.now()).toISOString(),
    'however it was opened',
  );
  const body = (version: number) => ({ ...aDecision(house), version });
  const { version } = opened.dossier;
  const refused = await me.post(`/api/cases/${caseId}/penalty`, body(version));
  t.match(
    [refused.statusCode, refused.json()],
    [409, { error: { code: 'CASE_NOT_NOTIFIED', field: 'case' } }],
  );
  const answer = { version, outcome: 'uphold', answer: 'Ảnh cho thấy đèn đỏ' };
  t.equal((await me.post(`/api/cases/${caseId}/answer`, answer)).statusCode, 200);
  t.equal((await me.post(`/api/cases/${caseId}/penalty`, body(version + 1))).statusCode, 200);
});

t.test('with a second factor required, a session without one records nothing', async (t) => {
  const house = await consoleHouse(t, { officerSecondFactor: 'required' });
  const { caseId } = await notifiedCase(house);
  const me = await signedIn(house.app);
  const answer = await me.post(`/api/cases/${caseId}/penalty`, { ...aDecision(house), version: 3 });
  t.match([answer.statusCode, answer.json()], [403, { error: { code: 'SECOND_FACTOR' } }]);
});

t.test('a correction over HTTP: by password, with a reason, and only until the owner has it', async (t) => {
  const house = await consoleHouse(t);
  const { caseId } = await notifiedCase(house);
  const url = `/api/cases/${caseId}`;
  const me = await signedIn(house.app);
  const { receivedOn, ...decision } = aDecision(house);
  t.equal(receivedOn, null);
  const version = async () =>
    ((await me.get(url)).json() as { dossier: { version: number } }).dossier.version;
  const correct = async (changed: object) =>
    me.post(`${url}/penalty-correction`, {
      ...decision,
      number: '0465/QĐ-XPHC',
      version: await version(),
      reason: 'gõ nhầm số',
      password: PASSWORD,
      ...changed,
    });
  const none = await correct({});
  t.match([none.statusCode, none.json()], [409, { error: { code: 'NO_DECISION' } }]);
  t.equal((await me.post(`${url}/penalty`, { ...decision, version: await version() })).statusCode, 200);
  for (const [changed, status, error] of [
    [{ password: 'không phải mật khẩu' }, 403, { code: 'WRONG_PASSWORD', field: 'password' }],
    [{ password: '' }, 400, { code: 'INVALID_REQUEST', field: /password/ }],
    [{ reason: ' ' }, 400, { code: 'CORRECTION_REASON_REQUIRED', field: 'reason' }],
    [{ amount: 25_000_000 }, 400, { code: 'AMOUNT_OUT_OF_RANGE', field: 'amount' }],
    [{ version: 1 }, 409, { code: 'STALE_VERSION' }],
    [{ receivedOn: '2026-11-21' }, 400, { code: 'INVALID_REQUEST' }],
  ] as const) {
    const answer = await correct(changed);
    t.equal(answer.statusCode, status, JSON.stringify(changed));
    t.match(answer.json(), { error });
  }
  const before = await version();
  t.same((await correct({})).json(), { version: before + 1 });
  t.same((await correct({})).json(), { version: before + 1 }, 'told again');
  t.match((await me.get(url)).json(), {
    dossier: {
      penalty: { number: '0465/QĐ-XPHC' },
      formerPenalties: [{ number: '0456/QĐ-XPHC', reason: 'gõ nhầm số', correctedBy: 'canbo.an' }],
    },
  });
  const receipt = { version: await version(), receivedOn: decision.issuedOn };
  t.equal((await me.post(`${url}/penalty-receipt`, receipt)).statusCode, 200);
  const late = await correct({ amount: 18_000_000, mitigating: 'khai báo' });
  t.match(
    [late.statusCode, late.json()],
    [409, { error: { code: 'CORRECTION_AFTER_RECEIPT', message: /đã nhận quyết định.* \/ .*has received/ } }],
  );
  for (let i = 0; i < 9; i += 1) await correct({ password: `sai ${i}` });
  t.equal((await correct({ password: 'sai 9' })).statusCode, 429, 'wrong tries are counted');
});

t.test(
  'in the console, by keyboard: what is refused stays in the form; then the receipt',
  { skip: CHROMIUM === undefined ? 'no Chromium on this machine' : false },
  async (t) => {
    const house = await consoleHouse(t);
    house.clock.set(new Date());
    const { caseId, number } = await notifiedCase(house);
    const { page, errors } = await openConsole(t, house);
    await page.getByLabel('Tìm theo số thông báo').fill(number);
    await page.keyboard.press('Enter');
    await page.getByText('Chưa có quyết định').waitFor();
    // As on any page: the field that found the case lets go of the keys.
    await page.evaluate('document.activeElement?.blur()');
    await page.keyboard.press('d');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.type('0456/QĐ-XPHC');
    await dialog.getByLabel('Mức phạt').fill('18500000');
    await dialog.getByLabel('Họ tên người ký').fill('Lê Văn Cường');
    const { issuedOn } = aDecision(house);
    await dialog.getByLabel('Ngày ký').fill(issuedOn);
    await snap(page, 'console-penalty');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('tình tiết giảm nhẹ').waitFor();
    t.equal(await page.locator('.error').count(), 1, 'said once, in the dialog');
    t.equal(await dialog.getByLabel('Số quyết định').inputValue(), '0456/QĐ-XPHC');
    await dialog.getByLabel('Tình tiết giảm nhẹ').fill('Tự nguyện khai báo');
    await dialog.getByRole('button', { name: 'Ghi quyết định' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.penalty-card').getByText('18.500.000').waitFor();

    await page.getByRole('button', { name: 'Sửa bản ghi' }).press('Enter');
    await dialog.waitFor();
    t.equal(await page.locator('.error').count(), 0, 'what was refused before is not told again');
    t.equal(await dialog.getByLabel('Mức phạt').inputValue(), '18500000');
    t.equal(await dialog.getByLabel('Ngày ký').inputValue(), issuedOn);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('0465/QĐ-XPHC');
    await dialog.getByLabel('Vì sao sửa').fill('gõ nhầm số quyết định');
    await dialog.getByLabel('Mật khẩu của bạn').fill('sai mật khẩu rồi');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').getByText('Sai mật khẩu').waitFor();
    await dialog.getByLabel('Mật khẩu của bạn').fill(PASSWORD);
    await snap(page, 'console-penalty-correction');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.penalty-card dd').getByText('0465/QĐ-XPHC').first().waitFor();

    await page.evaluate('document.activeElement?.blur()');
    await page.keyboard.press('d');
    await dialog.waitFor();
    await dialog.getByLabel('Ngày chủ xe nhận').fill(issuedOn);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.history').getByText('Chủ xe đã nhận quyết định').waitFor();
    t.equal(await page.locator('.penalty-card button').count(), 0, 'nothing more to record');
    await page.locator('.former summary').click();
    await page.locator('.former').getByText('0456/QĐ-XPHC').waitFor();
    await snap(page, 'console-penalty-received');
    const row = await house.db
      .selectFrom('penalty_decisions')
      .selectAll()
      .where('corrected_at', 'is', null)
      .executeTakeFirstOrThrow();
    t.match(row, { amount: 18_500_000, received_on: issuedOn, mitigating: 'Tự nguyện khai báo' });

    const said = { kind: 'dispute', text: 'Đèn vàng', attachments: [], actor: 'citizen:x' } as const;
    await respond(house, { caseId, ...said });
    await page.getByLabel('Tìm theo số thông báo').fill(number);
    await page.keyboard.press('Enter');
    await page.locator('.response').getByText('Đèn vàng').waitFor();
    t.same(errors, [], 'looked up again, it is as it is now');
  },
);
