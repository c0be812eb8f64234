import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/**
 * How we and the gateways sign what we say to each other:
 *   x-timestamp: seconds since 1970
 *   x-signature: hex HMAC-SHA256(key, `${timestamp}\n${METHOD}\n${path}\n${hex SHA-256 of the body}`)
 * A receiver refuses a timestamp further than five minutes from its clock.
 */
export const SIGNATURE_WINDOW_S = 300;

export interface SignedHeaders {
  readonly 'x-timestamp': string;
  readonly 'x-signature': string;
}

export function signMessage(
  key: string,
  at: Date,
  method: string,
  path: string,
  body: string | Uint8Array,
): SignedHeaders {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  return { 'x-timestamp': timestamp, 'x-signature': digest(key, timestamp, method, path, body) };
}

/** True only for our key, these exact bytes, and a fresh timestamp. */
export function messageIsSigned(
  key: string,
  now: Date,
  method: string,
  path: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): boolean {
  const timestamp = headers['x-timestamp'];
  const signature = headers['x-signature'];
  if (typeof timestamp !== 'string' || typeof signature !== 'string') return false;
  if (!/^\d{1,12}$/.test(timestamp) || !/^[0-9a-f]{64}$/.test(signature)) return false;
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > SIGNATURE_WINDOW_S) return false;
  const expected = Buffer.from(digest(key, timestamp, method, path, body), 'hex');
  return timingSafeEqual(expected, Buffer.from(signature, 'hex'));
}

function digest(
  key: string,
  timestamp: string,
  method: string,
  path: string,
  body: string | Uint8Array,
): string {
  const bodyHash = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', key)
    .update(`${timestamp}\n${method.toUpperCase()}\n${path}\n${bodyHash}`)
    .digest('hex');
}
