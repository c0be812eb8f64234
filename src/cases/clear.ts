import { appendLeaf } from '../evidence/log.js';
import { HOLDS, isOpen, type HoldCode, type RegisteredColour } from '../registry/index.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { assertUnchanged, CaseError } from './errors.js';
import { appendEvent } from './events.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { readCase, type CaseRecord } from './record.js';

interface Settling {
  readonly caseId: string;
  readonly officer: Officer;
  readonly version: number;
}

/** Holds on the reading: while they stand nothing is looked up, so that clearing one starts the match again. */
const BEFORE_LOOKUP: readonly HoldCode[] = [
  'PLATE_NOT_ACCEPTED',
  'PLATE_FORMAT',
  'PLATE_DISPUTED',
  'PLATE_CLAIM_DIFFERS',
];

/**
 * Clears a hold that an officer has looked into, with the reason. It stays on the case as cleared.
 * @throws {CaseError} `HOLD_NOT_CLEARABLE` for a final hold or one that is not open, `REASON_REQUIRED`, `STALE_VERSION`,
 * `ILLEGAL_TRANSITION`, `CASE_NOT_FOUND`, `NOT_ALLOWED`
 */
export async function clearHold(
  ctx: Context,
  clearing: Settling & { readonly code: HoldCode; readonly reason: string },
): Promise<{ version: number }> {
  const { code, officer } = clearing;
  assertMayDecide(officer);
  const reason = clearing.reason.trim();
  if (reason.length < 3) throw new CaseError('REASON_REQUIRED', 'say what was seen');
  return ctx.db.transaction().execute(async (trx) => {
    const record = await settling(trx, clearing);
    const at = ctx.clock.now();
    if (!HOLDS[code].clearable || !record.holds.some((h) => h.code === code && isOpen(h))) {
      throw new CaseError('HOLD_NOT_CLEARABLE', `${code} cannot be cleared`);
    }
    const cleared = { by: officer.username, at: at.toISOString(), reason };
    const holds = record.holds.map((h) => (h.code === code && isOpen(h) ? { ...h, cleared } : h));
    const version = await write(trx, record, at, { holds: JSON.stringify(holds) });
    await appendEvent(trx, {
      caseId: record.id,
      kind: 'hold-cleared',
      actor: actorOf(officer),
      at,
      data: { code, reason },
    });
    await leaf(trx, record, version, { officer: officer.username, code, reason }, at);
    if (BEFORE_LOOKUP.includes(code)) await enqueue(trx, 'match', record.violationId);
    return { version };
  });
}

/**
 * States the plate's background where the picture could not tell it surely; the case is matched again with it.
 * @throws {CaseError} as `clearHold`
 */
export async function stateColour(
  ctx: Context,
  stating: Settling & { readonly colour: RegisteredColour },
): Promise<{ version: number }> {
  assertMayDecide(stating.officer);
  return ctx.db.transaction().execute(async (trx) => {
    const record = await settling(trx, stating);
    const at = ctx.clock.now();
    const version = await write(trx, record, at, { stated_colour: stating.colour });
    await appendEvent(trx, {
      caseId: record.id,
      kind: 'colour-stated',
      actor: actorOf(stating.officer),
      at,
      data: { colour: stating.colour },
    });
    await leaf(trx, record, version, { officer: stating.officer.username, colour: stating.colour }, at);
    await enqueue(trx, 'match', record.violationId);
    return { version };
  });
}

async function settling(trx: Db, { caseId, version }: Settling): Promise<CaseRecord> {
  const record = await readCase(trx, caseId, true);
  assertUnchanged(record.version, version);
  if (record.state !== 'candidate') throw new CaseError('ILLEGAL_TRANSITION', `the case is ${record.state}`);
  return record;
}

async function write(
  trx: Db,
  record: CaseRecord,
  at: Date,
  change: { holds?: string; stated_colour?: string },
): Promise<number> {
  const version = record.version + 1;
  await trx
    .updateTable('cases')
    .set({ ...change, version, updated_at: at })
    .where('id', '=', record.id)
    .execute();
  return version;
}

/** What an officer settled by eye carries the decision as much as the decision itself: it stands in the evidence log. */
async function leaf(trx: Db, record: CaseRecord, version: number, said: object, at: Date): Promise<void> {
  const entry = { ...said, caseId: record.id, at: at.toISOString() };
  await appendLeaf(trx, { kind: 'clearing', subject: `${record.id}/${version}`, entry, at });
}
