import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { publicKeyOf } from '../../../evidence/heads.js';
import { proofFor } from '../../../evidence/proofs.js';
import { noticeBody } from '../../../notices/body.js';
import { normaliseCode } from '../../../notices/checking.js';
import { accountOf, standingAt } from '../../../payments/account.js';
import type { Context } from '../../../storage/context.js';
import { sameText } from '../../shared/same-text.js';
import { readerOf, visitorOf } from '../access.js';
import { detailOf } from '../detail.js';
import { beginCode } from '../lookup-limit.js';
import { grantPapers } from '../session.js';
import { noticeDetail, noticeParams, noticeRow } from '../shapes.js';
import { typed } from '../typed.js';
import { refusal } from '../refusal.js';

const codeGiven = z.object({ code: z.string().min(1).max(40) });

export function noticeRoutes(app: FastifyInstance, ctx: Context): void {
  const about = (summary: string) => ({ tags: ['notices'], summary, params: noticeParams });

  typed(app).get(
    '/v1/notices',
    {
      schema: {
        tags: ['notices'],
        summary: 'Notices of the citizen who has signed in',
        response: { 200: z.object({ notices: z.array(noticeRow) }) },
      },
    },
    async (request) => {
      const account = request.session.get('account');
      if (account === undefined) throw refusal(401, 'SIGN_IN');
      return { notices: await noticesOf(ctx, account) };
    },
  );

  typed(app).get(
    '/v1/notices/:id',
    {
      schema: {
        ...about('One notice: what happened, what is owed, what became of it'),
        response: { 200: noticeDetail },
      },
    },
    async (request) => {
      const visitor = await visitorOf(ctx, request, request.params.id);
      if (visitor.as === 'owner') await markRead(ctx, visitor.noticeId);
      return detailOf(ctx, visitor);
    },
  );

  typed(app).post(
    '/v1/notices/:id/code',
    {
      schema: {
        ...about('Give the check code printed on the notice: opens the papers, which name the owner'),
        body: codeGiven,
      },
    },
    async (request, reply) => {
      const { noticeId } = await visitorOf(ctx, request, request.params.id);
      const attempt = await beginCode(ctx, request.ip, noticeId);
      const { verify_code: code } = await ctx.db
        .selectFrom('notices')
        .select('verify_code')
        .where('id', '=', noticeId)
        .executeTakeFirstOrThrow();
      if (!sameText(code, normaliseCode(request.body.code))) throw refusal(403, 'CHECK_CODE_WRONG', 'code');
      await attempt.forgive();
      grantPapers(ctx, request, noticeId);
      return reply.code(204).send();
    },
  );

  typed(app).get(
    '/v1/notices/:id/notice.pdf',
    { schema: about('The notice as it was issued; it names the owner') },
    async (request, reply) => {
      const { noticeId } = await readerOf(ctx, request, request.params.id);
      const row = await ctx.db
        .selectFrom('notices')
        .select(['number', 'pdf_sha256'])
        .where('id', '=', noticeId)
        .executeTakeFirstOrThrow();
      return reply
        .type('application/pdf')
        .header('content-disposition', `inline; filename="${row.number.replaceAll('/', '-')}.pdf"`)
        .header('cache-control', 'private, no-store')
        .send(await ctx.blobs.get(row.pdf_sha256));
    },
  );

  typed(app).get(
    '/v1/notices/:id/proof',
    {
      schema: about(
        'Inclusion proofs of the notice and of its frames in the evidence log, and the public key',
      ),
    },
    async (request) => {
      const { noticeId } = await visitorOf(ctx, request, request.params.id);
      const row = await ctx.db
        .selectFrom('notices')
        .select('body')
        .where('id', '=', noticeId)
        .executeTakeFirstOrThrow();
      const frames = await Promise.all(
        noticeBody.parse(row.body).evidence.map(async ({ frameId, sha256 }) => ({
          frameId,
          sha256,
          proof: await proofFor(ctx.db, 'frame', frameId).catch(() => null),
        })),
      );
      return { notice: await proofFor(ctx.db, 'notice', noticeId), frames, publicKey: publicKeyOf(ctx.keys) };
    },
  );
}

async function noticesOf(ctx: Context, account: string): Promise<z.infer<typeof noticeRow>[]> {
  const rows = await ctx.db
    .selectFrom('notices as n')
    .innerJoin('cases as c', 'c.id', 'n.case_id')
    .where('c.digital_account', '=', account)
    .orderBy('n.issued_at', 'desc')
    .limit(100)
    .select(['n.id', 'n.number', 'n.body', 'c.state'])
    .execute();
  return Promise.all(
    rows.map(async (row) => {
      const body = noticeBody.parse(row.body);
      const { due } = standingAt(await accountOf(ctx.db, row.id), ctx.clock.now());
      return {
        id: row.id,
        number: row.number,
        plate: body.vehicle.plate,
        behaviour: body.act.behaviour,
        occurredAt: body.occurredAt,
        place: body.place.name,
        state: row.state,
        due: row.state === 'void' ? 0 : due,
      };
    }),
  );
}

/** The first time that the owner opens it, beside the gateway's proof: they cannot say later that they never saw it. */
async function markRead(ctx: Context, noticeId: string): Promise<void> {
  await ctx.db
    .updateTable('deliveries')
    .set({ read_at: ctx.clock.now() })
    .where('notice_id', '=', noticeId)
    .where('read_at', 'is', null)
    .execute();
}
