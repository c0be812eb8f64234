/** A refusal of the server, as it told it: `{ error: { code, message, field? } }`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

let csrfToken = '';

/** The token that sign-in and `me` answer with; every change must carry it. */
export function rememberCsrf(token: string): void {
  csrfToken = token;
}

/** Calls the JSON API. @throws {ApiError} with the server's code, or `OFFLINE` (status 0) if it did not answer. */
export function call<Answer>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answer> {
  return answered(
    path,
    method === 'GET'
      ? { method }
      : {
          method,
          headers: { 'content-type': 'application/json', 'csrf-token': csrfToken },
          body: JSON.stringify(body ?? {}),
        },
  );
}

/** Sends a form with files. @throws {ApiError} as `call` */
export function sendForm<Answer>(path: string, form: FormData): Promise<Answer> {
  return answered(path, { method: 'POST', headers: { 'csrf-token': csrfToken }, body: form });
}

async function answered<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(path, {
    ...init,
    credentials: 'same-origin',
    headers: { accept: 'application/json', ...init.headers },
  }).catch(() => {
    throw new ApiError(0, 'OFFLINE', 'Không kết nối được máy chủ. / The server cannot be reached.');
  });
  const answer = (await response.json().catch(() => ({}))) as {
    error?: { code: string; message: string; field?: string };
  };
  if (response.ok) return answer as Answer;
  const { code = 'UNKNOWN', message = response.statusText, field } = answer.error ?? {};
  throw new ApiError(response.status, code, message, field);
}
