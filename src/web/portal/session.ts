import type { SessionAnswer } from '../../http/citizen/shapes.js';
import { ApiError, call, rememberCsrf } from '../shared/api.js';

let token = '';

/** Asks who I am and keeps the token that every change must carry. */
export async function openSession(): Promise<SessionAnswer> {
  const session = await call<SessionAnswer>('GET', '/v1/session');
  token = session.csrfToken;
  rememberCsrf(token);
  return session;
}

/** Sends a form with files. @throws {ApiError} like `call` */
export async function sendForm<Answer>(path: string, form: FormData): Promise<Answer> {
  const response = await fetch(path, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'csrf-token': token },
    body: form,
  }).catch(() => {
    throw new ApiError(0, 'OFFLINE', '');
  });
  const answer = (await response.json().catch(() => ({}))) as {
    error?: { code: string; message: string; field?: string };
  };
  if (response.ok) return answer as Answer;
  throw new ApiError(
    response.status,
    answer.error?.code ?? 'UNKNOWN',
    answer.error?.message ?? '',
    answer.error?.field,
  );
}
