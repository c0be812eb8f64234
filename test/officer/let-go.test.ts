import t from 'tap';
import { newId } from '../../src/core/ids.js';
import { CHROMIUM, snap } from '../support/browser.js';
import { consoleHouse, openConsole, waitingCase } from './console-house.js';

t.test(
  'a frame of the film whose picture was let go is told in words with the day, not as a broken picture',
  { skip: CHROMIUM === undefined ? 'no Chromium on this machine' : false },
  async (t) => {
    const house = await consoleHouse(t);
    await waitingCase(house);
    house.clock.set(new Date());
    const [frame] = await house.db.selectFrom('frames').select('id').orderBy('captured_at', 'desc').execute();
    const at = new Date('2026-11-24T20:00:00Z');
    const deletion = {
      id: newId(),
      at,
      policy_hours: 72,
      frames: 1,
      bytes: 1,
      received_from: at,
      received_to: at,
      digest: 'x',
    };
    await house.db.insertInto('deletion_records').values(deletion).execute();
    await house.db
      .updateTable('frames')
      .set({ let_go_at: at, deletion_id: deletion.id })
      .where('id', '=', frame!.id)
      .execute();
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
