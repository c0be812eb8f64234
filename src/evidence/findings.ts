/** What a verifier can find. Integrity (something was altered) and authenticity (somebody else signed) are told apart. */
export const FINDINGS = [
  'BLOB_MISSING',
  'BLOB_ALTERED',
  'LET_GO_UNSEALED',
  'DELETION_DIFFERS',
  'ROW_MISSING',
  'COLUMN_ALTERED',
  'NOT_SEALED',
  'LEAF_ALTERED',
  'LEAF_MISSING',
  'SUBTREE_ALTERED',
  'SUBTREE_MISSING',
  'HEAD_ROOT',
  'HEAD_BEYOND_LOG',
  'HEAD_SIGNATURE',
  'HEAD_OTHER_KEY',
  'INCLUSION',
  'WITNESS',
] as const;
export type FindingCode = (typeof FINDINGS)[number];

/** One thing that is not as it was sealed: what, where, and in words. */
export interface Finding {
  readonly code: FindingCode;
  /** Table, or `blobs`. */
  readonly table: string;
  /** Row, leaf, head or blob. */
  readonly subject: string;
  readonly column?: string;
  readonly message: string;
}

export interface Verdict {
  readonly ok: boolean;
  readonly checked: {
    leaves: number;
    rows: number;
    columns: number;
    blobs: number;
    subtrees: number;
    heads: number;
  };
  /** Leaves that no head covers yet; normal for the last minute. */
  readonly unsigned: number;
  /** Rows that have no leaf yet and are not overdue; at most a thousand of a kind are counted. */
  readonly waiting: number;
  /** Files that are gone by deletion records in the log, which is no finding: how many, by how many records, from when to when. */
  readonly letGo: {
    readonly frames: number;
    readonly records: number;
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly findings: readonly Finding[];
}

export type Tally = { -readonly [key in keyof Verdict['checked']]: number };
export const newTally = (): Tally => ({ leaves: 0, rows: 0, columns: 0, blobs: 0, subtrees: 0, heads: 0 });

/** Missing files that a record accounts for, by record. */
export type LetGoTally = Map<string, { at: Date; frames: number }>;

export function letGoIn(tally: LetGoTally): Verdict['letGo'] {
  const records = [...tally.values()];
  const times = records.map(({ at }) => at.getTime());
  return {
    frames: records.reduce((sum, one) => sum + one.frames, 0),
    records: records.length,
    first: times.length === 0 ? null : new Date(Math.min(...times)).toISOString(),
    last: times.length === 0 ? null : new Date(Math.max(...times)).toISOString(),
  };
}
