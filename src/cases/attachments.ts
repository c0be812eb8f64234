import { recordLookup } from '../registry/index.js';
import type { Context } from '../storage/context.js';
import { CaseError } from './errors.js';
import { responsesOf } from './history.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { readCase } from './record.js';

/**
 * Opens a file that the owner sent with a response to a named officer. People send contracts, licences and medical
 * papers: like the owner's name it is put on record before it is opened.
 * @throws {CaseError} `NOT_ALLOWED`, `CASE_NOT_FOUND`, `FILE_NOT_FOUND`
 */
export async function openAttachment(
  ctx: Context,
  asked: { readonly caseId: string; readonly officer: Officer; readonly sha256: string },
): Promise<{ readonly bytes: Buffer; readonly type: string }> {
  const { caseId, officer, sha256 } = asked;
  assertMayDecide(officer);
  const record = await readCase(ctx.db, caseId);
  const files = (await responsesOf(ctx.db, caseId)).flatMap((response) => response.attachments);
  const file = files.find((one) => one.sha256 === sha256);
  if (file === undefined) throw new CaseError('FILE_NOT_FOUND', 'the case has no such file');
  await recordLookup(ctx, {
    kind: 'owner-shown',
    plate: record.plateText ?? '',
    instant: record.occurredAt,
    inquiry: { actor: actorOf(officer), purpose: 'read-attachment', caseId },
    outcome: sha256,
  });
  return { bytes: await ctx.blobs.get(sha256), type: file.type };
}
