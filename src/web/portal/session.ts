import type { SessionAnswer } from '../../http/citizen/shapes.js';
import { call, rememberCsrf } from '../shared/api.js';

/** Asks who I am and keeps the token that every change must carry. */
export async function openSession(): Promise<SessionAnswer> {
  const session = await call<SessionAnswer>('GET', '/v1/session');
  rememberCsrf(session.csrfToken);
  return session;
}
