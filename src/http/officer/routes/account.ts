import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { verifyPassword } from '../../../cases/officers.js';
import type { Context } from '../../../storage/context.js';
import { HttpRefusal } from '../../shared/errors.js';
import { officerOf } from '../session.js';

const credentials = z.strictObject({
  username: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});

/** Sign-in, sign-out, who am I. Ten tries a minute and address. */
export async function accountRoutes(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(rateLimit, { global: false });
  app.post(
    '/api/sign-in',
    { schema: { body: credentials }, config: { rateLimit: { max: 10, timeWindow: 60_000 } } },
    async (request, reply) => {
      const { username, password } = request.body as z.infer<typeof credentials>;
      const officer = await verifyPassword(ctx.db, username, password);
      if (officer === null) {
        ctx.log.warn({ username, remote: request.ip }, 'sign-in refused');
        throw new HttpRefusal(
          401,
          'WRONG_CREDENTIALS',
          'Sai tên đăng nhập hoặc mật khẩu. / Wrong user name or password.',
        );
      }
      request.session.set('officerId', officer.id);
      request.session.set('since', ctx.clock.now().getTime());
      return {
        officer: { username: officer.username, name: officer.name, role: officer.role },
        csrf: reply.generateCsrf(),
      };
    },
  );
  app.get('/api/me', async (request, reply) => {
    const officer = await officerOf(ctx, request);
    return { officer, csrf: reply.generateCsrf(), now: ctx.clock.now().toISOString() };
  });
  app.post('/api/sign-out', async (request) => {
    request.session.delete();
    return { signedOut: true };
  });
}
