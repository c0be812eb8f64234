import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import t from 'tap';
import { citizenHouse, until } from './citizen-house.js';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const built = existsSync(new URL('../../src/web/dist/portal/index.html', import.meta.url));
const shots = process.env.SCREENSHOTS;

async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** A picture that has come and could be decoded; `of` is a part of its address. */
const loaded = (page: Page, selector: string, of = ''): Promise<boolean> =>
  until(() =>
    page.evaluate<boolean>(
      `(() => { const img = document.querySelector('${selector}'); return img !== null && img.naturalWidth > 0 && img.src.includes('${of}'); })()`,
    ),
  );

const skip = existsSync(PROGRAM) && built ? false : 'needs Chromium and the built pages';

t.test('on a phone: look up, see the evidence, pay in two taps, receipt', { skip }, async (t) => {
  const { url, gateway, noticed, oidc } = await citizenHouse(t);
  const { number, verifyCode } = await noticed();
  const browser = await chromium.launch({ executablePath: PROGRAM, args: FLAGS });
  t.teardown(() => browser.close());
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    locale: 'vi-VN',
    deviceScaleFactor: 2,
  });
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  let bytes = 0;
  page.on('response', (response) => {
    if (/\/(assets|portal)\//.test(response.url()))
      void response
        .request()
        .sizes()
        .then(
          (s) => (bytes += s.responseBodySize),
          () => undefined,
        );
  });

  await page.goto(url);
  await page.waitForSelector('#number');
  await shot(page, 'phone-home');
  await page.fill('#number', '9/2026');
  await page.fill('#plate', '30F25658');
  await page.click('form.lookup button');
  await page.waitForSelector('.refusal');
  t.match(await page.textContent('.refusal'), /Không tìm thấy/);
  await page.fill('#number', number.toLowerCase());
  await page.fill('#plate', '30f 256.58');
  await page.click('form.lookup button');
  await page.waitForSelector('.amount');
  t.match(await page.textContent('.owed .amount'), /19\.000\.000/);
  await loaded(page, '.photo img');
  await shot(page, 'phone-notice');
  await page.click('.tabs >> text=Biển số');
  await loaded(page, '.photo img', 'view=plate');
  t.match(await page.textContent('.evidence'), /SHA-256 [0-9a-f]{64}/);
  t.ok(bytes > 0 && bytes < 150_000, `${bytes} bytes of pages, type and code`);

  await page.click('text=Nộp phạt');
  await page.waitForSelector('img.qr');
  await loaded(page, 'img.qr');
  await shot(page, 'phone-pay');
  const content = (await page.textContent('.copyable')) ?? '';
  const reference = /TB\d{10} ([2-9A-Z]{10})/.exec(content)?.[1] ?? '';
  await fetch(`${gateway}/_pay/${reference}`, { method: 'POST' });
  await page.waitForSelector('.paid');
  t.match(await page.textContent('.paid'), /Đã nộp phạt/);
  t.equal(
    await page
      .locator('.paid a.primary')
      .getAttribute('href')
      .then(
        async (href) => (await page.request.get(new URL(href ?? '', url).href)).headers()['content-type'],
      ),
    'application/pdf',
  );
  await shot(page, 'phone-paid');
  await page.click('text=Xem thông báo');
  await page.waitForSelector('.timeline');
  await shot(page, 'phone-closed');
  t.match(await page.textContent('.timeline'), /Kết thúc vụ việc/);

  await page.goto(`${url}/verify/${verifyCode}`);
  await page.waitForSelector('.verdict.good');
  await shot(page, 'phone-verify');
  await page.goto(`${url}/portal/#/`);
  await page.click('text=Đăng nhập tài khoản định danh');
  await page.waitForURL(new RegExp(`^${oidc}`));
  await shot(page, 'phone-oidc');
  await page.click('text=Đăng nhập >> nth=0');
  await page.waitForSelector('.notices');
  await shot(page, 'phone-mine');
  t.same(errors, []);
});

t.test('on a desk: disagree in one form, in English, in the dark', { skip }, async (t) => {
  const { url, noticed } = await citizenHouse(t);
  const { number } = await noticed();
  const browser = await chromium.launch({ executablePath: PROGRAM, args: FLAGS });
  t.teardown(() => browser.close());
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.waitForSelector('#number');
  await shot(page, 'desk-home');
  await page.fill('#number', number);
  await page.fill('#plate', '30F-256.58');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.amount');
  await loaded(page, '.photo img');
  await shot(page, 'desk-notice');
  await page.click('text=English');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shot(page, 'desk-notice-dark');
  await page.click('text=I disagree');
  await page.waitForSelector('.choice');
  await shot(page, 'desk-dispute');
  await page.click('.choice >> text=The plate was cloned');
  await page.fill('#text', 'My car is white; it was in Huế that day.');
  await page.click('.dispute button.primary');
  await page.waitForSelector('.good-note');
  await page.click('text=See the notice');
  await page.waitForSelector('.answer');
  await shot(page, 'desk-disputed');
  t.match(await page.textContent('.badge'), /Under review/);
});
