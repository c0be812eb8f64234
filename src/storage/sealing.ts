import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { StorageError } from './errors.js';
import type { Keys } from './keys.js';

const NONCE = 12;
const TAG = 16;

/**
 * AES-256-GCM: nonce (12) ‖ tag (16) ‖ ciphertext. `context` (say `case:<id>`) is bound in as associated data,
 * so that a sealed value copied into another row does not open there.
 */
export function seal(keys: Pick<Keys, 'sealing'>, plain: Uint8Array | string, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', keys.sealing, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain as Uint8Array), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @throws {StorageError} `SEAL_BROKEN` for a wrong key, a wrong context or altered bytes. */
export function unseal(keys: Pick<Keys, 'sealing'>, sealed: Uint8Array, context: string): Buffer {
  const bytes = Buffer.from(sealed);
  try {
    const decipher = createDecipheriv('aes-256-gcm', keys.sealing, bytes.subarray(0, NONCE))
      .setAAD(Buffer.from(context))
      .setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
    return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  } catch (cause) {
    throw new StorageError('SEAL_BROKEN', `sealed value of ${context} does not open`, { cause });
  }
}
