import t from 'tap';
import { respond } from '../../src/cases/index.js';
import { CHROMIUM, snap } from '../support/browser.js';
import { consoleHouse, notifiedCase, openConsole, waitingCase } from './console-house.js';

t.test(
  'an officer decides by keyboard alone',
  { skip: CHROMIUM === undefined ? 'no Chromium on this machine' : false },
  async (t) => {
    const house = await consoleHouse(t, { undoSeconds: 60 });
    const first = await waitingCase(house);
    const second = await waitingCase(house, {
      bodyColour: 'white',
      occurredAt: new Date(house.clock.now().getTime() - 7_200_000),
    });
    house.clock.set(new Date());
    const { page, errors } = await openConsole(t, house);
    await page.getByText('Chọn một hồ sơ').waitFor();

    await page.keyboard.press('j');
    await page.locator('.case-head').waitFor();
    await page
      .locator('.picture img')
      .evaluate((img) => (img as unknown as { decode(): Promise<void> }).decode());
    t.match(await page.locator('.plate-title').textContent(), '30F-256.58');
    t.equal(await page.locator('.chars li').count(), 8, 'one mark a character');
    t.match(await page.locator('.compare').textContent(), /Toyota/);
    await snap(page, 'console-case');

    await page.keyboard.press('z');
    t.equal(await page.locator('.picture.close').count(), 1, 'a close look at the plate');
    await snap(page, 'console-close');
    await page.keyboard.press('z');
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    t.ok((await page.locator('.key-list div').count()) >= 10, 'every binding is listed');
    await snap(page, 'console-keys');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.locator('.decision .primary:not([disabled])').waitFor();
    await page.keyboard.press('y');
    await page.getByRole('status').getByText('Đã xác nhận').waitFor();
    t.match(await stateOf(first), 'confirmed');
    await page.keyboard.press('u');
    await page.locator('.queue .chosen').waitFor();
    await page.locator('.decision').waitFor();
    t.match(await stateOf(first), 'candidate', 'taken back');

    await page.keyboard.press('x');
    await page.getByRole('dialog').waitFor();
    await snap(page, 'console-reject');
    await page.keyboard.press('3');
    await page.getByRole('status').getByText('Đã bác bỏ').waitFor();
    t.match(await stateOf(first), 'rejected');

    await page.keyboard.press('2');
    await page.locator('.queue em').waitFor();
    await page.keyboard.press('j');
    await page.locator('.holds .blocking').first().waitFor();
    t.equal(
      await page.getByRole('button', { name: /Xác nhận vi phạm/ }).isDisabled(),
      true,
      'a hold blocks the confirmation',
    );
    await snap(page, 'console-held');
    await page.keyboard.press('y');
    t.match(await stateOf(second), 'candidate');
    t.same(errors, []);

    async function stateOf(id: string): Promise<string> {
      return (
        await house.db.selectFrom('cases').select('state').where('id', '=', id).executeTakeFirstOrThrow()
      ).state;
    }
  },
);

t.test(
  'one answer to everything that is open; what the owner sends meanwhile is shown before it is answered',
  { skip: CHROMIUM === undefined ? 'no Chromium on this machine' : false },
  async (t) => {
    const house = await consoleHouse(t);
    house.clock.set(new Date());
    const { caseId, number } = await notifiedCase(house);
    const say = (text: string) =>
      respond(house, { caseId, kind: 'dispute', text, attachments: [], actor: 'citizen:x' });
    await say('Đèn còn vàng');
    await say('Có người làm chứng');
    const { page, errors } = await openConsole(t, house);
    await page.getByLabel('Tìm theo số thông báo').fill(number);
    await page.keyboard.press('Enter');
    await page.locator('.response').first().waitFor();
    t.equal(await page.locator('.response').count(), 2);
    t.equal(await page.locator('.case-side textarea').count(), 1, 'one form for both');

    await say('Gửi thêm ảnh');
    await page.locator('.answer-form textarea').fill('Ảnh cho thấy đèn đã đỏ');
    await page.getByRole('button', { name: 'Giữ nguyên vi phạm' }).click();
    await page.getByRole('alert').getByText('Hồ sơ vừa thay đổi').waitFor();
    await page.getByText('Gửi thêm ảnh').waitFor();
    const answered = () =>
      house.db.selectFrom('responses').select('id').where('answered_at', 'is not', null).execute();
    t.equal((await answered()).length, 0);
    await page.getByRole('button', { name: 'Giữ nguyên vi phạm' }).click();
    await page.getByRole('status').getByText('Đã trả lời').waitFor();
    t.equal((await answered()).length, 3);
    t.same(errors, []);
  },
);
