import type { KeyObject } from 'node:crypto';
import type { Db } from '../storage/context.js';
import type { Finding, Tally } from './findings.js';
import { headOf, headSignatureHolds, type Head } from './heads.js';
import type { Leaf, LeafEntry } from './log.js';
import { EMPTY_ROOT, RunningRoot } from './merkle.js';

const BATCH = 500;

export interface Walked {
  readonly findings: Finding[];
  /** Leaves found, and the root that the log had at each size that was asked for. */
  readonly size: number;
  readonly roots: ReadonlyMap<number, string>;
}

/** Reads the whole log once, leaf by leaf, and builds its tree anew. `each` gets the leaves in batches. */
export async function walkLog(
  db: Db,
  sizes: ReadonlySet<number>,
  tally: Tally,
  each: (leaves: readonly Leaf[]) => Promise<Finding[]>,
): Promise<Walked> {
  const findings: Finding[] = [];
  const tree = new RunningRoot();
  const roots = new Map([[0, EMPTY_ROOT]]);
  for (let next = 0; ;) {
    const leaves = await readLeaves(db, next);
    if (leaves.length === 0) break;
    for (const leaf of leaves) {
      if (leaf.index !== tree.size) {
        findings.push({
          code: 'LEAF_MISSING',
          table: 'log_leaves',
          subject: String(tree.size),
          message: `leaf ${tree.size} is missing; after it comes ${leaf.index}`,
        });
        return { findings, size: tree.size, roots };
      }
      findings.push(...(await checkSubtrees(db, tree.add(leaf.hash), tally)));
      if (sizes.has(tree.size)) roots.set(tree.size, tree.root);
    }
    tally.leaves += leaves.length;
    findings.push(...(await each(leaves)));
    next = leaves.at(-1)!.index + 1;
  }
  return { findings, size: tree.size, roots };
}

async function readLeaves(db: Db, from: number): Promise<Leaf[]> {
  const rows = await db
    .selectFrom('log_leaves')
    .selectAll()
    .where('idx', '>=', from)
    .orderBy('idx')
    .limit(BATCH)
    .execute();
  return rows.map((row) => ({
    index: Number(row.idx),
    kind: row.kind,
    subject: row.subject,
    entry: row.entry as LeafEntry,
    at: row.at,
    hash: row.leaf_hash,
  }));
}

async function checkSubtrees(
  db: Db,
  made: readonly { level: number; index: number; hash: string }[],
  tally: Tally,
): Promise<Finding[]> {
  if (made.length === 0) return [];
  tally.subtrees += made.length;
  const stored = await db
    .selectFrom('log_nodes')
    .selectAll()
    .where((eb) =>
      eb.or(made.map(({ level, index }) => eb.and([eb('level', '=', level), eb('idx', '=', index)]))),
    )
    .execute();
  const known = new Map(stored.map((row) => [`${row.level}/${Number(row.idx)}`, row.hash]));
  return made.flatMap(({ level, index, hash }): Finding[] => {
    const name = `${level}/${index}`;
    const found = known.get(name);
    if (found === hash) return [];
    const leaves = `leaves ${index * 2 ** level} to ${(index + 1) * 2 ** level - 1}`;
    return found === undefined
      ? [
          {
            code: 'SUBTREE_MISSING',
            table: 'log_nodes',
            subject: name,
            message: `subtree ${name} (${leaves}) is gone`,
          },
        ]
      : [
          {
            code: 'SUBTREE_ALTERED',
            table: 'log_nodes',
            subject: name,
            message: `subtree ${name} has not the hash of its ${leaves}: it or one of them was altered`,
          },
        ];
  });
}

export async function readHeads(db: Db): Promise<Head[]> {
  return (await db.selectFrom('log_heads').selectAll().orderBy('size').execute()).map(headOf);
}

/** Heads against the tree (integrity) and against the key (authenticity). `kept` heads come from outside the house. */
export function checkHeads(
  walked: Walked,
  heads: readonly Head[],
  key: { id: string; publicKey: KeyObject },
  tally: Tally,
  kept = false,
): Finding[] {
  const table = kept ? 'witness' : 'log_heads';
  const find = (code: Finding['code'], head: Head, message: string): Finding => ({
    code,
    table,
    subject: String(head.size),
    message,
  });
  return heads.flatMap((head) => {
    tally.heads += 1;
    const findings: Finding[] = [];
    if (head.keyId !== key.id)
      findings.push(
        find(
          'HEAD_OTHER_KEY',
          head,
          `the head of ${head.size} leaves names the key ${head.keyId}, not ${key.id}`,
        ),
      );
    if (!headSignatureHolds(head, key.publicKey))
      findings.push(
        find(
          'HEAD_SIGNATURE',
          head,
          `the signature of the head of ${head.size} leaves does not hold under ${key.id}`,
        ),
      );
    const root = walked.roots.get(head.size);
    if (head.size > walked.size) {
      findings.push(
        find(
          kept ? 'WITNESS' : 'HEAD_BEYOND_LOG',
          head,
          `a head was signed over ${head.size} leaves, the log has ${walked.size}: it was cut or rolled back`,
        ),
      );
    } else if (root !== head.root) {
      findings.push(
        find(
          kept ? 'WITNESS' : 'HEAD_ROOT',
          head,
          `the first ${head.size} leaves no longer have the root that was signed`,
        ),
      );
    }
    return findings;
  });
}
