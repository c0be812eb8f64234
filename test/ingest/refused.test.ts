import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import sharp from 'sharp';
import { sql } from 'kysely';
import t from 'tap';
import {
  forgetSignatures,
  refusalBook,
  registerCamera,
  setCameraState,
  trimRefusals,
} from '../../src/ingest/index.js';
import {
  CAMERA,
  cameraHouse,
  counts,
  jpeg,
  NOW,
  post,
  rawSocket,
  refusalsOf,
  signedHeaders,
} from './camera-house.js';

t.test('broken input: each kind has its answer, and its reason is written down', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const picture = await jpeg(320, 240);
  const text = Buffer.from('GIF89a is not what was asked for');
  const cut = picture.subarray(0, picture.length / 2);
  await registerCamera(house, { id: 'asleep', siteId: 'km12', name: 'x', secret: 'asleep-secret' });
  await setCameraState(house.db, 'asleep', 'suspended');
  const signed = (change = {}, after = {}, body = picture) => ({
    headers: signedHeaders(secret, body, change, after),
    body,
  });

  const kinds: [
    name: string,
    push: { headers: Record<string, string>; body: Buffer },
    status: number,
    code: string,
    field?: string,
  ][] = [
    ['truncated JPEG', signed({}, {}, cut), 422, 'JPEG_TRUNCATED'],
    ['not an image', signed({}, {}, text), 422, 'NOT_JPEG'],
    ['no bytes', signed({}, {}, Buffer.alloc(0)), 400, 'BODY_EMPTY'],
    [
      'another body than was signed',
      { ...signed(), body: Buffer.concat([picture, Buffer.from([0])]) },
      400,
      'BODY_ALTERED',
      'X-Content-Sha256',
    ],
    [
      'wrong signature',
      signed({}, { 'x-signature': 'ab'.repeat(32) }),
      401,
      'SIGNATURE_WRONG',
      'X-Signature',
    ],
    [
      'signature in capitals',
      (({ headers, body }) => ({
        body,
        headers: { ...headers, 'x-signature': headers['x-signature']!.toUpperCase() },
      }))(signed()),
      401,
      'SIGNATURE_WRONG',
    ],
    ['no signature', signed({}, { 'x-signature': undefined }), 401, 'SIGNATURE_MISSING', 'X-Signature'],
    ['no body hash', signed({ 'x-content-sha256': undefined }), 400, 'BODY_HASH_MISSING', 'X-Content-Sha256'],
    [
      'a speed put in after signing',
      signed({}, { 'x-speed-kmh': '140', 'x-speed-device': 'A' }),
      401,
      'SIGNATURE_WRONG',
    ],
    [
      'a claim changed after signing',
      signed({ 'x-plate': '30F25658' }, { 'x-plate': '30F25659' }),
      401,
      'SIGNATURE_WRONG',
    ],
    [
      'another instant after signing',
      signed({}, { 'x-captured-at': '2026-11-21T02:59:00Z' }),
      401,
      'SIGNATURE_WRONG',
    ],
    ['signed for another path', { ...signed(), headers: { ...signed().headers } }, 401, 'SIGNATURE_WRONG'],
    [
      'clock ten minutes ahead',
      signed({ 'x-timestamp': '2026-11-21T03:10:00Z' }),
      401,
      'CLOCK_SKEW',
      'X-Timestamp',
    ],
    [
      'clock ten minutes behind',
      signed({ 'x-timestamp': '2026-11-21T02:50:00Z', 'x-captured-at': '2026-11-21T02:50:00Z' }),
      401,
      'CLOCK_SKEW',
      'X-Timestamp',
    ],
    [
      'a local time without zone',
      signed({ 'x-timestamp': '2026-11-21T03:00:00' }),
      400,
      'TIMESTAMP_INVALID',
      'X-Timestamp',
    ],
    [
      'captured after it was sent',
      signed({ 'x-captured-at': '2026-11-21T03:00:05Z' }),
      400,
      'METADATA_INVALID',
      'X-Captured-At',
    ],
    [
      'captured more than a year ago',
      signed({ 'x-captured-at': '2025-11-19T03:00:00Z' }),
      400,
      'METADATA_INVALID',
      'X-Captured-At',
    ],
    ['unknown camera', signed({ 'x-camera': 'nobody' }), 401, 'CAMERA_UNKNOWN', 'X-Camera'],
    ['a camera id that is none', signed({ 'x-camera': "x'; drop table frames; --" }), 401, 'CAMERA_UNKNOWN'],
    ['no camera', signed({ 'x-camera': undefined }), 401, 'CAMERA_MISSING', 'X-Camera'],
    ['suspended camera', signed({ 'x-camera': 'asleep' }), 403, 'CAMERA_SUSPENDED'],
    ['another type', signed({ 'content-type': 'text/plain' }), 415, 'CONTENT_TYPE', 'Content-Type'],
    ['no sequence', signed({ 'x-sequence': undefined }), 400, 'METADATA_INVALID', 'X-Sequence'],
    ['speed without its device', signed({ 'x-speed-kmh': '97' }), 400, 'METADATA_INVALID', 'X-Speed-Device'],
    [
      'speed that is no number',
      signed({ 'x-speed-kmh': '0x61', 'x-speed-device': 'A' }),
      400,
      'METADATA_INVALID',
      'X-Speed-Kmh',
    ],
    [
      'a box inside out',
      signed({ 'x-plate': '30F25658', 'x-plate-box': '60,20,10,30' }),
      400,
      'METADATA_INVALID',
      'X-Plate-Box',
    ],
    [
      'unknown signal state',
      signed({ 'x-signal-state': 's1=purple' }),
      400,
      'METADATA_INVALID',
      'X-Signal-State',
    ],
    ['claims that are not JSON', signed({ 'x-claims': '{lane' }), 400, 'METADATA_INVALID', 'X-Claims'],
    [
      'claims with a key we do not know',
      signed({ 'x-claims': '{"fine":1}' }),
      400,
      'METADATA_INVALID',
      'X-Claims',
    ],
  ];
  for (const [i, [name, { headers, body }, status, code, field]] of kinds.entries()) {
    const reply = await post(
      url,
      headers,
      body,
      name === 'signed for another path' ? '/v1/frames?x=1' : '/v1/frames',
    );
    t.match(
      { status: reply.status, ...reply.body.error },
      { status, code, ...(field === undefined ? {} : { field }) },
      name,
    );
    t.match((await refusalsOf(house, i + 1)).length, i + 1, `${name} is written down`);
  }
  const rows = await refusalsOf(house, kinds.length);
  t.same(rows.map((row) => row.code).sort(), kinds.map(([, , , code]) => code).sort());
  t.ok(rows.every((row) => row.detail.length > 10 && row.remote === '127.0.0.1'));
  t.match(await counts(house), { frames: 0, jobs: 0 });
});

