import type { Dossier } from '../../cases/dossier.js';
import { openCase } from '../../cases/open-case.js';
import { rejectReasons } from '../../cases/reasons.js';
import type { Message } from '../../core/messages.js';
import { normaliseNumber } from '../../notices/number.js';
import type { Context } from '../../storage/context.js';
import { obstacleMessages } from './messages.js';
import type { SignedIn } from './session.js';
import { refusal } from './refusal.js';

export interface OpenedCase {
  readonly dossier: Dossier;
  /** Sent back with the decision, for review times. */
  readonly openedAt: string;
  /** What stops a confirmation, in words. */
  readonly obstacles: readonly Message[];
  readonly rejectReasons: readonly { readonly code: string; readonly text: Message }[];
}

/** One case as the console opens it. @throws {CaseError} `CASE_NOT_FOUND` */
export async function openedCase(ctx: Context, caseId: string, officer: SignedIn): Promise<OpenedCase> {
  const dossier = await openCase(ctx, caseId, officer);
  return {
    dossier,
    openedAt: ctx.clock.now().toISOString(),
    obstacles: dossier.obstacles.map((code) => obstacleMessages[code] ?? { vi: code, en: code }),
    rejectReasons: Object.entries(rejectReasons).map(([code, text]) => ({ code, text })),
  };
}

/** The case of a notice, by its number however it is typed. @throws {HttpRefusal} 404 */
export async function caseOfNotice(ctx: Context, typed: string): Promise<string> {
  const number = normaliseNumber(typed);
  const row =
    number === null
      ? undefined
      : await ctx.db.selectFrom('notices').select('case_id').where('number', '=', number).executeTakeFirst();
  if (row === undefined) throw refusal(404, 'NOTICE_NOT_FOUND');
  return row.case_id;
}
