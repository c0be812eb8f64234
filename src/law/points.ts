import type { OwnerKind } from './fines.js';
import type { LawRow } from './tables.js';

/** Points a licence holds when full. */
export const FULL_LICENCE = 12;

/**
 * Points taken by one decision: the highest of its acts only, never below nothing, none while the licence is suspended,
 * none from an organisation, which has no licence (NĐ168 Điều 50.1).
 */
export function pointsTaken(
  rows: readonly Pick<LawRow, 'points'>[],
  licence: { owner: OwnerKind; balance?: number; suspended?: boolean },
): number {
  if (licence.owner === 'organisation' || licence.suspended) return 0;
  const highest = rows.reduce((most, row) => Math.max(most, row.points), 0);
  return Math.min(highest, Math.max(0, licence.balance ?? FULL_LICENCE));
}
