import { S3mini } from 's3mini';
import type { Config } from '../core/config.js';
import { sha256 } from '../core/ids.js';
import { checked, type BlobStore } from './blobs.js';
import { StorageError } from './errors.js';

/** A bucket that says nothing is away. Under the bound of the database, whose transaction waits meanwhile. */
const SILENCE_MS = 60_000;

/** Blobs in an S3 bucket; the endpoint names the bucket. An answered put is durable by the protocol's word. */
export function s3Blobs(s3: NonNullable<Config['s3']>): BlobStore {
  const bucket = new S3mini({
    endpoint: s3.endpoint,
    region: s3.region,
    accessKeyId: s3.accessKey,
    secretAccessKey: s3.secretKey,
    requestAbortTimeout: SILENCE_MS,
  });
  const keyOf = (name: string): string => `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`;
  const unavailable = (cause: unknown): never => {
    throw new StorageError('BLOB_UNAVAILABLE', 'the bucket did not answer as it should', { cause });
  };
  return {
    async put(bytes) {
      const name = sha256(bytes);
      await bucket.putObject(keyOf(name), Buffer.from(bytes)).catch(unavailable);
      return name;
    },
    async get(name) {
      const bytes = await bucket.getObjectArrayBuffer(keyOf(name)).catch(unavailable);
      if (bytes === null || bytes === undefined) {
        // A wrong endpoint or a bucket that is gone answers 404 for every blob: that says nothing of this one.
        if (!(await bucket.bucketExists().catch(unavailable))) return unavailable('the bucket is not there');
        throw new StorageError('BLOB_MISSING', `blob ${name} is missing`);
      }
      return checked(Buffer.from(bytes), name);
    },
    async has(name) {
      return (await bucket.objectExists(keyOf(name)).catch(unavailable)) === true;
    },
    async remove(name) {
      // S3 answers alike whether the object was there or not; anything but its yes is tried again.
      if (!(await bucket.deleteObject(keyOf(name)).catch(unavailable))) unavailable('not removed');
    },
  };
}
