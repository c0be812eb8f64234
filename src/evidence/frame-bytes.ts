import { both } from '../core/messages.js';
import type { Context, Db } from '../storage/context.js';
import { EvidenceError } from './errors.js';
import { evidenceMessages } from './messages.js';

/**
 * The bytes of a frame as they were pushed. What was let go is not shown, even while its bytes are there yet.
 * @throws {EvidenceError} `FRAME_LET_GO`
 * @throws {StorageError} as `BlobStore.get`
 */
export async function frameBytes(
  ctx: Pick<Context, 'db' | 'blobs'>,
  frame: { readonly frameId: string; readonly sha256: string },
): Promise<Buffer> {
  await assertKept(ctx.db, frame.frameId);
  try {
    return await ctx.blobs.get(frame.sha256);
  } catch (error) {
    // It may have been let go this moment.
    await assertKept(ctx.db, frame.frameId);
    throw error;
  }
}

async function assertKept(db: Db, frameId: string): Promise<void> {
  const row = await db.selectFrom('frames').select('let_go_at').where('id', '=', frameId).executeTakeFirst();
  if (row === undefined || row.let_go_at === null) return;
  throw new EvidenceError('FRAME_LET_GO', both(evidenceMessages.letGo), {
    details: { frameId, at: row.let_go_at.toISOString() },
  });
}
