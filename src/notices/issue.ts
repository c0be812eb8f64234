import { idOf, newId, readableCode } from '../core/ids.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { isWithdrawn } from '../sites/withdrawn.js';
import { seal } from '../storage/sealing.js';
import { publicKeyOf } from '../evidence/heads.js';
import { frameBytes } from '../evidence/frame-bytes.js';
import { appendLeaf } from '../evidence/log.js';
import { noticeBody, type NoticeBody } from './body.js';
import { composeBody } from './compose.js';
import { NoticeError } from './errors.js';
import { bestFirst } from './evidence-order.js';
import { gatherFacts, type NoticeFacts } from './facts.js';
import type { PrintedPicture } from './form/evidence-page.js';
import { printNotice } from './form/notice-form.js';
import { nextNoticeNumber } from './number.js';
import { blurred, overview, plateCrop } from './pictures.js';
import { bystandersIn } from './privacy.js';
import { noticeStatement, signStatement } from './statement.js';
import { yearInVietnam } from './vietnamese.js';

export interface IssuedNotice {
  readonly id: string;
  readonly number: string;
}

const KIND = 'notice';

/**
 * Makes the one notice of a confirmed case: number, body, signature, PDF, and the delivery to come, in one transaction.
 * Asked again, or by many at once, it gives the notice that is there.
 * @throws {NoticeError} `CASE_NOT_FOUND` | `CASE_NOT_CONFIRMED` | `CONFIRMATION_MISSING` | `OWNER_MISSING` | `SITE_VERSION_WITHDRAWN` | …
 */
export async function issueNotice(ctx: Context, caseId: string): Promise<IssuedNotice> {
  let made = await noticeOf(ctx.db, caseId);
  while (made === undefined) {
    const facts = await gatherFacts(ctx.db, ctx.keys, caseId);
    // Decoding takes longest and needs no lock.
    const pictures = await printedPictures(ctx, facts);
    made = await ctx.db.transaction().execute(async (tx) => {
      const version = await lockConfirmed(tx, caseId);
      const there = await noticeOf(tx, caseId);
      if (there) return there;
      if (await isWithdrawn(tx, facts.site)) {
        throw new NoticeError('SITE_VERSION_WITHDRAWN', 'the version of the site was withdrawn', {
          details: { caseId },
        });
      }
      // Taken back and confirmed anew meanwhile, it may be another owner's: the facts are gathered again.
      return version === facts.caseVersion ? write(ctx, tx, facts, pictures) : undefined;
    });
  }
  return made;
}

async function write(
  ctx: Context,
  tx: Db,
  facts: NoticeFacts,
  pictures: readonly PrintedPicture[],
): Promise<IssuedNotice> {
  const issuedAt = ctx.clock.now();
  const id = idOf(KIND, facts.violationId);
  const code = grouped(readableCode(12));
  const body = noticeBody.parse(
    composeBody(facts, {
      number: await nextNoticeNumber(tx, yearInVietnam(issuedAt)),
      issuedAt,
      code,
      verifyUrl: `${ctx.config.publicUrls.citizen}/verify/${code}`,
      keyId: publicKeyOf(ctx.keys).sha256,
    }),
  );
  const signature = signStatement(ctx.keys, noticeStatement(id, body, facts.owner));
  const pdf = await printNotice({ body, owner: facts.owner, signature, pictures });
  const pdfSha256 = await ctx.blobs.put(pdf);
  await tx
    .insertInto('notices')
    .values({
      id,
      number: body.number,
      case_id: facts.caseId,
      violation_id: facts.violationId,
      kind: KIND,
      issued_at: issuedAt,
      body: JSON.stringify(body),
      body_sealed: seal(ctx.keys, JSON.stringify(facts.owner), `notice:${id}`),
      fine_min: body.fine.min,
      fine_max: body.fine.max,
      fine_default: body.fine.default,
      points: body.points,
      pdf_sha256: pdfSha256,
      verify_code: code,
      signature,
    })
    .execute();
  await tx
    .insertInto('deliveries')
    .values({
      id: idOf('delivery', id),
      notice_id: id,
      next_attempt_at: issuedAt,
      last_error: facts.digitalAccount === null ? 'NO_DIGITAL_ACCOUNT' : null,
    })
    .execute();
  await tx
    .insertInto('lookups')
    .values({
      id: newId(issuedAt.getTime()),
      at: issuedAt,
      actor: 'system:notices',
      purpose: 'print-notice',
      case_id: facts.caseId,
      kind: 'owner-shown',
      plate_text: facts.plateText,
      as_of: facts.occurredAt,
      outcome: body.number,
    })
    .execute();
  await appendLeaf(tx, {
    kind: 'notice',
    subject: id,
    entry: leafOf(body, pdfSha256, signature),
    at: issuedAt,
  });
  if (facts.digitalAccount !== null) await enqueue(tx, 'deliver', id);
  return { id, number: body.number };
}

/** What the evidence log keeps of a notice: hashes and the number, nobody's name. */
function leafOf(body: NoticeBody, pdfSha256: string, signature: string): Record<string, unknown> {
  return {
    number: body.number,
    issuedAt: body.issuedAt,
    pdfSha256,
    signature,
    frames: body.evidence.map((e) => e.sha256),
  };
}

/** The version of the case, which is held until the transaction ends. */
async function lockConfirmed(tx: Db, caseId: string): Promise<number> {
  const row = await tx
    .selectFrom('cases')
    .select(['state', 'version'])
    .where('id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new NoticeError('CASE_NOT_FOUND', 'no such case', { details: { caseId } });
  const has = await noticeOf(tx, caseId);
  if (!has && row.state !== 'confirmed') {
    throw new NoticeError('CASE_NOT_CONFIRMED', `case is ${row.state}`, {
      details: { caseId, state: row.state },
    });
  }
  return row.version;
}

async function noticeOf(db: Db, caseId: string): Promise<IssuedNotice | undefined> {
  return db
    .selectFrom('notices')
    .select(['id', 'number'])
    .where('case_id', '=', caseId)
    .where('kind', '=', KIND)
    .executeTakeFirst();
}

async function printedPictures(ctx: Context, facts: NoticeFacts): Promise<PrintedPicture[]> {
  const order = bestFirst(facts.evidence, facts.occurredAt).slice(0, 2);
  const chosen = order.flatMap((i) => facts.evidence[i] ?? []);
  return Promise.all(
    chosen.map(async (of, i) => {
      const original = await frameBytes(ctx, of);
      const frame = await blurred(original, await bystandersIn(ctx.db, of.frameId, of.vehicle), of.plate);
      return {
        of,
        overview: await overview(frame, of.vehicle, i === 0 ? 1100 : 700),
        plate: i === 0 && of.plate ? await plateCrop(original, of.plate) : null,
      };
    }),
  );
}

const grouped = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1-');
