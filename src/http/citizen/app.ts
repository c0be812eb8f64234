import { fileURLToPath } from 'node:url';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { PaymentGateway } from '../../payments/gateway.js';
import type { Context } from '../../storage/context.js';
import { baseApp } from '../shared/base.js';
import { callerOf } from '../shared/caller.js';
import { logRoutes } from './routes/log.js';
import { noticeRoutes } from './routes/notices.js';
import { paymentRoutes } from './routes/payments.js';
import { pictureRoutes } from './routes/pictures.js';
import { responseRoutes } from './routes/responses.js';
import { sessionRoutes } from './routes/session.js';
import { signInRoutes } from './routes/sign-in.js';
import { verifyRoutes } from './routes/verify.js';
import { WEBHOOK, webhookRoutes } from './routes/webhook.js';
import { registerCitizenSessions } from './session.js';
import { statusOf } from './status-of.js';
import { refusal } from './refusal.js';

const WEB = fileURLToPath(new URL('../../web/dist/', import.meta.url));
/** Looking up has a limit of its own, and shows nothing to whoever only rides on a cookie. */
const WITHOUT_TOKEN = new Set([WEBHOOK, '/v1/lookup']);

/** The citizens' app: portal, API, webhook. Not listening yet. */
export async function buildCitizenApp(
  ctx: Context,
  options: { gateway?: PaymentGateway; web?: string } = {},
): Promise<FastifyInstance> {
  const app = await baseApp(ctx, {
    name: 'citizen',
    statusOf,
    server: { bodyLimit: 64 * 1024 },
    docs: {
      title: 'Phạt Nguội Edge: citizens',
      description:
        'Look a notice up, see its evidence, answer it, pay it, check a paper. Changes need the `csrf-token` header with the token of `/v1/session`.',
    },
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        // Plain HTTP on loopback; behind a TLS proxy elsewhere.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: ctx.config.publicUrls.citizen.startsWith('https:'),
  });
  await app.register(compress, { encodings: ['br', 'gzip'], threshold: 1024 });
  await app.register(rateLimit, {
    global: true,
    max: 600,
    timeWindow: 60_000,
    keyGenerator: (request) => callerOf(request.ip),
    allowList: (request) => request.url === WEBHOOK,
    errorResponseBuilder: () => refusal(429, 'TOO_MANY_REQUESTS'),
  });
  await registerCitizenSessions(app, ctx);
  app.addHook('preHandler', (request, reply, done) => {
    const safe =
      request.method === 'GET' ||
      request.method === 'HEAD' ||
      WITHOUT_TOKEN.has(request.url.split('?')[0] ?? '');
    if (safe) done();
    else app.csrfProtection(request, reply, done);
  });
  sessionRoutes(app, ctx);
  signInRoutes(app, ctx);
  noticeRoutes(app, ctx);
  pictureRoutes(app, ctx);
  paymentRoutes(app, ctx, options.gateway);
  await responseRoutes(app, ctx);
  verifyRoutes(app, ctx);
  logRoutes(app, ctx);
  await webhookRoutes(app, ctx);
  await app.register(fastifyStatic, { root: options.web ?? WEB, serve: true, wildcard: true, index: false });
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/portal/', 303));
  app.get('/portal/', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'no-cache').sendFile('portal/index.html'),
  );
  return app;
}