t.test('a signed request is good once', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const picture = await jpeg();
  const headers = signedHeaders(secret, picture);
  t.equal((await post(url, headers, picture)).status, 202);
  t.match(await post(url, headers, picture), {
    status: 409,
    body: { error: { code: 'REPLAYED', field: 'X-Signature' } },
  });
  house.clock.advance(301_000);
  t.match(await post(url, headers, picture), { status: 401, body: { error: { code: 'CLOCK_SKEW' } } });
  t.equal((await counts(house)).frames, 1);
});

t.test('a header given twice is refused before anybody can read it in two ways', async (t) => {
  const { url, secret } = await cameraHouse(t);
  const picture = await jpeg();
  const lines = Object.entries(signedHeaders(secret, picture)).map(([name, value]) => `${name}: ${value}`);
  const answer = await rawSocket(url, [
    `POST /v1/frames HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\nX-Sequence: 2\r\nContent-Length: ${picture.length}\r\nConnection: close\r\n\r\n`,
    picture,
  ]);
  t.match(answer, /^HTTP\/1\.1 400[^]*HEADER_REPEATED[^]*X-Sequence/);
});

t.test('a decompression bomb is taken as bytes: small on the wire, never opened here', async (t) => {
  const { house, client } = await cameraHouse(t);
  const bomb = await jpeg();
  const sizes = bomb.indexOf(Buffer.from([0xff, 0xc0])) + 5;
  bomb.writeUInt16BE(65_500, sizes);
  bomb.writeUInt16BE(65_500, sizes + 2);
  t.match(await sharp(bomb, { limitInputPixels: false }).metadata(), { width: 65_500, height: 65_500 });
  t.match(await client.push({ picture: bomb, sequence: 1, capturedAt: new Date(NOW) }), { status: 202 });
  t.equal((await counts(house)).frames, 1);
});

