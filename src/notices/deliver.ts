import { say } from '../core/messages.js';
import type { CaseState } from '../cases/states.js';
import { transition } from '../cases/transitions.js';
import { appendLeaf } from '../evidence/log.js';
import type { Context } from '../storage/context.js';
import { isWithdrawn } from '../sites/withdrawn.js';
import { enqueue } from '../storage/outbox.js';
import { noticeBody, type NoticeBody } from './body.js';
import type { AccountMessage, DeliveryProof, DigitalAccount } from './digital-account.js';
import { HttpDigitalAccount } from './digital-account-http.js';
import { NoticeError } from './errors.js';
import { accountMessages } from './messages.js';
import { moment } from './vietnamese.js';

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** States in which no officer stands by the violation, so that nobody may be told of it. */
const UNDECIDED: readonly string[] = ['candidate', 'rejected'] satisfies CaseState[];

/** The wait before try `attempts + 1`: doubling from 2 s to 6 h. It never gives up; the console shows what waits and why. */
export function waitAfter(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1));
}

/**
 * Brings a notice to its owner's digital account and keeps the proof; what fails is tried again later.
 * The notice's id is the idempotency key: an answer that was lost is asked for again and never makes a second message.
 * @throws {NoticeError} `NOTICE_NOT_FOUND`
 */
export async function deliverNotice(
  ctx: Context,
  noticeId: string,
  account: DigitalAccount = accountOf(ctx),
): Promise<void> {
  const row = await ctx.db
    .selectFrom('notices as n')
    .innerJoin('deliveries as d', 'd.notice_id', 'n.id')
    .innerJoin('cases as c', 'c.id', 'n.case_id')
    .innerJoin('violations as v', 'v.id', 'n.violation_id')
    .where('n.id', '=', noticeId)
    .select([
      'n.id',
      'n.number',
      'n.body',
      'n.pdf_sha256',
      'd.state',
      'c.digital_account',
      'c.id as case_id',
      'c.state as case_state',
      'v.site_id',
      'v.site_version',
    ])
    .executeTakeFirst();
  if (!row) throw new NoticeError('NOTICE_NOT_FOUND', 'no such notice', { details: { noticeId } });
  if (row.state === 'delivered') return;
  // Voided before it went out: nobody is to be told of a violation that there is not.
  if (row.case_state === 'void') return putOff(ctx, noticeId, 'CASE_VOID', false);
  if (UNDECIDED.includes(row.case_state)) return putOff(ctx, noticeId, 'CASE_NOT_CONFIRMED', false);
  // Its case will be void in a moment, or has to be.
  if (await isWithdrawn(ctx.db, { siteId: row.site_id, version: row.site_version }))
    return putOff(ctx, noticeId, 'SITE_VERSION_WITHDRAWN', false);
  if (row.digital_account === null) return putOff(ctx, noticeId, 'NO_DIGITAL_ACCOUNT', false);

  const body = noticeBody.parse(row.body);
  const message = messageOf(noticeId, row.digital_account, body, await ctx.blobs.get(row.pdf_sha256));
  let proof: DeliveryProof;
  try {
    proof = await account.deliver(message);
  } catch (error) {
    if (!(error instanceof NoticeError)) throw error;
    ctx.log.warn({ noticeId, code: error.code, detail: error.message }, 'notice not delivered yet');
    return putOff(ctx, noticeId, error.code, true);
  }
  await keepProof(ctx, noticeId, row.case_id, proof);
}

/** The proof, the case's new state and the log's leaf stand or fall together. */
async function keepProof(
  ctx: Context,
  noticeId: string,
  caseId: string,
  proof: DeliveryProof,
): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db.transaction().execute(async (tx) => {
    const updated = await tx
      .updateTable('deliveries')
      .set((eb) => ({
        state: 'delivered',
        proof: JSON.stringify(proof),
        delivered_at: new Date(proof.deliveredAt),
        last_error: null,
        attempts: eb('attempts', '+', 1),
      }))
      .where('notice_id', '=', noticeId)
      .where('state', '=', 'pending')
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return;
    await transition(tx, {
      caseId,
      event: 'notify',
      actor: 'system:notices',
      at,
      data: { noticeId, deliveryId: proof.deliveryId, deliveredAt: proof.deliveredAt },
    });
    await appendLeaf(tx, {
      kind: 'delivery',
      subject: noticeId,
      entry: {
        deliveryId: proof.deliveryId,
        deliveredAt: proof.deliveredAt,
        keyId: proof.keyId,
        signature: proof.signature,
      },
      at,
    });
  });
}

async function putOff(ctx: Context, noticeId: string, code: string, again: boolean): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('deliveries')
      .set((eb) => ({ attempts: eb('attempts', '+', 1), last_error: code }))
      .where('notice_id', '=', noticeId)
      .where('state', '=', 'pending')
      .returning('attempts')
      .executeTakeFirst();
    if (!row || !again) return;
    const next = new Date(ctx.clock.now().getTime() + waitAfter(row.attempts));
    await tx
      .updateTable('deliveries')
      .set({ next_attempt_at: next })
      .where('notice_id', '=', noticeId)
      .execute();
    await enqueue(tx, 'deliver', noticeId, next);
  });
}

/** Law's text and a warning against fraud; never a link, an amount or a bank account. */
function messageOf(noticeId: string, account: string, body: NoticeBody, pdf: Buffer): AccountMessage {
  const fill = (language: 'vi' | 'en') => ({
    number: body.number,
    unit: body.unit.name[language],
    plate: body.vehicle.plate,
    behaviour: body.act.behaviour[language],
    time: moment(body.occurredAt),
  });
  const both = (message: { vi: string; en: string }) => ({
    vi: say(message, 'vi', fill('vi')),
    en: say(message, 'en', fill('en')),
  });
  return {
    account,
    noticeId,
    pdf,
    number: body.number,
    issuedAt: body.issuedAt,
    title: both(accountMessages.title),
    summary: both(accountMessages.summary),
  };
}

/** The configured gateway. A house without one cannot reach anybody, and says so on the delivery. */
function accountOf(ctx: Context): DigitalAccount {
  const { url, key, keyIds } = ctx.config.digitalAccount;
  if (url === undefined) {
    return {
      deliver: () => Promise.reject(new NoticeError('ACCOUNT_UNREACHABLE', 'DIGITAL_ACCOUNT_URL is not set')),
    };
  }
  return new HttpDigitalAccount({ url, key, keyIds, clock: ctx.clock });
}
