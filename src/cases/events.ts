import type { Db } from '../storage/context.js';
import { CaseError } from './errors.js';

export interface NewEvent {
  readonly caseId: string;
  readonly kind: string;
  readonly actor: string;
  readonly at: Date;
  readonly from?: string | null;
  readonly to?: string | null;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Appends to a case's history, which is never changed. Call it in a transaction that holds the case's row.
 * @throws {CaseError} `CASE_NOT_FOUND`
 */
export async function appendEvent(db: Db, event: NewEvent): Promise<number> {
  const row = await db
    .selectFrom('cases')
    .select('id')
    .where('id', '=', event.caseId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new CaseError('CASE_NOT_FOUND', `no case ${event.caseId}`);
  const last = await db
    .selectFrom('case_events')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .where('case_id', '=', event.caseId)
    .executeTakeFirst();
  const seq = Number(last?.seq ?? 0) + 1;
  await db
    .insertInto('case_events')
    .values({
      case_id: event.caseId,
      seq,
      at: event.at,
      actor: event.actor,
      kind: event.kind,
      from_state: event.from ?? null,
      to_state: event.to ?? null,
      data: JSON.stringify(event.data ?? {}),
    })
    .execute();
  return seq;
}

/** Runs in the transaction that is given, or in one of its own. */
export function inTransaction<A>(db: Db, work: (trx: Db) => Promise<A>): Promise<A> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
