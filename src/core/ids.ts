import { randomBytes, randomInt, createHash } from 'node:crypto';

/** UUIDv7 (RFC 9562): sorts by time of creation, so that indexes stay compact. */
export function newId(at: number = Date.now()): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(at, 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A UUID that depends on its name alone: the same act, notice or payment gets the same id however often it is made. */
export function idOf(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(parts.join('\u001f')).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.subarray(0, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

// No 0/O, 1/I/L: people type these codes from paper.
const READABLE = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A code of `length` characters that can be read aloud, from a cryptographic source (about 4.95 bits a character). */
export function readableCode(length: number): string {
  return Array.from({ length }, () => READABLE[randomInt(READABLE.length)]).join('');
}

/** SHA-256 as lower-case hex, the name under which bytes are kept. */
export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What an id looks like; Postgres and JavaScript read the pattern alike. */
export const ID_PATTERN = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const id = new RegExp(ID_PATTERN);
export const isId = (text: string): boolean => id.test(text);
