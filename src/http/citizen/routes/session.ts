import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { text } from '../../../core/text.js';
import { normaliseNumber } from '../../../notices/number.js';
import { normalise } from '../../../plates/index.js';
import type { Context } from '../../../storage/context.js';
import { sameText } from '../../shared/same-text.js';
import { notFound } from '../access.js';
import { beginLookup } from '../lookup-limit.js';
import { grantNotice } from '../session.js';
import { sessionAnswer } from '../shapes.js';
import { typed } from '../typed.js';

const asked = z.object({ number: text().min(1).max(40), plate: text().min(1).max(20) });

export function sessionRoutes(app: FastifyInstance, ctx: Context): void {
  typed(app).get(
    '/v1/session',
    {
      schema: {
        tags: ['session'],
        summary: 'Who I am, and the token that every change must carry',
        response: { 200: sessionAnswer },
      },
    },
    async (request, reply) => {
      const account = request.session.get('account');
      return {
        csrfToken: reply.generateCsrf(),
        citizen:
          account === undefined ? null : { name: request.session.get('citizenName') ?? account, account },
        notices: request.session.get('notices') ?? [],
        signIn: ctx.config.oidc.issuer !== undefined,
      };
    },
  );

  typed(app).post(
    '/v1/lookup',
    {
      schema: {
        tags: ['session'],
        summary: 'Look a notice up by number and plate',
        body: asked,
        response: { 200: z.object({ id: z.uuid() }) },
      },
    },
    async (request) => {
      const number = normaliseNumber(request.body.number) ?? request.body.number.trim().toUpperCase();
      const plate = normalise(request.body.plate);
      const attempt = await beginLookup(ctx, request.ip, number, plate);
      const row = await ctx.db
        .selectFrom('notices as n')
        .innerJoin('cases as c', 'c.id', 'n.case_id')
        .where('n.number', '=', number)
        .select(['n.id', 'c.plate_text'])
        .executeTakeFirst();
      // The same work and the same answer for a number that is not there and for a plate that is not its own.
      if (!sameText(row?.plate_text ?? '', plate) || !row) throw notFound();
      await attempt.forgive();
      grantNotice(ctx, request, row.id);
      return { id: row.id };
    },
  );

  typed(app).post(
    '/v1/sign-out',
    { schema: { tags: ['session'], summary: 'Forget me' } },
    async (request, reply) => {
      request.session.delete();
      return reply.code(204).send();
    },
  );
}
