import { randomUUID } from 'node:crypto';
import { access, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../core/ids.js';
import { StorageError } from './errors.js';

/** Bytes under their SHA-256. Nothing is ever changed or overwritten. */
export interface BlobStore {
  /** Resolves only when the bytes are durable (file and folder fsynced, or the bucket's answer). Returns the SHA-256. */
  put(bytes: Uint8Array): Promise<string>;
  /** @throws {StorageError} `BLOB_MISSING` | `BLOB_CORRUPT` (the bytes no longer have this SHA-256) */
  get(sha256: string): Promise<Buffer>;
  has(sha256: string): Promise<boolean>;
}

/** Blobs in a folder: `ab/cd/abcd…`. */
export function folderBlobs(root: string): BlobStore {
  const folderOf = (name: string): string => join(root, name.slice(0, 2), name.slice(2, 4));
  // Parents need a sync only for the folder that was made in them, which this process has then seen.
  const known = new Set<string>();
  return {
    async put(bytes) {
      const name = sha256(bytes);
      const folder = folderOf(name);
      await mkdir(folder, { recursive: true });
      const temporary = join(folder, `.${randomUUID()}`);
      try {
        await writeSynced(temporary, bytes);
        await link(temporary, join(folder, name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      } finally {
        // Also after a write that failed: on a full disk each retry would else leave a piece behind for ever.
        await unlink(temporary).catch(() => undefined);
      }
      // A name that is not in a synced folder is lost with the power, however well its bytes were synced.
      await syncFolder(folder);
      if (!known.has(folder)) {
        await syncFolder(join(root, name.slice(0, 2)));
        await syncFolder(root);
        known.add(folder);
      }
      return name;
    },
    async get(name) {
      const bytes = await readFile(join(folderOf(name), name)).catch((cause: unknown) => {
        throw new StorageError('BLOB_MISSING', `blob ${name} is missing`, { cause });
      });
      return checked(bytes, name);
    },
    async has(name) {
      return access(join(folderOf(name), name)).then(
        () => true,
        () => false,
      );
    },
  };
}

/** @throws {StorageError} `BLOB_CORRUPT` */
export function checked(bytes: Buffer, name: string): Buffer {
  if (sha256(bytes) !== name) throw new StorageError('BLOB_CORRUPT', `blob ${name} holds other bytes`);
  return bytes;
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
