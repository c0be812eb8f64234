import { dayOf } from './calendar.js';
import type { Message } from '../core/messages.js';
import { LawError } from './errors.js';
import { signerTable, type LawRow, type Signer } from './tables.js';

/**
 * Who may sign a decision, lowest first. Competence is measured by the highest fine of the range, not by the amount
 * imposed. For an organisation both the fine and the power double, so the answer is the same.
 * @throws {LawError} `NO_LAW_IN_FORCE` before the table's first day, `NOBODY_MAY_SIGN` above every power.
 */
export function signersFor(row: Pick<LawRow, 'fineMax'>, decidedAt: Date): Signer[] {
  if (dayOf(decidedAt) < signerTable.validFrom) {
    throw new LawError('NO_LAW_IN_FORCE', `powers to fine are known from ${signerTable.validFrom} on`);
  }
  const able = signerTable.signers.filter((signer) => signer.upTo >= row.fineMax);
  if (able.length === 0)
    throw new LawError('NOBODY_MAY_SIGN', `a fine up to ${row.fineMax} is above every power`);
  return able;
}

/** Every rank of the table, lowest first. */
export const SIGNER_RANKS: readonly string[] = signerTable.signers.map((signer) => signer.id);

/** A signer's rank in words; one that the table no longer has, as it was recorded. */
export function rankOf(id: string): Message {
  return signerTable.signers.find((signer) => signer.id === id)?.title ?? { vi: id, en: id };
}
