import sharp from 'sharp';
import t from 'tap';
import { CHROMIUM, snap } from '../support/browser.js';
import { consoleHouse, openConsole, waitingCase } from './console-house.js';

/** Red on the left, blue on the right, with the EXIF word of a camera that was held upright. */
async function turned(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720">
    <rect width="640" height="720" fill="#e01010"/><rect x="640" width="640" height="720" fill="#1010e0"/></svg>`;
  return sharp(Buffer.from(svg)).withMetadata({ orientation: 6 }).jpeg({ quality: 92 }).toBuffer();
}

t.test(
  'a picture with an EXIF orientation is shown as it was read, so that its boxes lie on it',
  { skip: CHROMIUM === undefined ? 'no Chromium on this machine' : false },
  async (t) => {
    const house = await consoleHouse(t);
    await waitingCase(house);
    house.clock.set(new Date());
    const body = await turned();
    const { page, errors } = await openConsole(t, house);
    await page.route(/\/api\/cases\/[^/]+\/frames\/[^/]+$/, (route) =>
      route.fulfill({ contentType: 'image/jpeg', body }),
    );
    await page.getByText('Chọn một hồ sơ').waitFor();
    await page.keyboard.press('j');
    await page.locator('.picture svg[viewBox="0 0 1280 720"]').waitFor({ state: 'attached' });
    await snap(page, 'console-turned');

    const { data, info } = await sharp(await page.locator('.picture img').screenshot())
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const at = (x: number): number[] => {
      const p = (Math.floor(info.height / 2) * info.width + Math.floor(x * info.width)) * 3;
      return [...data.subarray(p, p + 3)];
    };
    const [left, right] = [at(0.3), at(0.7)];
    t.ok(left[0]! > 150 && left[2]! < 100, `red on the left: ${left.join()}`);
    t.ok(right[2]! > 150 && right[0]! < 100, `blue on the right: ${right.join()}`);
    t.same(errors, []);
  },
);
