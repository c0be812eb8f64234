import { newId } from '../core/ids.js';
import { appendLeaf } from '../evidence/log.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { assertUnchanged, CaseError } from './errors.js';
import { appendEvent } from './events.js';
import { holdLateClone } from './late-clone.js';
import { obstaclesTo } from './obstacles.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { REJECT_REASONS, type RejectReason } from './reasons.js';
import { readCase, type CaseRecord } from './record.js';
import { activeReviews, needsSecondReview } from './second-review.js';
import type { CaseState } from './states.js';
import { transition } from './transitions.js';

/** An officer's decision on one case as they saw it. There is no way to decide several at once. */
export interface Decision {
  readonly caseId: string;
  readonly officer: Officer;
  /** The version of the dossier that was on the screen. */
  readonly version: number;
  /** When the dossier was opened, for review times. */
  readonly openedAt: Date | null;
}

export interface Decided {
  readonly state: CaseState;
  readonly version: number;
  /** The confirmation counts, and a second officer has to confirm as well. */
  readonly waitsForSecond: boolean;
  /** Until when `undoDecision` works; null where nothing can be undone. */
  readonly undoUntil: Date | null;
}

/**
 * Confirms a violation: the only way out of `candidate` towards a notice. The decision, its leaf in the evidence log and
 * the job that makes the notice after the time to undo are one transaction. Where two officers are needed, the first
 * confirmation is kept unseen and the case stays a candidate.
 * @throws {CaseError} `NOT_ALLOWED`, `CASE_NOT_FOUND`, `STALE_VERSION`, `ILLEGAL_TRANSITION`, `ALREADY_REVIEWED`,
 * `SITE_VERSION_WITHDRAWN`, `PLATE_UNREADABLE`, `LIMITATION_EXPIRED`, `HELD`, `CERTIFICATE_MISSING`, `PLATE_COLOUR_DIFFERS`,
 * `OWNER_UNKNOWN`
 */
export async function confirmCase(ctx: Context, decision: Decision): Promise<Decided> {
  assertMayDecide(decision.officer);
  await holdLateClone(ctx, decision.caseId);
  return ctx.db.transaction().execute(async (trx) => {
    const { caseId, officer } = decision;
    const record = await candidate(trx, decision);
    const at = ctx.clock.now();
    const [obstacle] = await obstaclesTo(trx, record, at);
    if (obstacle) throw new CaseError(obstacle.code, obstacle.message, { details: obstacle.details });

    const reviews = await activeReviews(trx, caseId);
    if (reviews.some((review) => review.officerId === officer.id)) {
      throw new CaseError('ALREADY_REVIEWED', 'the second confirmation is for another officer');
    }
    const reviewId = await writeReview(trx, decision, { decision: 'confirm', reason: null, note: null, at });
    await leaf(trx, record, { reviewId, officer: officer.username, decision: 'confirm', at });
    if (needsSecondReview(ctx.config, record) !== null && reviews.length === 0) {
      return { ...(await keepFirst(trx, record, officer, at)), waitsForSecond: true, undoUntil: null };
    }
    const moved = await transition(trx, {
      caseId,
      event: 'confirm',
      actor: actorOf(officer),
      at,
      data: { reviewId },
    });
    const undoUntil = new Date(at.getTime() + ctx.config.undoSeconds * 1000);
    await enqueue(trx, 'issue', caseId, undoUntil);
    return {
      state: moved.to,
      version: moved.version,
      waitsForSecond: false,
      undoUntil: undoable(ctx, undoUntil),
    };
  });
}

/**
 * Rejects a candidate, held or not, for one reason of the closed list. One rejection is enough, also where two officers
 * must confirm. Other cases of the same vehicle are untouched.
 * @throws {CaseError} `NOT_ALLOWED`, `CASE_NOT_FOUND`, `STALE_VERSION`, `ILLEGAL_TRANSITION`, `REASON_REQUIRED`
 */
export async function rejectCase(
  ctx: Context,
  decision: Decision & { readonly reason: RejectReason; readonly note?: string | null },
): Promise<Decided> {
  assertMayDecide(decision.officer);
  const { caseId, officer, reason } = decision;
  if (!REJECT_REASONS.includes(reason))
    throw new CaseError('REASON_REQUIRED', 'a rejection has a reason of the list');
  return ctx.db.transaction().execute(async (trx) => {
    const record = await candidate(trx, decision);
    const at = ctx.clock.now();
    const note = decision.note?.trim() || null;
    const reviewId = await writeReview(trx, decision, { decision: 'reject', reason, note, at });
    const moved = await transition(trx, {
      caseId,
      event: 'reject',
      actor: actorOf(officer),
      at,
      data: { reviewId, reason, note },
    });
    await leaf(trx, record, { reviewId, officer: officer.username, decision: 'reject', reason, at });
    const undoUntil = new Date(at.getTime() + ctx.config.undoSeconds * 1000);
    // Removes the owner's data, once the decision stands.
    await enqueue(trx, 'remind', caseId, new Date(undoUntil.getTime() + 1000));
    return {
      state: moved.to,
      version: moved.version,
      waitsForSecond: false,
      undoUntil: undoable(ctx, undoUntil),
    };
  });
}

const undoable = (ctx: Context, until: Date): Date | null => (ctx.config.undoSeconds > 0 ? until : null);

async function candidate(trx: Db, { caseId, version }: Decision): Promise<CaseRecord> {
  const record = await readCase(trx, caseId, true);
  assertUnchanged(record.version, version);
  if (record.state !== 'candidate') {
    throw new CaseError('ILLEGAL_TRANSITION', `the case is ${record.state}`, {
      details: { from: record.state },
    });
  }
  return record;
}

interface Review {
  readonly decision: 'confirm' | 'reject';
  readonly reason: string | null;
  readonly note: string | null;
  readonly at: Date;
}

async function writeReview(
  trx: Db,
  { caseId, officer, openedAt }: Decision,
  review: Review,
): Promise<string> {
  const id = newId(review.at.getTime());
  await trx
    .insertInto('reviews')
    .values({ id, case_id: caseId, officer_id: officer.id, opened_at: openedAt, ...review })
    .execute();
  return id;
}

/** The first of two confirmations: on record, and hidden from the second officer. */
async function keepFirst(
  trx: Db,
  record: CaseRecord,
  officer: Officer,
  at: Date,
): Promise<{ state: CaseState; version: number }> {
  const version = record.version + 1;
  await trx.updateTable('cases').set({ version, updated_at: at }).where('id', '=', record.id).execute();
  await appendEvent(trx, { caseId: record.id, kind: 'review', actor: actorOf(officer), at });
  return { state: 'candidate', version };
}

/** The log keeps who decided what on which pictures; nobody's name but the officer's. */
async function leaf(
  trx: Db,
  record: CaseRecord,
  decided: { reviewId: string; officer: string; decision: string; reason?: string; at: Date },
): Promise<void> {
  const { reviewId, at, ...rest } = decided;
  const frames = record.evidence.map((frame) => frame.sha256);
  await appendLeaf(trx, {
    kind: 'decision',
    subject: reviewId,
    at,
    entry: { ...rest, caseId: record.id, violationId: record.violationId, at: at.toISOString(), frames },
  });
}
