import type { Message } from '../core/messages.js';
import { recordLookup, unsealOwner, type OwnerRecord } from '../registry/index.js';
import type { Context } from '../storage/context.js';
import { CaseError } from './errors.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { readCase } from './record.js';

/** What an officer may want an owner's name for. */
export const ownerPurposes = {
  'decide-case': { vi: 'Xem xét vụ việc', en: 'To decide the case' },
  'answer-owner': { vi: 'Trả lời chủ xe', en: 'To answer the owner' },
  'mend-delivery': { vi: 'Khắc phục việc gửi thông báo', en: 'To mend a delivery' },
} as const satisfies Record<string, Message>;
export type OwnerPurpose = keyof typeof ownerPurposes;
export const OWNER_PURPOSES = Object.keys(ownerPurposes) as [OwnerPurpose, ...OwnerPurpose[]];

/**
 * Shows the owner of one case to a named officer for a purpose; put on record before it is opened.
 * There is no search by name and no list.
 * @throws {CaseError} `NOT_ALLOWED`, `CASE_NOT_FOUND`, `OWNER_UNKNOWN`
 */
export async function showOwner(
  ctx: Context,
  asked: { readonly caseId: string; readonly officer: Officer; readonly purpose: OwnerPurpose },
): Promise<OwnerRecord> {
  assertMayDecide(asked.officer);
  const record = await readCase(ctx.db, asked.caseId);
  if (record.ownerSealed === null) throw new CaseError('OWNER_UNKNOWN', 'no owner is kept for this case');
  await recordLookup(ctx, {
    kind: 'owner-shown',
    plate: record.plateText ?? '',
    instant: record.occurredAt,
    inquiry: { actor: actorOf(asked.officer), purpose: asked.purpose, caseId: asked.caseId },
    outcome: 'shown',
  });
  return unsealOwner(ctx.keys, asked.caseId, record.ownerSealed);
}
