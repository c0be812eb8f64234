import { LawError } from './errors.js';
import type { LawRow } from './tables.js';

export type OwnerKind = 'person' | 'organisation';

/** Whole đồng; `standard` is what is fined without circumstances. */
export interface FineRange {
  readonly min: number;
  readonly max: number;
  readonly standard: number;
}

/**
 * The range of a row for a person or an organisation (twice, Luật XLVPHC Điều 3.1.e). The standard amount is the middle
 * (Điều 23.4); half a đồng goes to the one who pays.
 */
export function fineRange(row: Pick<LawRow, 'fineMin' | 'fineMax'>, owner: OwnerKind): FineRange {
  const times = owner === 'organisation' ? 2 : 1;
  const min = row.fineMin * times;
  const max = row.fineMax * times;
  return { min, max, standard: Math.floor((min + max) / 2) };
}

/** What the officer found, never the machine. */
export interface Circumstances {
  readonly mitigating: readonly string[];
  readonly aggravating: readonly string[];
}

/** The amounts open to an officer: mitigating ones go down to the minimum, aggravating ones up to the maximum. */
export function bounds(range: FineRange, found: Circumstances): { from: number; to: number } {
  return {
    from: found.mitigating.length > 0 ? range.min : range.standard,
    to: found.aggravating.length > 0 ? range.max : range.standard,
  };
}

/**
 * The amount an officer chose, checked.
 * @throws {LawError} `NOT_AN_AMOUNT` unless whole đồng, `AMOUNT_OUT_OF_BOUNDS` outside what the circumstances allow.
 */
export function checkedAmount(range: FineRange, found: Circumstances, amount: number): number {
  assertAmount(amount);
  const { from, to } = bounds(range, found);
  if (amount < from || amount > to) {
    throw new LawError('AMOUNT_OUT_OF_BOUNDS', `${amount} is outside ${from} to ${to}`, {
      details: { from, to },
    });
  }
  return amount;
}

/** @throws {LawError} `NOT_AN_AMOUNT` unless a whole number of đồng, zero or more. */
export function assertAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 0) {
    throw new LawError('NOT_AN_AMOUNT', `${amount} is not a whole number of đồng`);
  }
}

/** An explanation may be given where the maximum reaches 15 million, 30 for an organisation (Luật XLVPHC Điều 61). */
export function mayExplain(
  row: Pick<LawRow, 'fineMax' | 'fineMin' | 'supplementary'>,
  owner: OwnerKind,
): boolean {
  return (
    row.supplementary !== null ||
    fineRange(row, owner).max >= (owner === 'organisation' ? 30_000_000 : 15_000_000)
  );
}
