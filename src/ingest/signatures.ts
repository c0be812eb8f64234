import type { Db } from '../storage/context.js';
import { IngestError } from './errors.js';

/**
 * Uses a signature up. In the transaction of what it asks for, so that a request that failed may be sent again as it is.
 * @throws {IngestError} `REPLAYED`
 */
export async function spendSignature(db: Db, cameraId: string, signature: string, at: Date): Promise<void> {
  const fresh = await db
    .insertInto('seen_signatures')
    .values({ camera_id: cameraId, signature, at })
    .onConflict((conflict) => conflict.columns(['camera_id', 'signature']).doNothing())
    .returning('signature')
    .executeTakeFirst();
  if (fresh === undefined) {
    throw new IngestError('REPLAYED', 'this signed request was used before: sign it anew', {
      field: 'X-Signature',
    });
  }
}

/** Drops signatures whose timestamp can no longer be within the clock bound, seen from the instant they came. */
export async function forgetSignatures(db: Db, now: Date, clockSkewMs: number): Promise<void> {
  await db
    .deleteFrom('seen_signatures')
    .where('at', '<', new Date(now.getTime() - 2 * clockSkewMs - 1000))
    .execute();
}
