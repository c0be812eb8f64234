import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { IngestError } from '../../ingest/index.js';
import { callerOf } from '../shared/caller.js';
import type { CameraLimits } from './limits.js';
import type { CameraCounters } from './metrics.js';
import { refuse, type Write } from './refusing.js';
import { listenToHead } from './speaking.js';

/**
 * A camera that is told a wrong address pushes there for ever, and whoever set it up sees nothing come: its pushes are
 * refusals like others.
 */
export function refuseUnknownAddresses(app: FastifyInstance, write: Write, counters: CameraCounters): void {
  const answer = refuse(write, counters);
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404 || !['POST', 'PUT'].includes(request.method)) return;
    await listenToHead(request);
    const path = request.url.split('?')[0]!.slice(0, 100);
    const error = new IngestError('ADDRESS_UNKNOWN', `nothing is at ${path}: pictures go to /v1/frames`);
    return answer(error, request, reply);
  });
}

/** Bounds how many are connected, in all and from one address; who is turned away is counted and written down. */
export function boundConnections(
  app: FastifyInstance,
  limits: CameraLimits,
  behindProxy: boolean,
  write: Write,
  counters: CameraCounters,
): void {
  const turnedAway = (remote: string | undefined, detail: string): void => {
    counters.refusals.labels('TOO_BUSY').inc();
    void write({ code: 'TOO_BUSY', detail, remote });
  };
  app.server.maxConnections = limits.connections;
  app.server.on('drop', (dropped) =>
    turnedAway(dropped?.remoteAddress, 'more connections than this server takes'),
  );
  if (behindProxy) return;
  const open = new Map<string, number>();
  app.server.on('connection', (socket: Socket) => {
    const caller = callerOf(socket.remoteAddress ?? '');
    const before = open.get(caller) ?? 0;
    if (before >= limits.connectionsOfOne) {
      turnedAway(socket.remoteAddress, 'more connections than one address may have');
      socket.destroy();
      return;
    }
    open.set(caller, before + 1);
    socket.once('close', () => {
      const left = (open.get(caller) ?? 1) - 1;
      if (left > 0) open.set(caller, left);
      else open.delete(caller);
    });
  });
}
