import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * One-time codes of RFC 6238 as every authenticator app makes them: HMAC-SHA-1, six digits, a new one each 30 seconds.
 */
const STEP_S = 30;
const DIGITS = 6;
/** Steps before and after now that are taken as well: people type slowly, and phones' clocks are off. */
const AROUND = 1;

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_S);

export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac[mac.length - 1]! & 0x0f;
  const number = mac.readUInt32BE(at) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step whose code was typed, after `usedStep` and not far from now; null for a wrong, old or used code. */
export function stepOf(secret: Uint8Array, typed: string, now: Date, usedStep: number): number | null {
  const code = typed.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(code)) return null;
  const here = stepAt(now);
  for (let step = here - AROUND; step <= here + AROUND; step += 1) {
    if (step > usedStep && timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) return step;
  }
  return null;
}

/** The address that an authenticator app reads as a QR. */
export function enrolmentUri(secret: Uint8Array, username: string): string {
  const issuer = 'Phat Nguoi Edge';
  const query = new URLSearchParams({ secret: base32(secret), issuer });
  // URLSearchParams writes a space as "+", which some apps show as it is.
  return `otpauth://totp/${encodeURIComponent(`${issuer}:${username}`)}?${query.toString().replaceAll('+', '%20')}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[parseInt(five.padEnd(5, '0'), 2)]).join('');
}
