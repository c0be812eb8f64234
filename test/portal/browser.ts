import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { until } from './citizen-house.js';

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

export async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

/** A picture that has come and could be decoded; `of` is a part of its address. */
export const loaded = (page: Page, selector: string, of = ''): Promise<boolean> =>
  until(() =>
    page.evaluate<boolean>(
      `(() => { const img = document.querySelector('${selector}'); return img !== null && img.naturalWidth > 0 && img.src.includes('${of}'); })()`,
    ),
  );

export const skip = existsSync(PROGRAM) && built ? false : 'needs Chromium and the built pages';

export async function openBrowser(t: { teardown(fn: () => Promise<void>): void }): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: PROGRAM, args: FLAGS });
  t.teardown(() => browser.close());
  return browser;
}
