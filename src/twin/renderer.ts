import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import sharp from 'sharp';
import { CodedError } from '../core/errors.js';
import type { FrameSpec, SceneSpec, SeenFrame } from './picture-spec.js';

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

export interface Picture {
  readonly jpeg: Buffer;
  readonly seen: SeenFrame;
}

export interface Renderer {
  /** Sets the stage for the frames that follow. */
  open(scene: SceneSpec): Promise<void>;
  /** Draws one frame and encodes it; the same frame gives the same bytes. */
  frame(frame: FrameSpec, quality: number): Promise<Picture>;
  close(): Promise<void>;
}

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

/**
 * Starts the browser with the bundled page. Nothing is fetched from a network: page and pixels go over a loopback server.
 * @throws {TwinError} NO_CHROMIUM, PAGE_FAILED
 */
export async function startRenderer(): Promise<Renderer> {
  const executablePath = chromiumPath();
  if (executablePath === null) {
    throw new TwinError('NO_CHROMIUM', 'the traffic twin needs Chromium: install it or set CHROMIUM_PATH');
  }
  const [{ build }, { chromium }] = await Promise.all([import('esbuild'), import('playwright-core')]);
  const bundle = await build({
    entryPoints: [fileURLToPath(new URL('./scene/page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome120',
    minify: false,
    logLevel: 'silent',
  });
  const script = bundle.outputFiles[0]?.text ?? '';
  let uploaded: Buffer | null = null;
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        uploaded = Buffer.concat(chunks);
        response.writeHead(204).end();
      });
    } else if (request.url === '/page.js')
      response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><meta charset="utf-8"><script src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let browser: Browser | null = null;
  try {
    browser = await chromium.launch({ executablePath, headless: true, args: CHROMIUM_FLAGS });
    const page = await browser.newPage({ viewport: { width: 320, height: 200 }, deviceScaleFactor: 1 });
    page.setDefaultTimeout(180_000);
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(error.message));
    page.on('console', (message) => {
      if (process.env['TWIN_DEBUG']) console.error(message.text());
      if (message.type() === 'error') failures.push(message.text());
    });
    await page.goto(origin);
    const ran = async <T>(work: Promise<T>): Promise<T> => {
      try {
        return await work;
      } catch (cause) {
        throw new TwinError(
          'PAGE_FAILED',
          `the page failed: ${failures.at(-1) ?? (cause as Error).message}`,
          { cause },
        );
      }
    };
    let size = { width: 0, height: 0 };
    const held = browser;
    return {
      async open(scene) {
        size = { width: scene.camera.width, height: scene.camera.height };
        await ran(page.evaluate((spec) => (globalThis as unknown as Page).twin.open(spec), scene));
      },
      async frame(frame, quality) {
        uploaded = null;
        const seen = await ran(
          page.evaluate(([spec, to]) => (globalThis as unknown as Page).twin.frame(spec, to), [
            frame,
            `${origin}/frame`,
          ] as const),
        );
        const pixels = uploaded as Buffer | null;
        if (pixels === null) throw new TwinError('PAGE_FAILED', 'the page sent no pixels');
        const jpeg = await sharp(pixels, { raw: { ...size, channels: 4 } })
          .flip()
          .removeAlpha()
          .jpeg({ quality, chromaSubsampling: '4:2:0', mozjpeg: false, optimiseCoding: true })
          .toBuffer();
        return { jpeg, seen };
      },
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

/** What page.ts puts on its window; declared here because Node's types know no window. */
interface Page {
  readonly twin: { open(scene: SceneSpec): void; frame(frame: FrameSpec, to: string): Promise<SeenFrame> };
}
