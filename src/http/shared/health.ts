import { sql } from 'kysely';
import fp from 'fastify-plugin';
import type { Context } from '../../storage/context.js';

/** `/healthz`: the process answers. `/readyz`: the database answers within 2 s, so requests may be sent here. */
export const health = (ctx: Pick<Context, 'db' | 'log'>) =>
  fp(async (app) => {
    app.get('/healthz', { schema: { hide: true }, logLevel: 'warn' }, async () => ({ ok: true }));
    app.get('/readyz', { schema: { hide: true }, logLevel: 'warn' }, async (_request, reply) => {
      try {
        await within(2000, sql`select 1`.execute(ctx.db));
        return { ready: true };
      } catch (error) {
        ctx.log.warn({ err: error }, 'not ready');
        return reply.code(503).send({ ready: false });
      }
    });
  });

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
