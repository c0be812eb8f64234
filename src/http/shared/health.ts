import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Context } from '../../storage/context.js';
import { sendError } from './errors.js';
import { pulseGauges } from './pulse-gauges.js';

/** Always the same bytes, so that asking a thousand times keeps one small file. */
const PROBE = Buffer.from('phat-nguoi readiness probe\n');
const PROBE_EVERY_MS = 5_000;

/**
 * `/healthz` (the process answers), `/readyz` (it can do its work: the database answers and the blob store takes bytes),
 * `/metrics` (Prometheus; counts are read from the rows, so every process tells the same). Metrics are for the inside:
 * whatever a reverse proxy passes on is answered as if they were not there.
 */
export function tellHealth(app: FastifyInstance, ctx: Context, name: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app: name });
  collectDefaultMetrics({ register: registry });
  pulseGauges(registry, ctx);
  const takesBytes = blobProbe(ctx);
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    const because = (await answers(ctx)) ? ((await takesBytes()) ? undefined : 'blobs') : 'database';
    return because === undefined
      ? { status: 'ready' }
      : reply.code(503).send({ status: 'not ready', because });
  });
  app.get('/metrics', { schema: { hide: true } }, async (request, reply) =>
    isPassedOn(request)
      ? sendError(reply, 404, 'NOT_FOUND', 'There is nothing at this address.')
      : reply.type(registry.contentType).send(await registry.metrics()),
  );
  return registry;
}

const answers = (ctx: Pick<Context, 'db'>): Promise<boolean> =>
  sql`select 1`.execute(ctx.db).then(
    () => true,
    () => false,
  );

/** A full or broken disk is known before a camera meets it. One write serves five seconds of questions. */
function blobProbe(ctx: Pick<Context, 'blobs'>): () => Promise<boolean> {
  let askedAt = -Infinity;
  let asked: Promise<boolean> | undefined;
  return () => {
    if (asked === undefined || performance.now() - askedAt > PROBE_EVERY_MS) {
      askedAt = performance.now();
      asked = ctx.blobs.put(PROBE).then(
        () => true,
        () => false,
      );
    }
    return asked;
  };
}

const isPassedOn = ({ headers }: FastifyRequest): boolean =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
