import { newId } from '../core/ids.js';
import type { Context, Db } from '../storage/context.js';
import { keepBytes } from '../storage/kept-bytes.js';
import { enqueue } from '../storage/outbox.js';
import { answerAlarms } from './alarms.js';
import { CaseError } from './errors.js';
import { appendEvent } from './events.js';
import { RESPONSE_KINDS, type ResponseKind } from './reasons.js';
import type { CaseState } from './states.js';
import { transition } from './transitions.js';

/** A file that an owner sent along; its bytes are in the blob store under their hash. */
export interface Attachment {
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

export interface Response {
  readonly caseId: string;
  readonly kind: ResponseKind;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Their bytes by SHA-256, which are held while the answer is written: a frame's could be let go at this moment. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
  /** `citizen:owner`, `citizen:<notice number>` */
  readonly actor: string;
}

/**
 * What an owner answers to a notice. Every kind but `accept` contests it: the case goes back to the officers, and a
 * payment stays possible. Answers to a case that is disputed already are added to it, and its version rises: an officer
 * who has it open may not answer what they have not seen.
 * @throws {CaseError} `CASE_NOT_FOUND`, `ILLEGAL_TRANSITION` where there is no notice to answer, `REASON_REQUIRED` for a
 * dispute without words, `TOO_MANY_RESPONSES`
 */
export async function respond(
  ctx: Context,
  response: Response,
): Promise<{ responseId: string; state: CaseState }> {
  const { caseId, kind, actor } = response;
  const text = response.text.trim();
  if (!RESPONSE_KINDS.includes(kind) || (kind !== 'accept' && text === '')) {
    throw new CaseError('REASON_REQUIRED', 'an answer that contests says why');
  }
  return ctx.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('cases')
      .select(['state', 'version'])
      .where('id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new CaseError('CASE_NOT_FOUND', `no case ${caseId}`);
    const at = ctx.clock.now();
    const responseId = newId(at.getTime());
    const data = { responseId, response: kind };
    const stays = kind === 'accept' || row.state === 'disputed';
    if (stays && !['notified', 'disputed', 'paid', 'closed'].includes(row.state)) {
      throw new CaseError('ILLEGAL_TRANSITION', `a case that is ${row.state} has no notice to answer`);
    }
    await assertFew(trx, caseId);
    if (stays) {
      await appendEvent(trx, { caseId, kind: 'respond', actor, at, data });
      await trx
        .updateTable('cases')
        .set({ version: row.version + 1, updated_at: at })
        .where('id', '=', caseId)
        .execute();
    }
    const state = stays
      ? (row.state as CaseState)
      : (await transition(trx, { caseId, event: 'dispute', actor, at, data })).to;
    if (!stays) await enqueue(trx, 'remind', caseId, answerAlarms(at)[0]!.at);
    for (const [name, bytes] of response.files ?? []) await keepBytes(trx, ctx.blobs, name, bytes);
    await trx
      .insertInto('responses')
      .values({
        id: responseId,
        case_id: caseId,
        kind,
        text,
        attachments: JSON.stringify(response.attachments),
        at,
        // Accepting needs no answer.
        answered_at: kind === 'accept' ? at : null,
        outcome: kind === 'accept' ? 'accepted' : null,
      })
      .execute();
    return { responseId, state };
  });
}

/** Nobody has this much to say, and each answer may bring pictures. */
const MOST_RESPONSES = 20;

async function assertFew(trx: Db, caseId: string): Promise<void> {
  const { n } = await trx
    .selectFrom('responses')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  if (Number(n) >= MOST_RESPONSES)
    throw new CaseError('TOO_MANY_RESPONSES', `a notice is answered at most ${MOST_RESPONSES} times`);
}
