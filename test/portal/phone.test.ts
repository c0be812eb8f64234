import t from 'tap';
import { loaded, openBrowser, shot, skip } from './browser.js';
import { citizenHouse } from './citizen-house.js';

t.test('on a phone: look up, see the evidence, pay in two taps, receipt', { skip }, async (t) => {
  const { url, gateway, noticed, oidc } = await citizenHouse(t);
  const { number, verifyCode } = await noticed();
  const browser = await openBrowser(t);
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
  t.match(await page.textContent('.evidence'), /Người đi bộ và người trong ô tô không được làm mờ/);
  t.equal(await page.locator('a[href$="notice.pdf"]').count(), 0, 'no link that would not work');
  await page.fill('#check-code', 'AAAA-BBBB-CCCC');
  await page.click('.check-code button');
  await page.waitForSelector('.check-code .refusal');
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
  t.match(await page.textContent('.paid'), /Đã nộp số tạm tính/);
  await page.waitForSelector('#check-code');
  await shot(page, 'phone-paid-closed');
  await page.fill('#check-code', verifyCode.toLowerCase().replaceAll('-', ' '));
  await page.click('.check-code button');
  await page.waitForSelector('.paid a.primary');
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
  await page.waitForSelector('a[href$="notice.pdf"]');
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
