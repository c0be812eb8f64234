import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StorageError } from './errors.js';

/** The secrets of this house, from files in the data folder (0600) or `KEYS_DIR`. */
export interface Keys {
  /** AES-256-GCM key for owner data and camera secrets. */
  readonly sealing: Buffer;
  /** Cookie encryption key, 32 bytes. */
  readonly session: Buffer;
  /** Ed25519 pair that signs evidence heads and notices; `id` is the first 16 hex digits of the public key's SHA-256. */
  readonly evidence: { readonly id: string; readonly privateKey: KeyObject; readonly publicKey: KeyObject };
}

/**
 * Reads the keys, making those that are not there yet. Several processes may start at once: the first writer wins.
 * @throws {StorageError} `KEYS_UNREADABLE`
 */
export async function loadKeys(folder: string): Promise<Keys> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const sealing = await once(join(folder, 'sealing.key'), () => randomBytes(32));
    const session = await once(join(folder, 'session.key'), () => randomBytes(32));
    const pem = await once(join(folder, 'evidence.pem'), () =>
      Buffer.from(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
    );
    if (sealing.length !== 32 || session.length !== 32) throw new Error('a key file has not 32 bytes');
    const privateKey = createPrivateKey(pem);
    const publicKey = createPublicKey(privateKey);
    return { sealing, session, evidence: { id: keyId(publicKey), privateKey, publicKey } };
  } catch (cause) {
    throw new StorageError('KEYS_UNREADABLE', `keys in ${folder} cannot be read or made`, { cause });
  }
}

/** Names a public key: what is printed on every notice. */
export function keyId(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

async function once(path: string, make: () => Buffer): Promise<Buffer> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      const bytes = make();
      await file.writeFile(bytes);
      await file.sync();
      return bytes;
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  // Another process may have created the file and not yet filled it.
  for (let tries = 0; tries < 50; tries += 1) {
    const bytes = await readFile(path);
    if (bytes.length > 0) return bytes;
    await new Promise((done) => setTimeout(done, 20));
  }
  throw new Error(`${path} stays empty`);
}
