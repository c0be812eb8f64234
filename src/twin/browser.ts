import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { CodedError } from '../core/errors.js';
import type { CameraFilm, DrawnFrame, FrameSpec, SceneSpec } from './picture-spec.js';

export type TwinErrorCode = 'NO_CHROMIUM' | 'PAGE_FAILED';
export class TwinError extends CodedError<TwinErrorCode> {}

/** Software rendering: the same pictures on any machine, with or without a graphics card. */
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--force-color-profile=srgb',
  '--force-device-scale-factor=1',
  '--disable-background-timer-throttling',
  // On a busy machine a frame may take longer than the watchdog's patience.
  '--disable-gpu-watchdog',
];
const PATIENCE_MS = 180_000;

/** Path of the browser: CHROMIUM_PATH, else Debian's; null where there is none. */
export function chromiumPath(env: NodeJS.ProcessEnv = process.env): string | null {
  for (const path of [
    env['CHROMIUM_PATH'],
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ]) {
    if (path !== undefined && path !== '' && existsSync(path)) return path;
  }
  return null;
}

/** Pixels of a scene's still picture or of a frame's areas, with what the page said of them. */
export interface Uploaded<T> {
  readonly told: T;
  readonly pixels: Buffer;
}

/** A browser with the bundled page in it. One call at a time. */
export interface Studio {
  open(scene: SceneSpec): Promise<Uploaded<CameraFilm>>;
  frame(frame: FrameSpec): Promise<Uploaded<DrawnFrame>>;
  close(): Promise<void>;
}

/** Bundles the page's code. */
export async function bundledPage(): Promise<string> {
  const { build } = await import('esbuild');
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./scene/page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    minify: false,
    logLevel: 'silent',
  });
  return bundle.outputFiles[0]?.text ?? '';
}

/**
 * Starts the browser with the page. Nothing is fetched from a network: page and pixels go over a loopback server.
 * @throws {TwinError} NO_CHROMIUM, PAGE_FAILED
 */
export async function openStudio(script: string): Promise<Studio> {
  const executablePath = chromiumPath();
  if (executablePath === null) {
    throw new TwinError('NO_CHROMIUM', 'the traffic twin needs Chromium: install it or set CHROMIUM_PATH');
  }
  let uploaded: Buffer | null = null;
  const server = serve(script, (pixels) => {
    uploaded = pixels;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { chromium } = await import('playwright-core');
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
    const page = await browser.newPage({ viewport: { width: 320, height: 200 }, deviceScaleFactor: 1 });
    page.setDefaultTimeout(PATIENCE_MS);
    const complaints = listen(page);
    await page.goto(origin);
    const asked = async <T>(work: Promise<T>): Promise<Uploaded<T>> => {
      uploaded = null;
      let told: T;
      try {
        told = await work;
      } catch (cause) {
        throw new TwinError(
          'PAGE_FAILED',
          `the page failed: ${complaints.at(-1) ?? (cause as Error).message}`,
          { cause },
        );
      }
      const pixels = uploaded as Buffer | null;
      if (pixels === null) throw new TwinError('PAGE_FAILED', 'the page sent no pixels');
      return { told, pixels };
    };
    const held = browser;
    const to = `${origin}/pixels`;
    return {
      open: (scene) =>
        asked(
          page.evaluate(([spec, url]) => (globalThis as unknown as Door).twin.open(spec, url), [
            scene,
            to,
          ] as const),
        ),
      frame: (frame) =>
        asked(
          page.evaluate(([spec, url]) => (globalThis as unknown as Door).twin.frame(spec, url), [
            frame,
            to,
          ] as const),
        ),
      async close() {
        await held.close();
        await new Promise<void>((resolve) => server.close(() => resolve()));
      },
    };
  } catch (error) {
    await browser?.close();
    server.close();
    throw error;
  }
}

function serve(script: string, onPixels: (pixels: Buffer) => void): Server {
  return createServer((request, response) => {
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        onPixels(Buffer.concat(chunks));
        response.writeHead(204).end();
      });
    } else if (request.url === '/page.js')
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><meta charset="utf-8"><script src="/page.js"></script>');
  });
}

function listen(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (process.env['TWIN_DEBUG']) console.error(message.text());
    if (message.type() === 'error') complaints.push(message.text());
  });
  return complaints;
}

/** What page.ts puts on its window; declared here because Node's types know no window. */
interface Door {
  readonly twin: {
    open(scene: SceneSpec, to: string): Promise<CameraFilm>;
    frame(frame: FrameSpec, to: string): Promise<DrawnFrame>;
  };
}
