import { hkdfSync } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import secureSession from '@fastify/secure-session';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Context } from '../../storage/context.js';

declare module '@fastify/secure-session' {
  interface SessionData {
    /** Notices that this visitor has looked up by number and plate. */
    notices: string[];
    /** Those of them whose check code, printed on the notice, the visitor has given. */
    papers: string[];
    /** The digital account, after signing in. */
    account: string;
    citizenName: string;
    /** When the session was last used, ms. */
    usedAt: number;
    signIn: { state: string; nonce: string; verifier: string };
  }
}

const IDLE_MS = 30 * 60_000;
const MOST_NOTICES = 20;

/** An encrypted cookie that ends after half an hour without use; every change needs the CSRF token of `/v1/session`. */
export async function registerCitizenSessions(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(cookie);
  await app.register(secureSession, {
    // A cookie of the officers' app must mean nothing here.
    key: Buffer.from(hkdfSync('sha256', ctx.keys.session, '', 'citizen-session', 32)),
    cookieName: 'citizen',
    cookie: {
      path: '/',
      httpOnly: true,
      // Lax, not strict: the identity provider's redirect back must bring the cookie.
      sameSite: 'lax',
      secure: ctx.config.publicUrls.citizen.startsWith('https:'),
      maxAge: IDLE_MS / 1000,
    },
  });
  await app.register(csrf, { sessionPlugin: '@fastify/secure-session' });
  app.addHook('onRequest', async (request) => {
    const now = ctx.clock.now().getTime();
    const used = request.session.get('usedAt');
    if (used !== undefined && now - used > IDLE_MS) request.session.regenerate();
    else if (used !== undefined && now - used > 60_000) request.session.set('usedAt', now);
  });
}

/** Remembers that the visitor has shown number and plate of a notice. */
export const grantNotice = (ctx: Context, request: FastifyRequest, noticeId: string): void =>
  remember(ctx, request, 'notices', noticeId);

/** Remembers that the visitor has given the check code of a notice. */
export const grantPapers = (ctx: Context, request: FastifyRequest, noticeId: string): void =>
  remember(ctx, request, 'papers', noticeId);

function remember(ctx: Context, request: FastifyRequest, list: 'notices' | 'papers', noticeId: string): void {
  const before = request.session.get(list) ?? [];
  request.session.set(list, [noticeId, ...before.filter((id) => id !== noticeId)].slice(0, MOST_NOTICES));
  request.session.set('usedAt', ctx.clock.now().getTime());
}
