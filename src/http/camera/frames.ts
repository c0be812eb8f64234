import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { acceptFrame, backlogGauge, IngestError, noteSpoke, spendSignature } from '../../ingest/index.js';
import type { Context } from '../../storage/context.js';
import type { CameraLimits } from './limits.js';
import type { CameraCounters } from './metrics.js';
import {
  accepted,
  frameHeaders,
  frameState,
  heard,
  picture,
  refused,
  signedHeaders,
  time,
} from './schemas.js';
import { checkAnnouncement, proveSender, reserveMemory, senderOf } from './speaking.js';

const EMPTY = Buffer.alloc(0);
const refusals = { '4xx': refused, 503: refused };

/** The routes of the camera API. */
export function cameraRoutes(
  instance: FastifyInstance,
  ctx: Context,
  limits: CameraLimits,
  counters: CameraCounters,
): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const prove = proveSender(ctx);

  app.post(
    '/v1/frames',
    {
      onRequest: [checkAnnouncement(limits, backlogGauge(ctx)), prove, reserveMemory(limits)],
      schema: {
        summary: 'Push one picture',
        description:
          '202 once the picture is durable. Pushing the same picture again, signed anew, answers with the same id.',
        tags: ['frames'],
        consumes: ['image/jpeg', 'multipart/form-data'],
        headers: frameHeaders,
        body: picture,
        response: { 202: accepted, ...refusals },
      },
    },
    async (request, reply) => {
      const { head, adapter, speaker } = senderOf(request);
      const push = adapter.unpack(head, bodyOf(request.body), speaker);
      const frame = await acceptFrame(ctx, push);
      counters.frames.labels(frame.duplicate ? 'duplicate' : 'new').inc();
      return reply.code(202).send(frame);
    },
  );

  app.get(
    '/v1/frames/:id',
    {
      onRequest: prove,
      schema: {
        summary: 'What became of a picture of this camera',
        tags: ['frames'],
        headers: signedHeaders,
        params: z.object({ id: z.string() }),
        response: { 200: frameState, ...refusals },
      },
    },
    async (request) => {
      const { speaker } = senderOf(request);
      await once(ctx, speaker.camera.id, speaker.signature);
      const frame = await frameOf(ctx, speaker.camera.id, request.params.id);
      if (frame === undefined)
        throw new IngestError('FRAME_UNKNOWN', 'this camera has pushed no such frame', { field: 'id' });
      return frame;
    },
  );

  app.post(
    '/v1/heartbeat',
    {
      onRequest: prove,
      schema: {
        summary: 'Say that the camera is alive, each minute',
        tags: ['camera'],
        headers: signedHeaders,
        response: { 200: heard, ...refusals },
      },
    },
    async (request) => {
      const { speaker } = senderOf(request);
      await once(ctx, speaker.camera.id, speaker.signature);
      await noteSpoke(ctx.db, speaker.camera.id, ctx.clock.now(), speaker.clockOffsetMs);
      return { now: ctx.clock.now().toISOString(), clockOffsetMs: speaker.clockOffsetMs };
    },
  );

  app.get(
    '/v1/time',
    {
      schema: {
        summary: 'Our clock, to check the camera against',
        tags: ['camera'],
        response: { 200: time },
      },
    },
    async () => ({ now: ctx.clock.now().toISOString(), allowedSkewMs: ctx.config.clockSkewMs }),
  );
}

const bodyOf = (body: unknown): Buffer => (Buffer.isBuffer(body) ? body : EMPTY);

async function once(ctx: Context, cameraId: string, signature: string | undefined): Promise<void> {
  if (signature !== undefined) await spendSignature(ctx.db, cameraId, signature, ctx.clock.now());
}

async function frameOf(
  ctx: Context,
  cameraId: string,
  id: string,
): Promise<z.infer<typeof frameState> | undefined> {
  if (!z.uuid().safeParse(id).success) return undefined;
  const row = await ctx.db
    .selectFrom('frames')
    .select(['id', 'sequence', 'captured_at', 'received_at', 'sha256', 'state', 'set_aside_reason'])
    .where('id', '=', id)
    .where('camera_id', '=', cameraId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    id: row.id,
    sequence: Number(row.sequence),
    capturedAt: row.captured_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    sha256: row.sha256,
    state: row.state,
    reason: row.set_aside_reason,
  };
}
