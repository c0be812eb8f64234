import csrf from '@fastify/csrf-protection';
import cookie from '@fastify/cookie';
import secureSession from '@fastify/secure-session';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { officerById, type Officer, type OfficerRole } from '../../cases/officers.js';
import type { Context } from '../../storage/context.js';
import { refusal } from './refusal.js';

/** Who is signed in. The cookie holds only the id and when; the rest is read anew, so that who was dismissed or has signed out is out at once. */
export type SignedIn = Officer;

declare module '@fastify/secure-session' {
  interface SessionData {
    officerId: string;
    since: number;
    /** Signed in with a second factor. */
    factor: boolean;
  }
}

/** A shift; afterwards one signs in again. */
const SHIFT_MS = 12 * 3600_000;

/** Encrypted cookie, same site only; every change needs the CSRF token that `/api/me` gives. */
export async function registerSessions(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(cookie);
  await app.register(secureSession, {
    key: ctx.keys.session,
    cookieName: 'officer',
    cookie: {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: ctx.config.publicUrls.officer.startsWith('https:'),
      maxAge: SHIFT_MS / 1000,
    },
  });
  await app.register(csrf, { sessionPlugin: '@fastify/secure-session' });
}

/** Begins a session of an officer. A new one: whatever somebody planted in the browser before is worth nothing. */
export function begin(ctx: Context, request: FastifyRequest, officerId: string, factor: boolean): void {
  request.session.regenerate();
  request.session.set('officerId', officerId);
  request.session.set('since', ctx.clock.now().getTime());
  request.session.set('factor', factor);
}

/** Whether this session may change anything: with `OFFICER_SECOND_FACTOR=required` only one that has shown a code. */
export const mayChange = (ctx: Context, request: FastifyRequest): boolean =>
  ctx.config.officerSecondFactor === 'optional' || request.session.get('factor') === true;

/** @throws {HttpRefusal} 401 without a session, 403 without one of the roles */
export async function officerOf(
  ctx: Context,
  request: FastifyRequest,
  ...roles: readonly OfficerRole[]
): Promise<SignedIn> {
  const id = request.session.get('officerId');
  const since = request.session.get('since') ?? 0;
  if (id === undefined || ctx.clock.now().getTime() - since > SHIFT_MS) {
    throw refusal(401, 'SIGN_IN');
  }
  const officer = await officerById(ctx.db, id, new Date(since));
  if (officer === null) throw refusal(401, 'SIGN_IN');
  if (roles.length > 0 && !roles.includes(officer.role)) {
    throw refusal(403, 'NOT_ALLOWED');
  }
  return officer;
}
