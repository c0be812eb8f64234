import { dayOf } from './calendar.js';
import { LawError } from './errors.js';
import { catalogue, type LawRow, type LawVersion } from './tables.js';

const inForce = (row: { validFrom: string; validTo: string | null }, day: string): boolean =>
  row.validFrom <= day && (row.validTo === null || day < row.validTo);

/**
 * The catalogue in force at the instant of an act: the law of the act applies, not that of the day it is handled
 * (NĐ238/2026 Điều 21). @throws {LawError} `NO_LAW_IN_FORCE` before 2025-01-01.
 */
export function lawAt(instant: Date): LawVersion {
  const day = dayOf(instant);
  const version = catalogue.versions.findLast((candidate) => candidate.from <= day);
  if (!version) throw new LawError('NO_LAW_IN_FORCE', `no catalogue for ${day}`, { details: { day } });
  return version;
}

/**
 * A row of the catalogue as it stood at the instant.
 * @throws {LawError} `NO_LAW_IN_FORCE`, `UNKNOWN_CODE`.
 */
export function lawRow(code: string, instant: Date): LawRow {
  const version = lawAt(instant);
  const row = catalogue.rows.find(
    (candidate) => candidate.code === code && inForce(candidate, dayOf(instant)),
  );
  if (!row) throw new LawError('UNKNOWN_CODE', `${code} is not in ${version.id}`, { details: { code } });
  return row;
}

/** Every row in force at the instant. */
export function lawRows(instant: Date): LawRow[] {
  const day = dayOf(instant);
  return catalogue.rows.filter((row) => inForce(row, day));
}

/** The basis as printed: point, clause, article, decree and its amendment. */
export function citation(row: LawRow): { vi: string; en: string } {
  const amended =
    row.amendedBy === null
      ? ['', '']
      : [` (sửa đổi bởi Nghị định ${row.amendedBy})`, ` (amended by ${row.amendedBy})`];
  const at = `Article ${row.article}.${row.clause}${row.point === null ? '' : `.${row.point}`}`;
  return {
    vi: `${row.ref} Nghị định ${row.decree}${amended[0]}`,
    en: `${at}, Decree ${row.decree}${amended[1]}`,
  };
}
