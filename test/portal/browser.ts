import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { CHROMIUM, snap } from '../support/browser.js';
import { until } from './citizen-house.js';

export { openBrowser } from '../support/browser.js';

const built = existsSync(new URL('../../src/web/dist/portal/index.html', import.meta.url));
export const skip = CHROMIUM !== undefined && built ? false : 'needs Chromium and the built pages';

/** The page as a citizen who scrolls sees it. */
export const shot = (page: Page, name: string): Promise<void> => snap(page, name, true);

/** A picture that has come and could be decoded; `of` is a part of its address. */
export const loaded = (page: Page, selector: string, of = ''): Promise<boolean> =>
  until(() =>
    page.evaluate<boolean>(
      `(() => { const img = document.querySelector('${selector}'); return img !== null && img.naturalWidth > 0 && img.src.includes('${of}'); })()`,
    ),
  );
