import { accessSync, constants, mkdirSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const PLACES = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser on this machine, or undefined: a browser test is then skipped, saying so. */
export const CHROMIUM = PLACES.find((path) => {
  try {
    accessSync(path ?? '', constants.X_OK);
    return true;
  } catch {
    return false;
  }
});

// Without these Chromium tries to reach its maker at every start, which a closed network refuses many times over.
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Teardown {
  teardown(fn: () => Promise<void>): void;
}

/** A real headless Chromium, closed with the test. */
export async function openBrowser(t: Teardown): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM!, args: QUIET });
  t.teardown(() => browser.close());
  return browser;
}

/** A page of its own browser; script errors of the page fail the test through `errors`. */
export async function openPage(
  t: Teardown,
  size: { width: number; height: number },
): Promise<{ page: Page; errors: string[]; browser: Browser }> {
  const browser = await openBrowser(t);
  const page = await browser.newPage({ viewport: size, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' });
  page.setDefaultTimeout(60_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  return { page, errors, browser };
}

/** Where a browser test leaves a picture of what it saw, if SCREENSHOTS names a folder; `whole` also what is below. */
export async function snap(page: Page, name: string, whole = false): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: whole });
}
