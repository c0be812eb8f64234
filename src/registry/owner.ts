import type { Keys } from '../storage/keys.js';
import { seal, unseal } from '../storage/sealing.js';
import { ownerRecord, type OwnerRecord } from './records.js';

const bound = (caseId: string): string => `case:${caseId}`;

/** Sealed for one case: it does not open in another case's row. */
export function sealOwner(keys: Pick<Keys, 'sealing'>, caseId: string, owner: OwnerRecord): Buffer {
  return seal(keys, JSON.stringify(owner), bound(caseId));
}

/** @throws {StorageError} `SEAL_BROKEN` */
export function unsealOwner(keys: Pick<Keys, 'sealing'>, caseId: string, sealed: Uint8Array): OwnerRecord {
  return ownerRecord.parse(JSON.parse(unseal(keys, sealed, bound(caseId)).toString()));
}
