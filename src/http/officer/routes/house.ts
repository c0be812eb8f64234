import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import { cameraHealth } from '../../../ingest/index.js';
import type { Context } from '../../../storage/context.js';
import { houseStatus } from '../../../storage/status.js';
import { officerOf } from '../session.js';

/** How the house is: counts, cameras, what was refused or set aside, and the queue board for the operator. */
export async function houseRoutes(
  app: FastifyInstance,
  ctx: Context,
  queues: readonly Queue[],
): Promise<void> {
  app.get('/api/status', async (request) => {
    await officerOf(ctx, request);
    return houseStatus(ctx.db);
  });
  app.get('/api/cameras', async (request) => {
    await officerOf(ctx, request);
    return { cameras: await cameraHealth(ctx.db, ctx.clock.now()) };
  });
  app.get('/api/refusals', async (request) => {
    await officerOf(ctx, request, 'operator');
    const refusals = await ctx.db
      .selectFrom('refusals')
      .select(['id', 'at', 'camera_id', 'code', 'detail', 'remote'])
      .orderBy('at', 'desc')
      .limit(200)
      .execute();
    const setAside = await ctx.db
      .selectFrom('set_aside')
      .selectAll()
      .orderBy('at', 'desc')
      .limit(200)
      .execute();
    return { refusals, setAside };
  });
  const board = new FastifyAdapter();
  createBullBoard({ queues: queues.map((queue) => new BullMQAdapter(queue)), serverAdapter: board });
  board.setBasePath('/board');
  // Its own handler tells the caller what went wrong inside; thrown on, an error is answered as everywhere in the app.
  board.setErrorHandler((error) => {
    throw error;
  });
  await app.register(async (guarded) => {
    guarded.addHook('onRequest', async (request) => {
      await officerOf(ctx, request, 'operator');
    });
    await guarded.register(board.registerPlugin(), { prefix: '/board' });
  });
}
