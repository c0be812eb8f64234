import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Context } from '../../storage/context.js';

/**
 * `/healthz` (the process answers), `/readyz` (it can do its work: the database answers and the blob store can be
 * written), `/metrics` (Prometheus; counts are read from the rows, so every process tells the same).
 */
export function tellHealth(app: FastifyInstance, ctx: Context, name: string): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app: name });
  collectDefaultMetrics({ register: registry });
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  app.get('/readyz', { schema: { hide: true } }, async (_request, reply) => {
    try {
      await sql`select 1`.execute(ctx.db);
      return { status: 'ready' };
    } catch {
      return reply.code(503).send({ status: 'not ready', because: 'database' });
    }
  });
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  return registry;
}
