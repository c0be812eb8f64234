import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Line {
  readonly url: string;
  /** What is connected now carries nothing any more and is never hung up, as after a failover; who calls anew gets through. */
  fallSilent(): void;
}

/** A TCP line to the server of `url`. */
export async function lineTo(t: { teardown(fn: () => void): void }, url: string): Promise<Line> {
  const there = new URL(url);
  const open = new Set<Socket>();
  let silent = new WeakSet<Socket>();
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect(Number(there.port), there.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('data', (bytes) => !silent.has(near) && to.write(bytes));
      from.on('error', () => undefined);
      from.on('close', () => {
        open.delete(from);
        if (!silent.has(near)) to.destroy();
      });
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.teardown(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const here = new URL(url);
  here.hostname = '127.0.0.1';
  here.port = String((server.address() as AddressInfo).port);
  return { url: here.href, fallSilent: () => void (silent = new WeakSet(open)) };
}
