import { sql } from 'kysely';
import type { Db } from '../storage/context.js';
import { canonicalJson } from './canonical.js';
import { EvidenceError } from './errors.js';
import { leafHash, nodeHash } from './merkle.js';
import { isRowKind, sealedRow, type SealedRow } from './rows.js';
import { hashesOf } from './tree-store.js';

/** What a leaf says: what the room said of its row, and the columns of the row at that moment. */
export interface LeafEntry {
  readonly said: unknown;
  readonly row: SealedRow | null;
}

export interface Leaf {
  readonly index: number;
  readonly kind: string;
  readonly subject: string;
  readonly entry: LeafEntry;
  readonly at: Date;
  readonly hash: string;
}

// Any number will do, as long as nobody else takes it.
const LOG_LOCK = 7_203_114_588_001;

/** The bytes under a leaf's hash: canonical JSON, so that anyone with the four values finds the same hash. */
export function leafData(leaf: Pick<Leaf, 'kind' | 'subject' | 'entry' | 'at'>): string {
  return canonicalJson({
    kind: leaf.kind,
    subject: leaf.subject,
    entry: leaf.entry,
    at: leaf.at.toISOString(),
  });
}

/**
 * Adds a leaf for the row `subject` of `kind`, with its columns as the transaction sees them and with `entry`, what the
 * room wants to say of it. The first leaf of a subject stands: a second call changes nothing and gives the first.
 * Takes a lock until the transaction ends, so that leaves stand in the order in which they commit.
 * @throws {EvidenceError} `SUBJECT_UNKNOWN` if the kind has rows and this one is not there
 */
export async function appendLeaf(
  db: Db,
  leaf: { kind: string; subject: string; entry?: unknown; at?: Date },
): Promise<Leaf> {
  if (!db.isTransaction) return db.transaction().execute((tx) => appendLeaf(tx, leaf));
  await sql`select pg_advisory_xact_lock(${LOG_LOCK})`.execute(db);
  const known = await leafOf(db, leaf.kind, leaf.subject);
  if (known !== undefined) return known;

  const row = isRowKind(leaf.kind) ? await sealedRow(db, leaf.kind, leaf.subject) : null;
  if (row === undefined)
    throw new EvidenceError('SUBJECT_UNKNOWN', `there is no ${leaf.kind} ${leaf.subject} to seal`);
  const made = {
    kind: leaf.kind,
    subject: leaf.subject,
    // Through JSON once, so that what is hashed is what the database will give back.
    entry: { said: JSON.parse(JSON.stringify(leaf.entry ?? null)) as unknown, row },
    at: leaf.at ?? new Date(),
  };
  const hash = leafHash(leafData(made));
  const index = await sizeOfLog(db);
  await db
    .insertInto('log_leaves')
    .values({
      idx: index,
      kind: made.kind,
      subject: made.subject,
      entry: JSON.stringify(made.entry),
      leaf_hash: hash,
      at: made.at,
    })
    .execute();
  await insertCompleted(db, index, hash);
  return { ...made, index, hash };
}

/** Writes the subtrees that the new leaf completes. */
async function insertCompleted(db: Db, index: number, leaf: string): Promise<void> {
  const left: { level: number; start: number; end: number }[] = [];
  for (let level = 0, at = index; at % 2 === 1; level += 1, at = (at - 1) / 2) {
    left.push({ level, start: (at - 1) * 2 ** level, end: at * 2 ** level });
  }
  if (left.length === 0) return;
  let hash = leaf;
  const nodes = (await hashesOf(db, left)).map((sibling, i) => {
    hash = nodeHash(sibling, hash);
    return { level: left[i]!.level + 1, idx: Math.floor(index / 2 ** (left[i]!.level + 1)), hash };
  });
  await db.insertInto('log_nodes').values(nodes).execute();
}

/** Number of leaves. */
export async function sizeOfLog(db: Db): Promise<number> {
  const last = await db
    .selectFrom('log_leaves')
    .select('idx')
    .orderBy('idx', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last === undefined ? 0 : Number(last.idx) + 1;
}

export async function leafOf(db: Db, kind: string, subject: string): Promise<Leaf | undefined> {
  const row = await db
    .selectFrom('log_leaves')
    .selectAll()
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : {
        index: Number(row.idx),
        kind,
        subject,
        entry: row.entry as LeafEntry,
        at: row.at,
        hash: row.leaf_hash,
      };
}
