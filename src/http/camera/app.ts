import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import { forgetSignatures, refusalBook, trimRefusals } from '../../ingest/index.js';
import type { Context } from '../../storage/context.js';
import { baseApp } from '../shared/base.js';
import { description } from './docs.js';
import { cameraRoutes } from './frames.js';
import { CAMERA_LIMITS, type CameraLimits } from './limits.js';
import { cameraCounters, type CameraCounters } from './metrics.js';
import { refuse, refuseOnSocket } from './refusing.js';
import { listenToHead } from './speaking.js';
import { boundConnections, refuseUnknownAddresses } from './strangers.js';

const FORGET_EVERY_MS = 60_000;

/** The app that cameras push to. Not listening yet; `close()` stops its timers too. */
export async function buildCameraApp(
  ctx: Context,
  changed: Partial<CameraLimits> = {},
): Promise<FastifyInstance> {
  const limits = { ...CAMERA_LIMITS, ...changed };
  const write = refusalBook(ctx);
  // Made after the app, whose registry they need; the server may speak only later.
  const made: { counters?: CameraCounters } = {};
  const app = await baseApp(ctx, {
    name: 'camera',
    docs: { title: 'Phạt Nguội Edge: cameras', description },
    server: {
      bodyLimit: limits.bodyBytes,
      requestTimeout: limits.requestMs,
      connectionTimeout: 0,
      // A push that is on its way when the server closes is finished; idle connections are not waited for.
      forceCloseConnections: 'idle',
      http: {
        headersTimeout: limits.headersMs,
        requestTimeout: limits.requestMs,
        connectionsCheckingInterval: limits.sweepMs,
      },
      clientErrorHandler(error, socket) {
        if (made.counters !== undefined) refuseOnSocket(write, made.counters)(error, socket);
      },
    },
  });
  const counters = cameraCounters(app.metrics);
  made.counters = counters;
  boundConnections(app, limits, ctx.config.trustProxy !== undefined, write, counters);
  refuseUnknownAddresses(app, write, counters);
  answerExpectations(app);
  // Edge boxes speak plain HTTP behind a gateway or on the camera network: /docs must not be told to upgrade.
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
    strictTransportSecurity: false,
  });
  await app.register(async (api) => {
    api.removeAllContentTypeParsers();
    api.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    api.setErrorHandler(refuse(write, counters));
    api.addHook('onRequest', listenToHead);
    cameraRoutes(api, ctx, limits, counters);
  });
  forgetInTurn(app, ctx);
  return app;
}

/** `Expect: 100-continue` is answered after the head has been judged, so that a refused picture is never sent. */
function answerExpectations(app: FastifyInstance): void {
  app.server.on('checkContinue', (request, response) => app.server.emit('request', request, response));
  app.addHook('preParsing', async (request, reply) => {
    if (/100-continue/i.test(request.headers.expect ?? '')) reply.raw.writeContinue();
  });
}

function forgetInTurn(app: FastifyInstance, ctx: Context): void {
  const timer = setInterval(() => {
    const now = ctx.clock.now();
    Promise.all([forgetSignatures(ctx.db, now, ctx.config.clockSkewMs), trimRefusals(ctx.db, now)]).catch(
      (error: unknown) => ctx.log.warn({ err: error }, 'old signatures and refusals not dropped'),
    );
  }, FORGET_EVERY_MS);
  timer.unref();
  app.addHook('onClose', async () => clearInterval(timer));
}
