import { createServer, type AddressInfo } from 'node:net';
import t from 'tap';
import { serverAnswers } from '../../src/storage/embedded-postgres.js';

/** Message of the Postgres protocol: its letter, its length, its bytes. */
function message(letter: string, body: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, Buffer.from(body, 'latin1')]);
}
const RECOVERING = message('E', 'SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0');
const SERVES = Buffer.concat([message('R', '\0\0\0\0'), message('Z', 'I')]);

/** Speaks as a Postgres that takes `ms` to read its log, or says nothing at all. */
async function recovering(
  t: { teardown(fn: () => void): void },
  ms: number,
  says = RECOVERING,
): Promise<string> {
  const from = Date.now();
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => (Date.now() - from < ms ? socket.end(says) : socket.write(SERVES)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.teardown(() => void server.close());
  return `postgres://house:x@127.0.0.1:${(server.address() as AddressInfo).port}/postgres`;
}

t.test('a Postgres that recovers is waited for, however long it takes', async (t) => {
  const never = new Promise<void>(() => undefined);
  t.equal(await serverAnswers(await recovering(t, 1500), never, 300), true);
  t.equal(await serverAnswers(await recovering(t, Infinity, Buffer.alloc(0)), never, 300), false);
  t.equal(await serverAnswers(await recovering(t, Infinity), Promise.resolve(), 300), false);
});
