import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { correctDecision } from '../../../cases/penalty-correct.js';
import { recordDecision, recordReceipt } from '../../../cases/penalty.js';
import { text } from '../../../core/text.js';
import type { Context } from '../../../storage/context.js';
import { assertProven } from '../proven.js';
import { officerOf } from '../session.js';

const caseId = z.strictObject({ caseId: z.uuid() });
const version = z.int().positive();
const day = z.iso.date();
const circumstance = text().max(1000).nullable().default(null);
const decision = {
  version,
  number: text().max(60),
  /** Whole đồng. */
  amount: z.int(),
  signerName: text().max(100),
  signerRank: text().max(40),
  mitigating: circumstance,
  aggravating: circumstance,
  issuedOn: day,
};
const bodies = {
  decision: z.strictObject({ ...decision, receivedOn: day.nullable().default(null) }),
  correction: z.strictObject({
    ...decision,
    reason: text().max(1000),
    /** Of the officer who is signed in: a correction is not made by whoever sits down at an open console. */
    password: text().min(1).max(256),
  }),
  receipt: z.strictObject({ version, receivedOn: day }),
};

/** The penalty decision of a case, made and signed in the agency's own system, its correction, and when the owner received it. */
export function penaltyRoutes(app: FastifyInstance, ctx: Context): void {
  const idOf = (request: FastifyRequest): string => (request.params as z.infer<typeof caseId>).caseId;

  app.post(
    '/api/cases/:caseId/penalty',
    { schema: { params: caseId, body: bodies.decision } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      const { version, ...decision } = request.body as z.infer<typeof bodies.decision>;
      return recordDecision(ctx, { caseId: idOf(request), officer, version, decision });
    },
  );
  app.post(
    '/api/cases/:caseId/penalty-correction',
    { schema: { params: caseId, body: bodies.correction } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      const { version, reason, password, ...decision } = request.body as z.infer<typeof bodies.correction>;
      await assertProven(ctx, officer.username, password);
      return correctDecision(ctx, {
        caseId: idOf(request),
        officer,
        version,
        reason,
        decision: { ...decision, receivedOn: null },
      });
    },
  );
  app.post(
    '/api/cases/:caseId/penalty-receipt',
    { schema: { params: caseId, body: bodies.receipt } },
    async (request) => {
      const officer = await officerOf(ctx, request);
      const { version, receivedOn } = request.body as z.infer<typeof bodies.receipt>;
      return recordReceipt(ctx, { caseId: idOf(request), officer, version, receivedOn });
    },
  );
}
