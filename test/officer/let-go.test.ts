import t from 'tap';
import { CHROMIUM, snap } from '../support/browser.js';
import { noteLetGo } from '../retention/passing.js';
import { consoleHouse, openConsole, waitingCase } from './console-house.js';

t.test(
  'a frame of the film whose picture was let go is told in words with the day, not as a broken picture',
  { skip: CHROMIUM === undefined ? 'no Chromium on this machine' : false },
  async (t) => {
    const house = await consoleHouse(t);
    await waitingCase(house);
    house.clock.set(new Date());
    const [frame] = await house.db.selectFrom('frames').select('id').orderBy('captured_at', 'desc').execute();
    await noteLetGo(house, new Date('2026-11-24T20:00:00Z'), frame!.id);
    const { page, errors } = await openConsole(t, house);
    const refused: string[] = [];
    page.on('response', (response) => response.status() === 410 && refused.push(response.url()));
    await page.getByText('Chọn một hồ sơ').waitFor();
    await page.keyboard.press('j');
    await page.locator('.case-head').waitFor();
    const last = page.locator('.strip button').last();
    t.match(await last.textContent(), /khung \d+\/\d+: đã xóa/);
    await last.click();
    await page.locator('.picture').getByText('đã được xóa ngày 25/11/2026 theo chính sách lưu giữ').waitFor();
    t.equal(await page.locator('.picture img').count(), 0);
    await page.keyboard.press('z');
    await snap(page, 'console-let-go');
    t.same(refused, [], 'what is known to be gone is not asked for');
    t.same(errors, []);
  },
);
