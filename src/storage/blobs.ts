import { randomUUID } from 'node:crypto';
import { access, link, mkdir, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../core/ids.js';
import { StorageError } from './errors.js';

/** Bytes under their SHA-256. Nothing is ever changed or overwritten; what the policy lets go is removed. */
export interface BlobStore {
  /**
   * Resolves only when the bytes are durable (file and folder fsynced, or the bucket's answer). Returns the SHA-256.
   * @throws {StorageError} `BLOB_UNAVAILABLE`
   */
  put(bytes: Uint8Array): Promise<string>;
  /**
   * @throws {StorageError} `BLOB_MISSING` (the store answers and has it not) | `BLOB_UNAVAILABLE` (the store is away)
   * | `BLOB_CORRUPT` (the bytes no longer have this SHA-256)
   */
  get(sha256: string): Promise<Buffer>;
  /** @throws {StorageError} `BLOB_UNAVAILABLE` */
  has(sha256: string): Promise<boolean>;
  /**
   * Takes the bytes out; resolves when they are gone for good, or were not there. For `removeBytes` alone, which knows that
   * nothing names them any more.
   * @throws {StorageError} `BLOB_UNAVAILABLE`
   */
  remove(sha256: string): Promise<void>;
}

/** Blobs in a folder: `ab/cd/abcd…`. They show plates and faces: no other user of the machine may read them. */
export function folderBlobs(root: string): BlobStore {
  const folderOf = (name: string): string => join(root, name.slice(0, 2), name.slice(2, 4));
  // Parents need a sync only for the folder that was made in them, which this process has then seen.
  const known = new Set<string>();
  const write = async (name: string, bytes: Uint8Array): Promise<void> => {
    const folder = folderOf(name);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `.${randomUUID()}`);
    try {
      await writeSynced(temporary, bytes);
      await link(temporary, join(folder, name));
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
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
  };
  /** Only a folder that is there can tell that a file is not: a disk that is not mounted has none. */
  const isGone = async (error: unknown): Promise<boolean> =>
    codeOf(error) === 'ENOENT' &&
    access(root).then(
      () => true,
      () => false,
    );
  return {
    async put(bytes) {
      const name = sha256(bytes);
      await write(name, bytes).catch(unavailable);
      return name;
    },
    async get(name) {
      const bytes = await readFile(join(folderOf(name), name)).catch(async (cause: unknown) => {
        if (!(await isGone(cause))) return unavailable(cause);
        throw new StorageError('BLOB_MISSING', `blob ${name} is missing`, { cause });
      });
      return checked(bytes, name);
    },
    async has(name) {
      return access(join(folderOf(name), name)).then(
        () => true,
        async (cause: unknown) => ((await isGone(cause)) ? false : unavailable(cause)),
      );
    },
    async remove(name) {
      // The name comes from a row: an altered one must not lead out of the store.
      if (!SHA256.test(name)) return;
      // The folder stays, since other processes know it as synced.
      const folder = folderOf(name);
      await unlink(join(folder, name))
        // Without the sync a power cut brings the file back, with nothing left that says it should go.
        .then(() => syncFolder(folder))
        .catch(async (cause: unknown) => ((await isGone(cause)) ? undefined : unavailable(cause)));
    },
  };
}

const SHA256 = /^[0-9a-f]{64}$/;
const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

function unavailable(cause: unknown): never {
  throw new StorageError('BLOB_UNAVAILABLE', 'the blob folder cannot be read or written', { cause });
}

/** @throws {StorageError} `BLOB_CORRUPT` */
export function checked(bytes: Buffer, name: string): Buffer {
  if (sha256(bytes) !== name) throw new StorageError('BLOB_CORRUPT', `blob ${name} holds other bytes`);
  return bytes;
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
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
