import { provinceTable } from './tables.js';

const byCode = new Map(provinceTable.provinces.map((province) => [province.code, province]));
const MERGER = Date.UTC(2025, 5, 30, 17);

/** Every code in use, two digits each. */
export const provinceCodes: readonly string[] = [...byCode.keys()];

/**
 * The province that issued a plate, by the names in force at `instant` (34 provinces since 2025-07-01, TT51/2025);
 * null for a code not in use. It says where the plate was issued, never where the owner lives.
 */
export function provinceOf(text: string, instant: Date): string | null {
  const code = /^T?(\d{2})/.exec(text)?.[1];
  const province = code === undefined ? undefined : byCode.get(code);
  if (!province) return null;
  return instant.getTime() < MERGER ? province.before : province.now;
}

/** Two characters that are a code in use, `?` standing for any digit. */
export function mayBeProvince(pair: string): boolean {
  return provinceCodes.some((code) => [...code].every((c, i) => pair[i] === '?' || pair[i] === c));
}