t.test('a gigabyte that is only announced is refused at once and the connection ends', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const lines = Object.entries(signedHeaders(secret, Buffer.from('x'))).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const started = Date.now();
  const answer = await rawSocket(url, [
    `POST /v1/frames HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\nContent-Length: 1073741824\r\n\r\n`,
    'begin',
  ]);
  t.match(answer, /^HTTP\/1\.1 413[^]*TOO_LARGE[^]*Content-Length/);
  t.ok(Date.now() - started < 4000);
  t.match(await refusalsOf(house, 1), [{ code: 'TOO_LARGE', camera_id: CAMERA }]);
});

t.test('a body that grows past the limit without announcing itself is cut off', async (t) => {
  const { house, url, secret } = await cameraHouse(t, { limits: { bodyBytes: 100_000 } });
  const lines = Object.entries(signedHeaders(secret, Buffer.from('x'))).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const chunk = Buffer.concat([Buffer.from('10000\r\n'), Buffer.alloc(0x10000, 0xff), Buffer.from('\r\n')]);
  const answer = await rawSocket(
    url,
    [
      `POST /v1/frames HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      chunk,
      chunk,
      chunk,
    ],
    3000,
  );
  t.match(answer, /^HTTP\/1\.1 413[^]*TOO_LARGE/);
  t.match(await refusalsOf(house, 1), [{ code: 'TOO_LARGE' }]);
});

t.test('a connection that is cut in the middle leaves a reason and nothing else', async (t) => {
  const { house, url, secret, client } = await cameraHouse(t);
  const picture = await jpeg(640, 480);
  const lines = Object.entries(signedHeaders(secret, picture)).map(([name, value]) => `${name}: ${value}`);
  const head = `POST /v1/frames HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\nContent-Length: ${picture.length}\r\n\r\n`;
  await rawSocket(url, [head, picture.subarray(0, 500)], 200);
  t.match(await refusalsOf(house, 1), [{ code: 'BODY_CUT', camera_id: CAMERA }]);
  t.match(await counts(house), { frames: 0, signatures: 0 });
  t.same(
    await readdir(join(house.folder, 'blobs'), { recursive: true }).catch(() => []),
    [],
    'no file, not even a temporary one',
  );
  t.match(
    await client.push({ picture, sequence: 1, capturedAt: new Date(NOW) }),
    { status: 202 },
    'the server goes on',
  );
});

t.test('slow heads and slow bodies are ended and written down', async (t) => {
  const { house, url, secret, client } = await cameraHouse(t, {
    limits: { headersMs: 300, requestMs: 600, sweepMs: 100 },
  });
  const lines = Object.entries(signedHeaders(secret, Buffer.from('x'))).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const [slowHead, slowBody, nonsense] = await Promise.all([
    rawSocket(url, ['POST /v1/frames HTTP/1.1\r\nHost: x\r\nX-Cam']),
    rawSocket(url, [
      `POST /v1/frames HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\nContent-Length: 5000\r\n\r\n`,
      'drip',
    ]),
    rawSocket(url, ['\u0000\u0001 this is not HTTP\r\n\r\n']),
  ]);
  t.match(slowHead, /^HTTP\/1\.1 408[^]*BODY_TIMEOUT/);
  t.match(slowBody, /^HTTP\/1\.1 408[^]*BODY_TIMEOUT/);
  t.match(nonsense, /^HTTP\/1\.1 400[^]*REQUEST_BROKEN/);
  const rows = await refusalsOf(house, 3);
  t.same(rows.map((row) => row.code).sort(), ['BODY_TIMEOUT', 'BODY_TIMEOUT', 'REQUEST_BROKEN']);
  t.ok(
    rows.some((row) => row.camera_id === CAMERA),
    'the slow body is known by its camera',
  );
  t.equal(await client.heartbeat(), 0);
});

t.test(
  'above the backlog limit the answer is 503 with Retry-After, before a byte of the body is sent',
  async (t) => {
    const { house, url, secret, client } = await cameraHouse(t, { env: { BACKLOG_LIMIT: '2' } });
    for (let i = 0; i < 3; i += 1) {
      house.clock.advance(1);
      t.equal(
        (await client.push({ picture: await jpeg(), sequence: i, capturedAt: new Date(NOW) })).status,
        202,
      );
    }
    await new Promise((done) => setTimeout(done, 600));
    const picture = await jpeg();
    const lines = Object.entries(signedHeaders(secret, picture, { 'x-sequence': '9' })).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const head = `POST /v1/frames HTTP/1.1\r\nHost: x\r\n${lines.join('\r\n')}\r\nContent-Length: ${picture.length}\r\nExpect: 100-continue\r\n\r\n`;
    const answer = await rawSocket(url, [head], 1500);
    t.match(answer, /^HTTP\/1\.1 503[^]*retry-after: 5[^]*BACKLOG_FULL/i);
    t.notMatch(answer, /100 Continue/i);
    t.match(await refusalsOf(house, 1), [{ code: 'BACKLOG_FULL', camera_id: CAMERA }]);
    await sql`update frames set state = 'read'`.execute(house.db);
    await new Promise((done) => setTimeout(done, 600));
    t.match(await rawSocket(url, [head, picture], 1500), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 202/);
  },
);

t.test(
  'nothing is acknowledged, and nothing lost, when the database fails between fsync and commit',
  async (t) => {
    const { house, client } = await cameraHouse(t);
    const shot = { picture: await jpeg(), sequence: 1, capturedAt: new Date(NOW) };
    await sql`create function fail() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$`.execute(
      house.db,
    );
    await sql`create constraint trigger fail after insert on frames deferrable initially deferred for each row execute function fail()`.execute(
      house.db,
    );
    const failed = await client.push(shot);
    t.match(failed, { status: 503, code: 'STORAGE_DOWN', retryAfterMs: 5000 });
    t.notMatch(failed.message, /disk full/);
    t.same(await counts(house), { frames: 0, jobs: 0, signatures: 0 });
    await sql`drop trigger fail on frames`.execute(house.db);
    const again = await client.push(shot);
    t.match(
      again,
      { status: 202, duplicate: false },
      'even the same signature is good, since it was not used up',
    );
    t.same(await counts(house), { frames: 1, jobs: 2, signatures: 1 });
  },
);

t.test('a full disk is told to the camera, which keeps its picture; nothing is acknowledged', async (t) => {
  const { house, client } = await cameraHouse(t);
  const shot = { picture: await jpeg(), sequence: 1, capturedAt: new Date(NOW) };
  const { put } = house.blobs;
  Object.assign(house.blobs, {
    put: () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })),
  });
  t.match(await client.push(shot), { status: 503, code: 'STORAGE_DOWN', retryAfterMs: 5000 });
  t.same(await counts(house), { frames: 0, jobs: 0, signatures: 0 });
  Object.assign(house.blobs, { put });
  t.match(await client.push(shot), { status: 202, duplicate: false });
});

t.test('a flood of refusals fills no table', async (t) => {
  const { house, url, secret } = await cameraHouse(t);
  const picture = await jpeg();
  const headers = signedHeaders(secret, picture, {}, { 'x-signature': '00'.repeat(32) });
  for (let i = 0; i < 10; i += 1)
    await Promise.all(Array.from({ length: 20 }, () => post(url, headers, picture)));
  const rows = await refusalsOf(house, 30);
  t.ok(rows.length >= 30 && rows.length < 60, `${rows.length} rows of 200 refusals`);
});

t.test('what is too old to be used or to be asked about is dropped', async (t) => {
  const { house, client } = await cameraHouse(t);
  await client.heartbeat();
  await refusalBook(house)({ code: 'REQUEST_BROKEN', detail: 'x' });
  await forgetSignatures(house.db, house.clock.now(), house.config.clockSkewMs);
  await trimRefusals(house.db, house.clock.now());
  t.equal((await counts(house)).signatures, 1);
  t.equal((await refusalsOf(house, 1)).length, 1);
  house.clock.advance(31 * 86_400_000);
  await forgetSignatures(house.db, house.clock.now(), house.config.clockSkewMs);
  await trimRefusals(house.db, house.clock.now());
  t.equal((await counts(house)).signatures, 0);
  t.equal((await refusalsOf(house, 0)).length, 0);
});

t.test('a push to a wrong address is written down, as a camera of another make sends it', async (t) => {
  const { house, url } = await cameraHouse(t);
  const form = Buffer.from('--b\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--b--\r\n');
  const type = 'multipart/form-data; boundary=b';
  const reply = await post(url, { 'content-type': type }, form, '/NotificationInfo/TollgateInfo?key=secret');
  t.match(reply, { status: 404, body: { error: { code: 'ADDRESS_UNKNOWN', message: /\/v1\/frames/ } } });
  await post(url, { 'content-type': 'application/json' }, Buffer.from('{broken'), '/');
  const rows = await refusalsOf(house, 2);
  t.same(
    rows.map((row) => row.code),
    ['ADDRESS_UNKNOWN', 'ADDRESS_UNKNOWN'],
  );
  const details = rows.map((row) => row.detail).join();
  t.match(details, ' /NotificationInfo/TollgateInfo: ');
  t.notMatch(details, 'secret');
});

t.test('one address cannot take every connection; who is turned away is written down', async (t) => {
  const { house, url, client } = await cameraHouse(t, { limits: { connectionsOfOne: 3, connections: 5 } });
  const sockets: Socket[] = [];
  const hangUp = (): void => sockets.forEach((socket) => void socket.destroy());
  t.teardown(hangUp);
  const call = (localAddress: string): Socket => {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress });
    sockets.push(socket.on('error', () => undefined));
    return socket;
  };
  const connected = (from: string, count: number): Promise<unknown> =>
    Promise.all(Array.from({ length: count }, () => once(call(from), 'connect')));
  await connected('127.0.0.2', 3);
  await once(call('127.0.0.2'), 'close');
  t.match(await refusalsOf(house, 1), [{ code: 'TOO_BUSY', detail: /one address/, remote: '127.0.0.2' }]);
  await connected('127.0.0.3', 2);
  await once(call('127.0.0.4'), 'close');
  t.match(
    (await refusalsOf(house, 2)).find((row) => row.remote === '127.0.0.4'),
    { code: 'TOO_BUSY', detail: /this server/ },
  );
  hangUp();
  const heartbeat = (): Promise<number | undefined> =>
    client.heartbeat().catch(() => new Promise((over) => setTimeout(over, 50)).then(heartbeat));
  t.equal(await heartbeat(), 0, 'what is free again is given');
});

t.test('a metadata part of megabytes is refused unread', async (t) => {
  const { url, secret } = await cameraHouse(t);
  const deep = '['.repeat(1_000_000);
  const body = Buffer.concat([
    Buffer.from(
      `--b\r\nContent-Type: application/json\r\n\r\n${deep}\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n`,
    ),
    await jpeg(),
    Buffer.from('\r\n--b--\r\n'),
  ]);
  const headers = signedHeaders(secret, body, {
    'content-type': 'multipart/form-data; boundary=b',
    'x-captured-at': undefined,
    'x-sequence': undefined,
  });
  t.match(await post(url, headers, body), {
    status: 400,
    body: { error: { code: 'METADATA_INVALID', message: /more than 262144 bytes/, field: 'metadata' } },
  });
});
