import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { sha256 } from '../../src/core/ids.js';
import { s3Blobs } from '../../src/storage/blobs-s3.js';

t.test('an object is removed by the bucket’s yes alone, and again without harm', async (t) => {
  const objects = new Map<string, Buffer>();
  let status = 204;
  const server = createServer((request, response) => {
    const key = request.url ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'PUT') objects.set(key, Buffer.concat(chunks));
      if (request.method === 'DELETE' && status === 204) objects.delete(key);
      const there = /^\/evidence\/?$/.test(key) || objects.has(key);
      response.writeHead(request.method === 'DELETE' ? status : there ? 200 : 404);
      response.end(request.method === 'GET' ? objects.get(key) : undefined);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.teardown(() => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))));
  const { port } = server.address() as AddressInfo;
  const blobs = s3Blobs({
    endpoint: `http://127.0.0.1:${port}/evidence`,
    region: 'auto',
    accessKey: 'a',
    secretKey: 's',
  });
  const name = await blobs.put(Buffer.from('a picture of nobody'));
  for (status of [403, 503]) {
    await t.rejects(blobs.remove(name), { code: 'BLOB_UNAVAILABLE' }, `${status}`);
    t.ok(await blobs.has(name));
  }
  status = 204;
  await blobs.remove(name);
  t.notOk(await blobs.has(name));
  await t.rejects(blobs.get(name), { code: 'BLOB_MISSING' });
  await blobs.remove(name);
});

t.test('only a bucket that answers can say that a blob is gone', async (t) => {
  const known = Buffer.from('a picture');
  const status = { bucket: 200, object: 404 };
  const server = createServer((request, response) => {
    const ofBucket = /^\/evidence\/?$/.test(request.url ?? '');
    const has = (request.url ?? '').endsWith(sha256(known)) && status.object === 404;
    response.writeHead(ofBucket ? status.bucket : has ? 200 : status.object);
    response.end(has && request.method === 'GET' ? known : undefined);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  let open = true;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  t.teardown(() => (open ? close() : Promise.resolve()));
  const blobs = s3Blobs({
    endpoint: `http://127.0.0.1:${port}/evidence`,
    region: 'auto',
    accessKey: 'a',
    secretKey: 's',
  });
  const gone = sha256(Buffer.from('gone'));
  t.same(await blobs.get(sha256(known)), known);
  await t.rejects(blobs.get(gone), { code: 'BLOB_MISSING' });
  status.bucket = 404;
  // A bucket that is not there has lost nothing.
  await t.rejects(blobs.get(gone), { code: 'BLOB_UNAVAILABLE' });
  status.bucket = 200;
  status.object = 503;
  await t.rejects(blobs.get(gone), { code: 'BLOB_UNAVAILABLE' });
  await close();
  open = false;
  await t.rejects(blobs.get(gone), { code: 'BLOB_UNAVAILABLE' });
});
