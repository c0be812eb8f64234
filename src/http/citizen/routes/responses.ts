import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import sharp from 'sharp';
import { z } from 'zod';
import { RESPONSE_KINDS } from '../../../cases/reasons.js';
import { respond, type Attachment } from '../../../cases/responses.js';
import { text } from '../../../core/text.js';
import type { Context } from '../../../storage/context.js';
import { HttpRefusal } from '../../shared/errors.js';
import { visitorOf } from '../access.js';
import { noticeParams } from '../shapes.js';
import { typed } from '../typed.js';
import { refusal } from '../refusal.js';

const MOST_FILES = 3;
const MOST_BYTES = 5 * 1024 * 1024;
const TYPES: Readonly<Record<string, string>> = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' };
const fields = z.object({ kind: z.enum(RESPONSE_KINDS), text: text().max(4000) });

/** What the field itself has to say, where it has; else what the form asks for. */
function refusedFor(error: z.ZodError): HttpRefusal {
  const [issue] = error.issues;
  const field = String(issue?.path[0] ?? '');
  return issue?.code === 'custom'
    ? new HttpRefusal(400, 'INVALID_REQUEST', issue.message, field)
    : refusal(400, 'INVALID_REQUEST', field);
}

interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Answering a notice: accept, name a driver, sold, stolen, copied plate, dispute; with words and up to three pictures. */
export async function responseRoutes(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { files: MOST_FILES, fileSize: MOST_BYTES, fields: 4, fieldSize: 16_384, parts: 8 },
    });
    typed(scope).post(
      '/v1/notices/:id/responses',
      {
        bodyLimit: MOST_FILES * MOST_BYTES + 65_536,
        config: { rateLimit: { max: 10, timeWindow: 10 * 60_000 } },
        schema: {
          tags: ['responses'],
          summary: 'Answer a notice',
          params: noticeParams,
          consumes: ['multipart/form-data'],
          description:
            'multipart/form-data with `kind`, `text` and up to three files `pictures` (JPEG, PNG, WebP; 5 MB each).',
          response: { 200: z.object({ responseId: z.uuid(), state: z.string() }) },
        },
      },
      async (request) => {
        const visitor = await visitorOf(ctx, request, request.params.id);
        const { values, uploads } = await partsOf(request);
        const parsed = fields.safeParse(values);
        if (!parsed.success) throw refusedFor(parsed.error);
        const attachments = await Promise.all(uploads.map((upload) => keep(ctx, upload)));
        const files = new Map(attachments.map((one, i) => [one.sha256, uploads[i]!.bytes]));
        const { caseId, actor } = visitor;
        return respond(ctx, { caseId, actor, attachments, files, ...parsed.data });
      },
    );
  });
}

async function partsOf(
  request: FastifyRequest,
): Promise<{ values: Record<string, unknown>; uploads: Upload[] }> {
  if (!request.isMultipart()) throw refusal(415, 'NOT_MULTIPART');
  const values: Record<string, unknown> = {};
  const uploads: Upload[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'field') values[part.fieldname] = part.value;
    else uploads.push({ name: part.filename, bytes: await part.toBuffer() });
  }
  return { values, uploads: uploads.filter((u) => u.bytes.length > 0) };
}

/** @throws {HttpRefusal} 400 unless the bytes are a picture, whatever their name says */
async function keep(ctx: Context, upload: Upload): Promise<Attachment> {
  const format = await sharp(upload.bytes, { limitInputPixels: 60_000_000 })
    .metadata()
    .then((m) => m.format)
    .catch(() => undefined);
  const type = TYPES[format ?? ''];
  if (type === undefined) throw refusal(400, 'NOT_A_PICTURE', 'pictures');
  const name = upload.name.replaceAll(/[^\p{L}\p{N}._ -]/gu, '_').slice(-80);
  return { sha256: await ctx.blobs.put(upload.bytes), name, type, bytes: upload.bytes.length };
}
