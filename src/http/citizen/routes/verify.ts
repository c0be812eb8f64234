import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { text } from '../../../core/text.js';
import { publicKeyOf } from '../../../evidence/heads.js';
import { verifyNotice } from '../../../notices/checking.js';
import { verifyReceipt } from '../../../payments/checking.js';
import type { Context } from '../../../storage/context.js';
import { checked, type Checked } from '../shapes.js';
import { typed } from '../typed.js';
import { refusal } from '../refusal.js';

const params = z.object({ code: text().min(8).max(32) });

/** Anyone may check a paper by the code on it; the answer holds nobody's name. */
export function verifyRoutes(app: FastifyInstance, ctx: Context): void {
  typed(app).get(
    '/v1/verify/:code',
    {
      config: { rateLimit: { max: 30, timeWindow: 60_000 } },
      schema: {
        tags: ['verify'],
        summary: 'Is this notice or receipt genuine?',
        params,
        response: { 200: checked },
      },
    },
    async (request): Promise<Checked> => {
      const { code } = request.params;
      const notice = await verifyNotice(ctx, code);
      if (notice) {
        const { fine, signatureHolds, ...rest } = notice;
        return { ...rest, amount: fine, genuine: signatureHolds };
      }
      const receipt = await verifyReceipt(ctx, code);
      if (!receipt) throw refusal(404, 'CODE_UNKNOWN');
      const { body } = receipt;
      const key = publicKeyOf(ctx.keys);
      return {
        kind: 'receipt',
        number: receipt.number,
        issuedAt: receipt.issuedAt,
        unit: body.unit,
        plate: body.vehicle.plate,
        behaviour: body.act.behaviour,
        occurredAt: body.occurredAt,
        place: body.place.name,
        amount: receipt.amount,
        genuine: receipt.stands,
        statement: null,
        signature: null,
        publicKeySha256: key.sha256,
        publicKeyPem: key.pem,
      };
    },
  );
  // The address printed under the QR: short, and outside the page's own routes.
  app.get<{ Params: { code: string } }>('/verify/:code', { schema: { hide: true } }, async (request, reply) =>
    reply.redirect(`/portal/#/verify/${encodeURIComponent(request.params.code)}`, 303),
  );
}
