import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { latestHead, publicKeyOf, recentHeads } from '../../../evidence/heads.js';
import { consistencyProof } from '../../../evidence/proofs.js';
import type { Context } from '../../../storage/context.js';
import { typed } from '../typed.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const head = z.object({
  size: z.int(),
  root: hash,
  at: z.string(),
  keyId: z.string(),
  signature: z.string(),
});
const publicKey = z.object({
  keyId: z.string(),
  algorithm: z.literal('Ed25519'),
  pem: z.string(),
  sha256: hash,
});
const size = z.coerce.number().int().min(0);

/** The evidence log as anyone may watch it: its signed heads and the proof that it only grew. `phat-nguoi witness` keeps them. */
export function logRoutes(app: FastifyInstance, ctx: Context): void {
  const config = { rateLimit: { max: 60, timeWindow: 60_000 } };
  const tags = ['log'];

  typed(app).get(
    '/v1/log',
    {
      config,
      schema: {
        tags,
        summary: 'The newest signed head of the evidence log (null in its first minute), and the public key',
        response: { 200: z.object({ head: head.nullable(), publicKey }) },
      },
    },
    async () => ({ head: (await latestHead(ctx.db)) ?? null, publicKey: publicKeyOf(ctx.keys) }),
  );

  typed(app).get(
    '/v1/log/heads',
    {
      config,
      schema: {
        tags,
        summary: 'The newest signed heads, newest first',
        querystring: z.object({ limit: z.coerce.number().int().min(1).max(1440).default(60) }),
        response: { 200: z.object({ heads: z.array(head) }) },
      },
    },
    async (request) => ({ heads: await recentHeads(ctx.db, request.query.limit) }),
  );

  typed(app).get(
    '/v1/log/consistency',
    {
      config,
      schema: {
        tags,
        summary:
          'Hashes that show that the log of `size` leaves begins with that of `first` (RFC 6962, 2.1.2)',
        querystring: z.object({ first: size, size }),
        response: { 200: z.object({ path: z.array(hash) }) },
      },
    },
    async (request) => ({ path: await consistencyProof(ctx.db, request.query.first, request.query.size) }),
  );
}
