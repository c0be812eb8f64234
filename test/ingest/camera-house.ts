import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import sharp from 'sharp';
import { sha256 } from '../../src/core/ids.js';
import { buildCameraApp } from '../../src/http/camera/app.js';
import type { CameraLimits } from '../../src/http/camera/limits.js';
import { registerCamera } from '../../src/ingest/index.js';
import { sign, textToSign, type SignedHeaders } from '../../src/ingest/signing.js';
import { cameraClient } from '../../src/simulators/camera.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';

export const NOW = '2026-11-21T03:00:00.000Z';
export const CAMERA = 'km12-north';

/** A house with one camera and a listening camera server. */
export async function cameraHouse(
  t: Parameters<typeof testHouse>[0],
  options: { env?: Record<string, string>; limits?: Partial<CameraLimits> } = {},
) {
  const house = await testHouse(t, { now: NOW, ...(options.env === undefined ? {} : { env: options.env }) });
  const { secret } = await registerCamera(house, { id: CAMERA, siteId: 'km12', name: 'Km 12, hướng bắc' });
  const app = await buildCameraApp(house, options.limits);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  t.teardown(() => app.close());
  const client = cameraClient({ url, camera: CAMERA, secret, now: () => house.clock.now() });
  return { house, app, url, secret, client };
}

let serial = 0;
/** A small real JPEG; no two alike. */
export async function jpeg(width = 64, height = 48): Promise<Buffer> {
  serial += 1;
  const background = { r: serial % 256, g: (serial >> 8) % 256, b: 90 };
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .withExif({ IFD0: { Copyright: `t${serial}` } })
    .toBuffer();
}

/** Headers of a proper push of `body`, signed; `change` alters them before signing, `after` behind the signature's back. */
export function signedHeaders(
  secret: string,
  body: Buffer,
  change: Record<string, string | undefined> = {},
  after: Record<string, string | undefined> = {},
): Record<string, string> {
  const headers = dropMissing({
    'content-type': 'image/jpeg',
    'x-camera': CAMERA,
    'x-captured-at': NOW,
    'x-content-sha256': sha256(body),
    'x-sequence': '1',
    'x-timestamp': NOW,
    ...change,
  });
  const signature = sign(secret, textToSign('POST', '/v1/frames', headers as SignedHeaders));
  return dropMissing({ ...headers, 'x-signature': signature, ...after });
}

const dropMissing = (all: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(all).filter((one): one is [string, string] => one[1] !== undefined));

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: {
    id?: string;
    duplicate?: boolean;
    error?: { code: string; message: string; field?: string };
  };
}

/** POSTs on a connection of its own, and does not mind being answered before the body is sent. */
export function post(
  url: string,
  headers: Record<string, string>,
  body: Buffer,
  path = '/v1/frames',
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(new URL(path, url), { method: 'POST', headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: JSON.parse(Buffer.concat(chunks).toString() || '{}') as Reply['body'],
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Writes raw bytes to the server's socket and gives all that it answers until it hangs up, or `hangUpMs` pass. */
export function rawSocket(
  url: string,
  pieces: readonly (string | Buffer)[],
  hangUpMs = 5000,
): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => socket.destroy(), hangUpMs);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
    for (const piece of pieces) socket.write(piece);
  });
}

/** The rows of `refusals`, once there are `count` of them. */
export async function refusalsOf(house: TestHouse, count: number) {
  for (let tries = 0; ; tries += 1) {
    const rows = await house.db.selectFrom('refusals').selectAll().orderBy('id').execute();
    if (rows.length >= count || tries > 100) return rows;
    await new Promise((done) => setTimeout(done, 30));
  }
}

export async function counts(house: TestHouse) {
  const number = async (table: 'frames' | 'outbox' | 'seen_signatures') =>
    Number(
      (
        await house.db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return {
    frames: await number('frames'),
    jobs: await number('outbox'),
    signatures: await number('seen_signatures'),
  };
}
