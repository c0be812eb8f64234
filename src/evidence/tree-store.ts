import { sql } from 'kysely';
import type { Db } from '../storage/context.js';
import { EvidenceError } from './errors.js';
import { nodeHash, type Range } from './merkle.js';

/** A complete subtree: leaves [index * 2^level, (index + 1) * 2^level). */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** The complete subtrees that make up a range of a log, from left to right. */
export function subtreesOf({ start, end }: Range): Subtree[] {
  const parts: Subtree[] = [];
  for (let at = start; at < end;) {
    let level = 0;
    while (at % 2 ** (level + 1) === 0 && at + 2 ** (level + 1) <= end) level += 1;
    parts.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return parts;
}

/**
 * The hash of each range, from stored leaves and subtrees, in one query.
 * @throws {EvidenceError} `SIZE_OUT_OF_RANGE` if the log does not reach so far (or a row of it is missing)
 */
export async function hashesOf(db: Db, ranges: readonly Range[]): Promise<string[]> {
  const wanted = ranges.map(subtreesOf);
  const known = await readSubtrees(db, wanted.flat());
  return wanted.map((parts) => {
    const hashes = parts.map(({ level, index }) => {
      const hash = known.get(keyOf(level, index));
      if (hash === undefined)
        throw new EvidenceError('SIZE_OUT_OF_RANGE', `subtree ${level}/${index} is not in the log`);
      return hash;
    });
    return hashes.reduceRight((right, left) => nodeHash(left, right));
  });
}

async function readSubtrees(db: Db, parts: readonly Subtree[]): Promise<Map<string, string>> {
  if (parts.length === 0) return new Map();
  const levels = parts.map((part) => part.level);
  const indexes = parts.map((part) => part.index);
  const { rows } = await sql<{ level: number; idx: number; hash: string }>`
    with wanted as (select * from unnest(${levels}::int[], ${indexes}::bigint[]) as w (level, idx))
    select w.level, w.idx, n.hash from wanted w join log_nodes n on n.level = w.level and n.idx = w.idx where w.level > 0
    union all
    select w.level, w.idx, l.leaf_hash from wanted w join log_leaves l on l.idx = w.idx where w.level = 0`.execute(
    db,
  );
  return new Map(rows.map((row) => [keyOf(row.level, Number(row.idx)), row.hash]));
}

const keyOf = (level: number, index: number): string => `${level}/${index}`;
