import { sql, type RawBuilder } from 'kysely';
import { isId, sha256 } from '../core/ids.js';
import type { Db } from '../storage/context.js';
import { canonicalJson } from './canonical.js';

/** What the log vouches for. */
export const ROW_KINDS = [
  'frame',
  'violation',
  'decision',
  'undo',
  'notice',
  'delivery',
  'payment',
  'answer',
  'penalty',
  'penalty-received',
  'penalty-corrected',
  'deletion',
] as const;
export type RowKind = (typeof ROW_KINDS)[number];
export const isRowKind = (kind: string): kind is RowKind => (ROW_KINDS as readonly string[]).includes(kind);

/** Columns of a row as they go into a leaf: names as in the database, large or private values as their SHA-256. */
export type SealedRow = Readonly<Record<string, string | number | boolean | null>>;

/**
 * The row (and what belongs to it) of each kind, with the columns that never change once the leaf is written.
 * States that go on changing stay out. A name with a dot is a column of a row that belongs to it.
 */
const QUERIES: Readonly<
  Record<RowKind, (subjects: readonly string[]) => RawBuilder<Record<string, unknown>>>
> = {
  frame: (subjects) => sql`
    select id, camera_id, site_id, sequence, captured_at, received_at, clock_offset_ms, sha256, bytes, content_type, headers, claims
    from frames where id = any(${subjects}::uuid[])`,
  violation: (subjects) => sql`
    select v.id, v.passage_id, v.site_id, v.site_version, v.rule, v.law_code, v.law_version, v.occurred_at, v.plate_text, v.act_key,
           v.elements, v.measured, v.evidence, v.why_vi, v.why_en,
           p.site_id as "passage.site_id", p.site_version as "passage.site_version", p.started_at as "passage.started_at",
           p.ended_at as "passage.ended_at", p.kind as "passage.kind", p.body_colour as "passage.body_colour",
           p.plate_text as "passage.plate_text", p.plate as "passage.plate", p.track as "passage.track"
    from violations v join passages p on p.id = v.passage_id where v.id = any(${subjects}::uuid[])`,
  decision: (subjects) => sql`
    select id, case_id, officer_id, decision, reason, note, opened_at, at from reviews where id = any(${subjects}::uuid[])`,
  undo: (subjects) => sql`
    select id, undone_at from reviews where id = any(${subjects}::uuid[]) and undone_at is not null`,
  notice: (subjects) => sql`
    select id, number, case_id, violation_id, kind, issued_at, body, body_sealed, fine_min, fine_max, fine_default, points,
           pdf_sha256, verify_code, signature
    from notices where id = any(${subjects}::uuid[])`,
  delivery: (subjects) => sql`
    select id, notice_id, proof, delivered_at from deliveries where notice_id = any(${subjects}::uuid[]) and state = 'delivered'`,
  payment: (subjects) => sql`
    select p.id, p.notice_id, p.attempt, p.amount, p.reference, p.qr, p.gateway_id, p.created_at, p.expires_at, p.paid_at,
           r.id as "receipt.id", r.number as "receipt.number", r.issued_at as "receipt.issued_at",
           r.pdf_sha256 as "receipt.pdf_sha256", r.verify_code as "receipt.verify_code",
           r.total as "receipt.total"
    from payments p left join receipts r on r.payment_id = p.id where p.id = any(${subjects}::uuid[]) and p.paid_at is not null`,
  answer: (subjects) => sql`
    select id, case_id, kind, text, attachments, at, answered_at, answered_by, answer, outcome
    from responses where id = any(${subjects}::uuid[]) and answered_at is not null`,
  penalty: (subjects) => sql`
    select id, case_id, notice_id, number, amount, signer_name, signer_rank, mitigating, aggravating, issued_on, recorded_by, recorded_at,
           corrects
    from penalty_decisions where id = any(${subjects}::uuid[])`,
  'penalty-received': (subjects) => sql`
    select id, received_on, receipt_recorded_by, receipt_recorded_at
    from penalty_decisions where id = any(${subjects}::uuid[]) and received_on is not null`,
  'penalty-corrected': (subjects) => sql`
    select id, corrected_at, corrected_by, correction_reason
    from penalty_decisions where id = any(${subjects}::uuid[]) and corrected_at is not null`,
  deletion: (subjects) => sql`
    select id, at, policy_hours, frames, bytes, received_from, received_to, digest
    from deletion_records where id = any(${subjects}::uuid[])`,
};

/** The row as it is now, or undefined if it is not there (or has not happened: not paid, not delivered, not answered, not received, not corrected). */
export async function sealedRow(db: Db, kind: RowKind, subject: string): Promise<SealedRow | undefined> {
  return (await sealedRows(db, kind, [subject])).get(subject);
}

/** The rows of several subjects, by subject. */
export async function sealedRows(
  db: Db,
  kind: RowKind,
  subjects: readonly string[],
): Promise<Map<string, SealedRow>> {
  const { rows } = await QUERIES[kind](subjects.filter(isId)).execute(db);
  const key = kind === 'delivery' ? 'notice_id' : 'id';
  return new Map(
    rows.map((row) => [
      String(row[key]),
      Object.fromEntries(Object.entries(row).map(([column, value]) => [column, sealedValue(value)])),
    ]),
  );
}

function sealedValue(value: unknown): string | number | boolean | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `sha256:${sha256(value)}`;
  return `sha256:${sha256(canonicalJson(value))}`;
}
