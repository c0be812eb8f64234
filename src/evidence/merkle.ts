import { createHash } from 'node:crypto';

/*
 * The Merkle tree of RFC 6962, section 2.1. Hashes are lower-case hex SHA-256.
 * MTH({}) = SHA-256() · leaf = SHA-256(0x00 ‖ data) · node = SHA-256(0x01 ‖ left ‖ right)
 */
const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);
const hex = /^[0-9a-f]{64}$/;

export const EMPTY_ROOT = createHash('sha256').digest('hex');

export function leafHash(data: string | Uint8Array): string {
  return createHash('sha256').update(LEAF).update(data).digest('hex');
}

export function nodeHash(left: string, right: string): string {
  return createHash('sha256').update(NODE).update(bytesOf(left)).update(bytesOf(right)).digest('hex');
}

// The verifier meets altered hashes: what is not a hash must lead to another root, not to an exception.
const bytesOf = (hash: string): Buffer => (hex.test(hash) ? Buffer.from(hash, 'hex') : Buffer.from(hash));

/** Leaves [start, end) of the log. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Largest power of two below `size`; sizes are whole numbers from 2 to 2^53. */
export function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/** Ranges whose hashes prove that leaf `index` is in a log of `size` leaves, from the leaf upwards (PATH of the RFC). */
export function inclusionRanges(index: number, size: number, start = 0): Range[] {
  if (size <= 1) return [];
  const k = split(size);
  return index < k
    ? [...inclusionRanges(index, k, start), { start: start + k, end: start + size }]
    : [...inclusionRanges(index - k, size - k, start + k), { start, end: start + k }];
}

/** Ranges whose hashes prove that a log of `size` leaves begins with the log of `first` leaves (PROOF of the RFC). */
export function consistencyRanges(first: number, size: number): Range[] {
  if (first === 0 || first === size) return [];
  return subproof(first, 0, size, true);
}

function subproof(first: number, start: number, size: number, whole: boolean): Range[] {
  if (first === size) return whole ? [] : [{ start, end: start + size }];
  const k = split(size);
  return first <= k
    ? [...subproof(first, start, k, whole), { start: start + k, end: start + size }]
    : [...subproof(first - k, start + k, size - k, false), { start, end: start + k }];
}

/** The root that a leaf and its path lead to, or undefined where the path has not the right length. */
export function rootOfPath(
  leaf: string,
  index: number,
  size: number,
  path: readonly string[],
): string | undefined {
  if (index < 0 || index >= size || !Number.isSafeInteger(index) || !path.every((hash) => hex.test(hash)))
    return undefined;
  const ranges = inclusionRanges(index, size);
  if (ranges.length !== path.length) return undefined;
  return path.reduce(
    (hash, other, i) => (ranges[i]!.start > index ? nodeHash(hash, other) : nodeHash(other, hash)),
    leaf,
  );
}

/** True if `leaf` is number `index` of the log of `size` leaves with this root. */
export function inclusionHolds(proof: {
  leaf: string;
  index: number;
  size: number;
  root: string;
  path: readonly string[];
}): boolean {
  return rootOfPath(proof.leaf, proof.index, proof.size, proof.path) === proof.root;
}

/** True if the log of `size` leaves with `root` begins with the log of `first` leaves with `firstRoot`. */
export function consistencyHolds(proof: {
  first: number;
  firstRoot: string;
  size: number;
  root: string;
  path: readonly string[];
}): boolean {
  const { first, firstRoot, size, root, path } = proof;
  if (first > size || first < 0 || !path.every((hash) => hex.test(hash))) return false;
  if (first === size) return path.length === 0 && firstRoot === root;
  if (first === 0) return path.length === 0 && firstRoot === EMPTY_ROOT;
  // RFC 9162, 2.1.4.2: walk up from the last leaf of the first log, keeping both roots.
  const powerOfTwo = split(first * 2) === first;
  const [start, ...rest] = powerOfTwo ? [firstRoot, ...path] : path;
  if (start === undefined) return false;
  let [fn, sn] = [first - 1, size - 1];
  while (fn % 2 === 1) [fn, sn] = [half(fn), half(sn)];
  let [old, now] = [start, start];
  for (const hash of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      [old, now] = [nodeHash(hash, old), nodeHash(hash, now)];
      while (fn % 2 === 0 && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      now = nodeHash(now, hash);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && old === firstRoot && now === root;
}

const half = (n: number): number => Math.floor(n / 2);

/** Root of a growing log, kept as the hashes of its complete subtrees: adding a leaf costs one hash on average. */
export class RunningRoot {
  private readonly peaks: { size: number; hash: string }[] = [];
  size = 0;

  /** Adds a leaf; gives the complete subtrees that it completed, from small to large. */
  add(leaf: string): { level: number; index: number; hash: string }[] {
    const made: { level: number; index: number; hash: string }[] = [];
    let top = { size: 1, hash: leaf };
    this.size += 1;
    for (let level = 1; this.peaks.at(-1)?.size === top.size; level += 1) {
      top = { size: top.size * 2, hash: nodeHash(this.peaks.pop()!.hash, top.hash) };
      made.push({ level, index: this.size / top.size - 1, hash: top.hash });
    }
    this.peaks.push(top);
    return made;
  }

  get root(): string {
    const [last, ...before] = this.peaks.toReversed();
    return last === undefined
      ? EMPTY_ROOT
      : before.reduce((hash, peak) => nodeHash(peak.hash, hash), last.hash);
  }
}
