import type { Context, Db } from '../storage/context.js';
import { StorageError } from '../storage/errors.js';
import { letGoOf } from './deletions.js';
import type { Finding, LetGoTally, Tally } from './findings.js';
import { leafData, type Leaf } from './log.js';
import { leafHash } from './merkle.js';
import { isRowKind, ROW_KINDS, sealedRows, type RowKind, type SealedRow } from './rows.js';

const TABLE: Readonly<Record<RowKind, string>> = {
  frame: 'frames',
  violation: 'violations',
  decision: 'reviews',
  undo: 'reviews',
  notice: 'notices',
  delivery: 'deliveries',
  payment: 'payments',
  answer: 'responses',
  penalty: 'penalty_decisions',
  'penalty-received': 'penalty_decisions',
  'penalty-corrected': 'penalty_decisions',
  deletion: 'deletion_records',
};
const OTHER_TABLE: Readonly<Record<string, string>> = { passage: 'passages', receipt: 'receipts' };
/** Columns that name a stored file. */
const FILES: Readonly<Partial<Record<RowKind, string>>> = {
  frame: 'sha256',
  notice: 'pdf_sha256',
  payment: 'receipt.pdf_sha256',
};

/** A leaf that no longer has the hash of what it says. */
export function checkLeaf(leaf: Leaf): Finding[] {
  if (leafHash(leafData(leaf)) === leaf.hash) return [];
  const message = `leaf ${leaf.index} (${leaf.kind} ${leaf.subject}): its kind, subject, entry, instant or hash was altered`;
  return [{ code: 'LEAF_ALTERED', table: 'log_leaves', subject: String(leaf.index), message }];
}

/** Rows that differ from their leaves, column by column. */
export async function checkRows(db: Db, leaves: readonly Leaf[], tally: Tally): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const kind of ROW_KINDS) {
    const ofKind = leaves.filter((leaf) => leaf.kind === kind);
    if (ofKind.length === 0) continue;
    const rows = await sealedRows(
      db,
      kind,
      ofKind.map((leaf) => leaf.subject),
    );
    tally.rows += ofKind.length;
    for (const leaf of ofKind) findings.push(...compare(kind, leaf, rows.get(leaf.subject), tally));
  }
  return findings;
}

function compare(kind: RowKind, leaf: Leaf, now: SealedRow | undefined, tally: Tally): Finding[] {
  const then = leaf.entry?.row ?? {};
  const table = TABLE[kind];
  if (now === undefined) {
    return [
      {
        code: 'ROW_MISSING',
        table,
        subject: leaf.subject,
        message: `${table} ${leaf.subject} was sealed as leaf ${leaf.index} and is gone`,
      },
    ];
  }
  tally.columns += Object.keys(then).length;
  return [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((name) => (then[name] ?? null) !== (now[name] ?? null))
    .map((name): Finding => {
      const [owner, column] = name.includes('.') ? (name.split('.') as [string, string]) : ['', name];
      const of = OTHER_TABLE[owner] ?? table;
      const message = `${of}.${column} of ${kind} ${leaf.subject} is ${String(now[name] ?? null)}, sealed as ${String(then[name] ?? null)}`;
      return { code: 'COLUMN_ALTERED', table: of, subject: leaf.subject, column, message };
    });
}

/**
 * Stored files that are gone or hold other bytes. The names are taken from the leaves, which the log protects. Pictures that
 * a deletion record accounts for are counted in `letGo`; whether the record holds is for `checkDeletions`.
 */
export async function checkFiles(
  ctx: Pick<Context, 'db' | 'blobs'>,
  leaves: readonly Leaf[],
  tally: Tally,
  letGo: LetGoTally,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const gone: { readonly frameId: string; readonly finding: Finding }[] = [];
  for (const leaf of leaves) {
    const column = isRowKind(leaf.kind) ? FILES[leaf.kind] : undefined;
    const name = column === undefined ? undefined : leaf.entry?.row?.[column];
    if (typeof name !== 'string') continue;
    tally.blobs += 1;
    const wrong = await ctx.blobs.get(name).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (wrong === undefined) continue;
    if (!(wrong instanceof StorageError) || (wrong.code !== 'BLOB_MISSING' && wrong.code !== 'BLOB_CORRUPT'))
      throw wrong;
    const code = wrong.code === 'BLOB_MISSING' ? 'BLOB_MISSING' : 'BLOB_ALTERED';
    const what = code === 'BLOB_MISSING' ? 'is gone' : 'holds other bytes';
    const message = `the file ${name} of ${leaf.kind} ${leaf.subject} ${what}`;
    const finding: Finding = { code, table: 'blobs', subject: name, message };
    if (leaf.kind === 'frame' && code === 'BLOB_MISSING') gone.push({ frameId: leaf.subject, finding });
    else findings.push(finding);
  }
  const known = await letGoOf(
    ctx.db,
    gone.map((one) => one.frameId),
  );
  for (const { frameId, finding } of gone) {
    const by = known.get(frameId);
    if (by === undefined) findings.push(finding);
    else letGo.set(by.record, { at: by.at, frames: (letGo.get(by.record)?.frames ?? 0) + 1 });
  }
  return findings;
}
