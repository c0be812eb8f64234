import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { answerResponse, voidCase } from '../../../cases/answers.js';
import { openAttachment } from '../../../cases/attachments.js';
import { clearHold, stateColour } from '../../../cases/clear.js';
import { confirmCase, rejectCase, type Decided } from '../../../cases/decide.js';
import { candidateQueue, QUEUE_FILTERS } from '../../../cases/queue.js';
import { OWNER_PURPOSES, showOwner } from '../../../cases/owner.js';
import { REJECT_REASONS } from '../../../cases/reasons.js';
import { undoDecision } from '../../../cases/undo.js';
import { text } from '../../../core/text.js';
import { HOLD_CODES } from '../../../registry/holds.js';
import { registeredColour } from '../../../registry/records.js';
import type { Context } from '../../../storage/context.js';
import { caseOfNotice, openedCase } from '../opened-case.js';
import { officerOf } from '../session.js';

const caseId = z.strictObject({ caseId: z.uuid() });
const version = z.int().positive();
const openedAt = z.iso.datetime().transform((text) => new Date(text));
const queueQuery = z.strictObject({
  filter: z.enum(QUEUE_FILTERS).default('ready'),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
const noticeQuery = z.strictObject({ number: text().min(1).max(40) });
const attachment = z.strictObject({ caseId: z.uuid(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const bodies = {
  confirm: z.strictObject({ version, openedAt }),
  reject: z.strictObject({
    version,
    openedAt,
    reason: z.enum(REJECT_REASONS),
    note: text().max(500).default(''),
  }),
  clear: z.strictObject({ version, code: z.enum(HOLD_CODES), reason: text().min(5).max(500) }),
  colour: z.strictObject({ version, colour: registeredColour }),
  owner: z.strictObject({ purpose: z.enum(OWNER_PURPOSES) }),
  answer: z.strictObject({
    version,
    outcome: z.enum(['uphold', 'void']),
    answer: text().min(10).max(4000),
  }),
  void: z.strictObject({ version, reason: text().min(10).max(4000) }),
};
type Body<Name extends keyof typeof bodies> = z.infer<(typeof bodies)[Name]>;

/** The queue, one case, and what an officer may do with it. The rooms check who may; a route only says who asks. */
export function caseRoutes(app: FastifyInstance, ctx: Context): void {
  const idOf = (request: FastifyRequest): string => (request.params as z.infer<typeof caseId>).caseId;

  app.get('/api/queue', { schema: { querystring: queueQuery } }, async (request) => {
    const officer = await officerOf(ctx, request);
    const asked = request.query as z.infer<typeof queueQuery>;
    return candidateQueue(ctx.db, { ...asked, now: ctx.clock.now(), officerId: officer.id });
  });
  app.get('/api/notices', { schema: { querystring: noticeQuery } }, async (request) => {
    await officerOf(ctx, request);
    return { caseId: await caseOfNotice(ctx, (request.query as z.infer<typeof noticeQuery>).number) };
  });
  app.get('/api/cases/:caseId', { schema: { params: caseId } }, async (request) => {
    return openedCase(ctx, idOf(request), await officerOf(ctx, request));
  });
  app.get(
    '/api/cases/:caseId/attachments/:sha256',
    { schema: { params: attachment } },
    async (request, reply) => {
      const officer = await officerOf(ctx, request);
      const { sha256 } = request.params as z.infer<typeof attachment>;
      const { bytes, type } = await openAttachment(ctx, { caseId: idOf(request), officer, sha256 });
      return reply
        .type(type)
        .header('content-disposition', 'inline')
        .header('cache-control', 'private, no-store')
        .send(bytes);
    },
  );
  app.post(
    '/api/cases/:caseId/confirm',
    { schema: { params: caseId, body: bodies.confirm } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      return outcome(
        await confirmCase(ctx, { caseId: idOf(request), officer, ...(request.body as Body<'confirm'>) }),
      );
    },
  );
  app.post(
    '/api/cases/:caseId/reject',
    { schema: { params: caseId, body: bodies.reject } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      return outcome(
        await rejectCase(ctx, { caseId: idOf(request), officer, ...(request.body as Body<'reject'>) }),
      );
    },
  );
  app.post('/api/cases/:caseId/undo', { schema: { params: caseId } }, async (request) => {
    return undoDecision(ctx, { caseId: idOf(request), officer: await officerOf(ctx, request) });
  });
  app.post(
    '/api/cases/:caseId/clear-hold',
    { schema: { params: caseId, body: bodies.clear } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      return clearHold(ctx, { caseId: idOf(request), officer, ...(request.body as Body<'clear'>) });
    },
  );
  app.post(
    '/api/cases/:caseId/plate-colour',
    { schema: { params: caseId, body: bodies.colour } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      return stateColour(ctx, { caseId: idOf(request), officer, ...(request.body as Body<'colour'>) });
    },
  );
  app.post(
    '/api/cases/:caseId/owner',
    { schema: { params: caseId, body: bodies.owner } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      const { purpose } = request.body as Body<'owner'>;
      const owner = await showOwner(ctx, { caseId: idOf(request), officer, purpose });
      const { name, id, address, digitalAccount } = owner;
      return { name, id, address, digitalAccount };
    },
  );
  app.post(
    '/api/cases/:caseId/answer',
    { schema: { params: caseId, body: bodies.answer } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      return answerResponse(ctx, { caseId: idOf(request), officer, ...(request.body as Body<'answer'>) });
    },
  );
  app.post('/api/cases/:caseId/void', { schema: { params: caseId, body: bodies.void } }, async (request) => {
    const officer = await officerOf(ctx, request);
    return voidCase(ctx, { caseId: idOf(request), officer, ...(request.body as Body<'void'>) });
  });
}

function outcome(decided: Decided): {
  outcome: 'decided' | 'second-review';
  undoUntil?: string;
  version: number;
} {
  return {
    outcome: decided.waitsForSecond ? 'second-review' : 'decided',
    version: decided.version,
    ...(decided.undoUntil === null ? {} : { undoUntil: decided.undoUntil.toISOString() }),
  };
}
