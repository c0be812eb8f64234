import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Context } from '../../../storage/context.js';
import { cropOf, framePicture, thumbnailOf, type Crop } from '../pictures.js';
import { officerOf } from '../session.js';

const frameOfCase = z.strictObject({ caseId: z.uuid(), frameId: z.uuid() });
const cropQuery = z.strictObject({
  box: z
    .string()
    .regex(/^-?[\d.]+(,-?[\d.]+){3}$/, 'x0,y0,x1,y1')
    .transform((text) => text.split(',').map(Number) as unknown as Crop),
  pad: z.coerce.number().min(0).max(2).default(0.1),
  width: z.coerce.number().int().min(16).max(1600).default(480),
});

/** A case's frames: as pushed, small for the strip, and parts of them. Stored bytes never change, so they may be cached. */
export function pictureRoutes(app: FastifyInstance, ctx: Context): void {
  const cached = 'private, max-age=3600, immutable';
  app.get(
    '/api/cases/:caseId/frames/:frameId',
    { schema: { params: frameOfCase } },
    async (request, reply) => {
      await officerOf(ctx, request);
      const { caseId, frameId } = request.params as z.infer<typeof frameOfCase>;
      const { bytes, sha256 } = await framePicture(ctx, caseId, frameId);
      return reply
        .type('image/jpeg')
        .header('cache-control', cached)
        .header('etag', `"${sha256}"`)
        .send(bytes);
    },
  );
  app.get(
    '/api/cases/:caseId/frames/:frameId/thumbnail',
    { schema: { params: frameOfCase } },
    async (request, reply) => {
      await officerOf(ctx, request);
      const { caseId, frameId } = request.params as z.infer<typeof frameOfCase>;
      const { bytes } = await framePicture(ctx, caseId, frameId);
      return reply
        .type('image/jpeg')
        .header('cache-control', cached)
        .send(await thumbnailOf(bytes, 160));
    },
  );
  app.get(
    '/api/cases/:caseId/frames/:frameId/crop',
    { schema: { params: frameOfCase, querystring: cropQuery } },
    async (request, reply) => {
      await officerOf(ctx, request);
      const { caseId, frameId } = request.params as z.infer<typeof frameOfCase>;
      const { box, pad, width } = request.query as z.infer<typeof cropQuery>;
      const { bytes } = await framePicture(ctx, caseId, frameId);
      return reply
        .type('image/jpeg')
        .header('cache-control', cached)
        .send(await cropOf(bytes, box, pad, width));
    },
  );
}
