import { createPublicKey, type KeyObject } from 'node:crypto';
import { keyId } from '../storage/keys.js';
import { EvidenceError } from './errors.js';
import { headSignatureHolds, type Head } from './heads.js';
import { consistencyHolds } from './merkle.js';

/** How a witness asks the house; over HTTP in real life. */
export interface WatchedLog {
  head(): Promise<Head | null>;
  consistency(first: number, size: number): Promise<readonly string[]>;
}

/**
 * What somebody outside the house does each minute: takes the newest head, and keeps it only if it was signed with the
 * key that they trust and the log still begins with the head that they kept last. Gives the head to keep, or null where
 * nothing is new.
 * @throws {EvidenceError} `HEAD_NOT_SIGNED` by the trusted key · `LOG_REWRITTEN`: the log was cut, rolled back or changed
 */
export async function witness(log: WatchedLog, pem: string, last: Head | undefined): Promise<Head | null> {
  const now = await log.head();
  if (now === null) {
    if (last === undefined) return null;
    throw rewritten(`the log had ${last.size} leaves and has no head any more`);
  }
  assertSigned(now, createPublicKey(pem));
  if (last === undefined) return now;
  if (now.size < last.size) throw rewritten(`the log had ${last.size} leaves and has ${now.size}`);
  if (now.size === last.size) {
    if (now.root !== last.root) throw rewritten(`two heads of ${now.size} leaves have different roots`);
    return null;
  }
  const path = await log.consistency(last.size, now.size);
  const grew = consistencyHolds({
    first: last.size,
    firstRoot: last.root,
    size: now.size,
    root: now.root,
    path,
  });
  if (!grew)
    throw rewritten(`the log of ${now.size} leaves does not begin with the ${last.size} that were kept`);
  return now;
}

function assertSigned(head: Head, publicKey: KeyObject): void {
  if (head.keyId === keyId(publicKey) && headSignatureHolds(head, publicKey)) return;
  throw new EvidenceError(
    'HEAD_NOT_SIGNED',
    `the head of ${head.size} leaves is not signed by the trusted key`,
  );
}

const rewritten = (message: string): EvidenceError => new EvidenceError('LOG_REWRITTEN', message);
