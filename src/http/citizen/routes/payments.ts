import type { FastifyInstance } from 'fastify';
import QRCode from 'qrcode';
import { z } from 'zod';
import { createPayment } from '../../../payments/create.js';
import type { PaymentGateway } from '../../../payments/gateway.js';
import type { Context } from '../../../storage/context.js';
import { readerOf, visitorOf } from '../access.js';
import { noticeParams, openPayment, paymentState } from '../shapes.js';
import { typed } from '../typed.js';
import { refusal } from '../refusal.js';

const paymentParams = z.object({ id: z.uuid(), payment: z.uuid() });

export function paymentRoutes(app: FastifyInstance, ctx: Context, gateway?: PaymentGateway): void {
  typed(app).post(
    '/v1/notices/:id/payments',
    {
      schema: {
        tags: ['payments'],
        summary: 'Open a payment of what is owed today',
        params: noticeParams,
        response: { 200: openPayment },
      },
    },
    async (request) => {
      const { noticeId } = await visitorOf(ctx, request, request.params.id);
      const made = await createPayment(ctx, noticeId, gateway);
      const { payeeBankBin: bin, payeeAccount: account } = ctx.config.paymentGateway;
      return {
        id: made.id,
        amount: made.amount,
        content: made.content,
        qr: made.qr,
        payee: { bin, account },
        expiresAt: made.expiresAt.toISOString(),
      };
    },
  );

  typed(app).get(
    '/v1/notices/:id/payments/:payment',
    {
      schema: {
        tags: ['payments'],
        summary: 'Has the money come in?',
        params: paymentParams,
        response: { 200: paymentState },
      },
    },
    async (request) => {
      const { noticeId } = await visitorOf(ctx, request, request.params.id);
      const row = await ctx.db
        .selectFrom('payments as p')
        .leftJoin('receipts as r', 'r.payment_id', 'p.id')
        .where('p.id', '=', request.params.payment)
        .where('p.notice_id', '=', noticeId)
        .select(['p.id', 'p.state', 'p.amount', 'p.paid_amount', 'p.paid_at', 'r.number'])
        .executeTakeFirst();
      if (!row) throw refusal(404, 'PAYMENT_NOT_FOUND');
      return {
        id: row.id,
        state: row.state,
        amount: row.amount,
        received: row.paid_amount ?? 0,
        paidAt: row.paid_at?.toISOString() ?? null,
        receipt: row.number,
      };
    },
  );

  for (const type of ['svg', 'png'] as const) {
    typed(app).get(
      `/v1/notices/:id/payments/:payment/qr.${type}`,
      { schema: { tags: ['payments'], summary: 'The VietQR as a picture', params: paymentParams } },
      async (request, reply) => {
        const { noticeId } = await visitorOf(ctx, request, request.params.id);
        const row = await ctx.db
          .selectFrom('payments')
          .select('qr')
          .where('id', '=', request.params.payment)
          .where('notice_id', '=', noticeId)
          .executeTakeFirst();
        if (!row) throw refusal(404, 'PAYMENT_NOT_FOUND');
        reply.header('cache-control', 'private, no-store');
        return type === 'svg'
          ? reply.type('image/svg+xml').send(await QRCode.toString(row.qr, { type: 'svg', margin: 4 }))
          : // Bank apps read a code from the phone's pictures, which must be a bitmap.
            reply.type('image/png').send(await QRCode.toBuffer(row.qr, { margin: 4, scale: 12 }));
      },
    );
  }

  typed(app).get(
    '/v1/notices/:id/receipt.pdf',
    {
      schema: {
        tags: ['payments'],
        summary: 'The last receipt, with every sum; it names the payer',
        params: noticeParams,
      },
    },
    async (request, reply) => {
      const { noticeId } = await readerOf(ctx, request, request.params.id);
      const row = await ctx.db
        .selectFrom('receipts as r')
        .innerJoin('payments as p', 'p.id', 'r.payment_id')
        .where('p.notice_id', '=', noticeId)
        .orderBy('r.issued_at', 'desc')
        .select(['r.number', 'r.pdf_sha256'])
        .executeTakeFirst();
      if (!row) throw refusal(404, 'NO_RECEIPT');
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${row.number.replaceAll('/', '-')}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(await ctx.blobs.get(row.pdf_sha256));
    },
  );
}
