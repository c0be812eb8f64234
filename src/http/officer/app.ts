import { fileURLToPath } from 'node:url';
import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { Queue } from 'bullmq';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../../storage/context.js';
import { baseApp } from '../shared/base.js';
import { accountRoutes } from './routes/account.js';
import { caseRoutes } from './routes/cases.js';
import { houseRoutes } from './routes/house.js';
import { penaltyRoutes } from './routes/penalty.js';
import { pictureRoutes } from './routes/pictures.js';
import { mayChange, registerSessions } from './session.js';
import { statusOf } from './status-of.js';
import { refusal } from './refusal.js';

const WEB = fileURLToPath(new URL('../../web/dist/', import.meta.url));

/** The officers' app. `queues` are shown on the operator's board. Not listening yet. */
export async function buildOfficerApp(
  ctx: Context,
  options: { queues?: readonly Queue[]; web?: string } = {},
): Promise<FastifyInstance> {
  const app = await baseApp(ctx, { name: 'officer', statusOf, server: { bodyLimit: 64 * 1024 } });
  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        // The service is reached over plain HTTP on loopback and behind a TLS proxy elsewhere.
        upgradeInsecureRequests: null,
      },
    },
  });
  await registerSessions(app, ctx);
  app.addHook('preHandler', (request, reply, done) => {
    const path = request.url.split('?')[0] ?? '';
    // Signing in has no session to ride on; everything else that changes something needs the token.
    const safe = request.method === 'GET' || request.method === 'HEAD' || path === '/api/sign-in';
    if (safe) return done();
    if (path !== '/api/sign-out' && !mayChange(ctx, request)) return done(refusal(403, 'SECOND_FACTOR'));
    // The board of the queues brings no token; its cookie is same-site only.
    if (path.startsWith('/board/')) return done();
    app.csrfProtection(request, reply, done);
  });
  await accountRoutes(app, ctx);
  caseRoutes(app, ctx);
  penaltyRoutes(app, ctx);
  pictureRoutes(app, ctx);
  await houseRoutes(app, ctx, options.queues ?? []);
  await app.register(fastifyStatic, { root: options.web ?? WEB, serve: true, wildcard: true, index: false });
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/console/'));
  app.get('/console/', { schema: { hide: true } }, async (_request, reply) =>
    reply.sendFile('console/index.html'),
  );
  return app;
}
