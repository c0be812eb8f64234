import type { KeyObject } from 'node:crypto';
import { createPublicKey, verify } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { sha256 } from '../core/ids.js';

/** What is put into an owner's digital account. Never holds a link to pay. */
export interface AccountMessage {
  readonly account: string;
  readonly noticeId: string;
  readonly number: string;
  readonly issuedAt: string;
  readonly title: { readonly vi: string; readonly en: string };
  readonly summary: { readonly vi: string; readonly en: string };
  readonly pdf: Buffer;
}

/**
 * What the gateway answers and signs: the message of this notice, with these bytes, lies in this account since then.
 * `signature` is base64url Ed25519 over the RFC 8785 form of the other fields without `publicKey`.
 */
export const deliveryProof = z.strictObject({
  deliveryId: z.string().min(1),
  account: z.string().min(1),
  noticeId: z.uuid(),
  pdfSha256: z.string().regex(/^[0-9a-f]{64}$/),
  deliveredAt: z.iso.datetime(),
  keyId: z.string().regex(/^[0-9a-f]{64}$/),
  /** SPKI DER, base64. */
  publicKey: z.base64(),
  signature: z.base64url(),
});
export type DeliveryProof = z.infer<typeof deliveryProof>;

/** The way to a digital account: one verb. Repeating it for the same notice must not make a second message. */
export interface DigitalAccount {
  /** @throws {NoticeError} `ACCOUNT_UNREACHABLE` | `ACCOUNT_REFUSED` | `ACCOUNT_UNKNOWN` | `PROOF_WRONG` */
  deliver(message: AccountMessage): Promise<DeliveryProof>;
}

/** The exact text under a proof's signature. */
export function proofStatement(proof: Omit<DeliveryProof, 'publicKey' | 'signature'>): string {
  const { deliveryId, account, noticeId, pdfSha256, deliveredAt, keyId } = proof;
  return canonicalize({ deliveryId, account, noticeId, pdfSha256, deliveredAt, keyId }) ?? '';
}

/**
 * What is wrong with a proof for this message, or null if it proves the delivery. A proof brings its own key: only where
 * `keyIds` names the keys that may sign does it also prove who says so.
 */
export function faultOfProof(
  proof: DeliveryProof,
  message: Pick<AccountMessage, 'account' | 'noticeId' | 'pdf'>,
  keyIds?: readonly string[],
): string | null {
  if (proof.noticeId !== message.noticeId) return 'proof names another notice';
  if (proof.account !== message.account) return 'proof names another account';
  if (proof.pdfSha256 !== sha256(message.pdf)) return 'proof names other bytes';
  const der = Buffer.from(proof.publicKey, 'base64');
  if (sha256(der) !== proof.keyId) return 'key id is not the hash of the key';
  if (keyIds !== undefined && !keyIds.includes(proof.keyId)) return 'proof is signed by another key';
  let key: KeyObject;
  try {
    key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    return 'key of the proof cannot be read';
  }
  const good = verify(
    null,
    Buffer.from(proofStatement(proof)),
    key,
    Buffer.from(proof.signature, 'base64url'),
  );
  return good ? null : 'signature of the proof is wrong';
}
