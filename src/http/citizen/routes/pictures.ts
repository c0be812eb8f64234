import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { frameBytes } from '../../../evidence/index.js';
import { noticeBody } from '../../../notices/body.js';
import { blurred, overview, plateCrop, vehicleCrop } from '../../../notices/pictures.js';
import { bystandersIn } from '../../../notices/privacy.js';
import type { Context } from '../../../storage/context.js';
import { visitorOf } from '../access.js';
import { typed } from '../typed.js';
import { refusal } from '../refusal.js';

const params = z.object({ id: z.uuid(), index: z.coerce.number().int().min(0).max(50) });
const query = z.object({
  view: z.enum(['overview', 'vehicle', 'plate']).default('overview'),
  width: z.coerce.number().int().min(160).max(1920).default(1080),
});

export function pictureRoutes(app: FastifyInstance, ctx: Context): void {
  typed(app).get(
    '/v1/notices/:id/pictures/:index',
    {
      // Each is drawn anew, which costs more than any other answer.
      config: { rateLimit: { max: 120, timeWindow: 60_000 } },
      schema: {
        tags: ['notices'],
        summary:
          'An evidence picture; other vehicles’ plates, and other motorcycles with their riders, are made unrecognisable',
        params,
        querystring: query,
      },
    },
    async (request, reply) => {
      const { noticeId } = await visitorOf(ctx, request, request.params.id);
      const { view, width } = request.query;
      const row = await ctx.db
        .selectFrom('notices')
        .select('body')
        .where('id', '=', noticeId)
        .executeTakeFirstOrThrow();
      const of = noticeBody.parse(row.body).evidence[request.params.index];
      const box = view === 'plate' ? of?.plate : of?.vehicle;
      if (!of || (view !== 'overview' && !box)) throw refusal(404, 'NO_SUCH_PICTURE');
      const frame = await blurred(
        await frameBytes(ctx, of),
        await bystandersIn(ctx.db, of.frameId, of.vehicle),
        of.plate,
      );
      const picture =
        view === 'overview' || !box
          ? await overview(frame, of.vehicle, width)
          : await (view === 'plate' ? plateCrop(frame, box, width) : vehicleCrop(frame, box, width));
      return reply.type('image/jpeg').header('cache-control', 'private, max-age=600').send(picture);
    },
  );
}
