import type { Db } from '../storage/context.js';
import { EvidenceError } from './errors.js';
import { latestHead, type Head } from './heads.js';
import { leafOf, type LeafEntry } from './log.js';
import { consistencyRanges, inclusionRanges } from './merkle.js';
import { hashesOf } from './tree-store.js';

/** Everything that a stranger needs, beside the public key, to see that a row is in the log as it was sealed. */
export interface InclusionProof {
  readonly leaf: {
    readonly index: number;
    readonly kind: string;
    readonly subject: string;
    readonly entry: LeafEntry;
    readonly at: string;
    readonly hash: string;
  };
  /** Null until the next head is signed, within a minute. */
  readonly head: Head | null;
  readonly path: readonly string[] | null;
}

/** @throws {EvidenceError} `NOT_IN_LOG` */
export async function proofFor(db: Db, kind: string, subject: string): Promise<InclusionProof> {
  const leaf = await leafOf(db, kind, subject);
  if (leaf === undefined) throw new EvidenceError('NOT_IN_LOG', `${kind} ${subject} has no leaf`);
  const head = await latestHead(db);
  const shown = { ...leaf, at: leaf.at.toISOString() };
  if (head === undefined || head.size <= leaf.index) return { leaf: shown, head: null, path: null };
  return { leaf: shown, head, path: await hashesOf(db, inclusionRanges(leaf.index, head.size)) };
}

/**
 * Hashes that show that the log of `size` leaves begins with the log of `first` leaves (RFC 6962, 2.1.2).
 * @throws {EvidenceError} `SIZE_OUT_OF_RANGE`
 */
export async function consistencyProof(db: Db, first: number, size: number): Promise<string[]> {
  const whole = Number.isSafeInteger(first) && Number.isSafeInteger(size);
  if (!whole || first < 0 || first > size)
    throw new EvidenceError('SIZE_OUT_OF_RANGE', `no proof from ${first} to ${size} leaves`);
  return hashesOf(db, consistencyRanges(first, size));
}
