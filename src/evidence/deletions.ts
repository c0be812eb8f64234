import { sql } from 'kysely';
import { isId, sha256 } from '../core/ids.js';
import type { Db } from '../storage/context.js';
import type { Finding } from './findings.js';
import type { Leaf } from './log.js';

/** A frame whose picture was let go: what the deletion record vouches for. */
interface LetGoFrame {
  readonly id: string;
  readonly sha256: string;
}

/** What a deletion record keeps of its frames: SHA-256 over a line `<id> <sha256>` each, in the order of the ids. */
export function framesDigest(frames: readonly LetGoFrame[]): string {
  const lines = frames.map(({ id, sha256: name }) => `${id} ${name}\n`).sort();
  return sha256(lines.join(''));
}

/** Frames whose bytes are missing by a deletion record in the log, with the record. */
export async function letGoOf(db: Db, frameIds: readonly string[]): Promise<Map<string, LetGo>> {
  const { rows } = await sql<{ id: string; record: string; at: Date }>`
    select f.id, l.subject as record, l.at from frames f
    join log_leaves l on l.kind = 'deletion' and l.subject = f.deletion_id::text
    where f.let_go_at is not null and f.id = any(${frameIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, record, at }) => [id, { record, at }]));
}
export interface LetGo {
  readonly record: string;
  readonly at: Date;
}

/**
 * Deletion records against the frames that name them. The digest is compared as it was sealed, so that nobody can hang a
 * frame whose bytes he destroyed on a record that is there, or take one off it.
 */
export async function checkDeletions(db: Db, leaves: readonly Leaf[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const leaf of leaves.filter((one) => one.kind === 'deletion')) {
    const { rows } = await sql<LetGoFrame & { at: Date | null }>`
      select id, sha256, let_go_at as at from frames
      where deletion_id = ${isId(leaf.subject) ? leaf.subject : null}::uuid`.execute(db);
    const sealed = leaf.entry?.row ?? {};
    const sameTime = rows.every((row) => row.at?.toISOString() === sealed.at);
    if (sameTime && rows.length === sealed.frames && framesDigest(rows) === sealed.digest) continue;
    findings.push({
      code: 'DELETION_DIFFERS',
      table: 'frames',
      subject: leaf.subject,
      message: `the ${rows.length} frames that name the deletion record ${leaf.subject} are not the ${String(sealed.frames)} that it was sealed over`,
    });
  }
  return findings;
}

/** Frames marked as let go by no record that is in the log; a hundred are named. Of some frames, or of all. */
export async function checkLetGo(db: Db, frameIds?: readonly string[]): Promise<Finding[]> {
  const { rows } = await sql<{ id: string; record: string | null }>`
    select f.id, f.deletion_id as record from frames f
    where (f.let_go_at is not null or f.deletion_id is not null)
      and (${frameIds ?? null}::uuid[] is null or f.id = any(${frameIds ?? null}::uuid[]))
      and not exists (select 1 from log_leaves l where l.kind = 'deletion' and l.subject = f.deletion_id::text)
    order by f.id limit 100`.execute(db);
  return rows.map(({ id, record }) => ({
    code: 'LET_GO_UNSEALED',
    table: 'frames',
    subject: id,
    column: 'let_go_at',
    message: `frame ${id} is marked as let go, by ${record === null ? 'no deletion record' : `the deletion record ${record}, which is not in the log`}`,
  }));
}
