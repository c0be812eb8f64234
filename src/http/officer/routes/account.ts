import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { verifyPassword } from '../../../cases/officers.js';
import { checkSecondFactor, signOutEverywhere, type FactorCheck } from '../../../cases/second-factor.js';
import { text } from '../../../core/text.js';
import type { Context } from '../../../storage/context.js';
import { callerOf } from '../../shared/caller.js';
import { beginTry } from '../../shared/try-limit.js';
import { triedOfficer } from '../proven.js';
import { begin, mayChange, officerOf } from '../session.js';
import { refusal } from '../refusal.js';

const credentials = z.strictObject({
  username: text().min(1).max(64),
  password: text().min(1).max(256),
  /** One-time code, for officers who have a second factor. */
  code: text().max(12).optional(),
});

/** Wrong tries in a quarter of an hour of one address, beside those of a name. */
const MOST_PER_ADDRESS = 50;

/** Sign-in, sign-out, who am I. */
export async function accountRoutes(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(rateLimit, { global: false, keyGenerator: (request) => callerOf(request.ip) });
  app.post(
    '/api/sign-in',
    { schema: { body: credentials }, config: { rateLimit: { max: 10, timeWindow: 60_000 } } },
    async (request, reply) => {
      const { username, password, code } = request.body as z.infer<typeof credentials>;
      const attempt = await beginTry(ctx, [
        triedOfficer(username),
        { subject: `officer-ip:${callerOf(request.ip)}`, most: MOST_PER_ADDRESS },
      ]);
      if (attempt === null) throw refusal(429, 'TOO_MANY_TRIES');
      const officer = await verifyPassword(ctx.db, username, password);
      const factor: FactorCheck = officer === null ? 'wrong' : await checkSecondFactor(ctx, officer.id, code);
      // Whoever knows the password learns that a code is wanted; nobody else learns anything.
      if (factor === 'missing') {
        await attempt.forgive();
        throw refusal(401, 'CODE_NEEDED', 'code');
      }
      if (officer === null || factor === 'wrong') {
        ctx.log.warn({ remote: request.ip }, 'sign-in refused');
        throw refusal(401, 'WRONG_CREDENTIALS');
      }
      await attempt.forgive();
      begin(ctx, request, officer.id, factor === 'holds');
      return {
        officer: { username: officer.username, name: officer.name, role: officer.role },
        csrf: reply.generateCsrf(),
      };
    },
  );
  app.get('/api/me', async (request, reply) => {
    const officer = await officerOf(ctx, request);
    return {
      officer,
      csrf: reply.generateCsrf(),
      now: ctx.clock.now().toISOString(),
      mayChange: mayChange(ctx, request),
    };
  });
  app.post('/api/sign-out', async (request) => {
    const id = request.session.get('officerId');
    if (id !== undefined) await signOutEverywhere(ctx, id);
    request.session.delete();
    return { signedOut: true };
  });
}
