import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * The text that a camera signs, as the bytes that it sends (every line ends with \n):
 *
 *   PN1
 *   POST
 *   /v1/frames                        path and query as sent
 *   content-type:image/jpeg           the signed headers that the request has,
 *   x-camera:km12-north               names in lower case, sorted, value without spaces at its ends
 *   x-captured-at:2026-11-22T01:02:03.456Z
 *   x-content-sha256:9f86d0…
 *   x-sequence:17
 *   x-timestamp:2026-11-22T01:02:03.900Z
 *
 * X-Signature is the lower-case hex HMAC-SHA256 of it under the camera's secret.
 * The bytes are covered by X-Content-Sha256, so that a stranger is turned away before a byte of the body is read.
 * Absent headers are absent lines: adding, dropping or changing a claim breaks the signature.
 */
export const SIGNED_HEADERS = [
  'content-type',
  'x-camera',
  'x-captured-at',
  'x-claims',
  'x-codes',
  'x-content-sha256',
  'x-lane',
  'x-plate',
  'x-plate-box',
  'x-plate-confidence',
  'x-sequence',
  'x-signal-state',
  'x-speed-box',
  'x-speed-device',
  'x-speed-kmh',
  'x-speed-lane',
  'x-timestamp',
] as const;
export type SignedHeader = (typeof SIGNED_HEADERS)[number];
export type SignedHeaders = Readonly<Partial<Record<SignedHeader, string>>>;

/** The text under the signature. `path` is path and query exactly as on the request line. */
export function textToSign(method: string, path: string, headers: SignedHeaders): string {
  const lines = SIGNED_HEADERS.flatMap((name) => {
    const value = headers[name];
    return value === undefined ? [] : [`${name}:${value.trim()}`];
  });
  return ['PN1', method.toUpperCase(), path, ...lines, ''].join('\n');
}

/**
 * Lower-case hex HMAC-SHA256 of `text`, whose characters are bytes (Latin-1), as Node gives header values.
 * `secret` is the camera's secret as it was printed.
 */
export function sign(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'latin1').digest('hex');
}

/** Compares in constant time. One signature has one spelling, else a replay could hide behind another. */
export function signatureHolds(secret: string, text: string, signature: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(signature)) return false;
  return timingSafeEqual(Buffer.from(signature, 'hex'), Buffer.from(sign(secret, text), 'hex'));
}
