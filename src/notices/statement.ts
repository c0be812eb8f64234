import { sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import { sha256 } from '../core/ids.js';
import type { Keys } from '../storage/keys.js';
import type { NoticeBody, NoticeOwner } from './body.js';

/**
 * The line under a notice's signature: RFC 8785 JSON of what it is and of the hashes of what it says.
 * The owner is in it as a hash only, so that the statement can be shown to anyone.
 */
export function noticeStatement(noticeId: string, body: NoticeBody, owner: NoticeOwner): string {
  const line = {
    schema: 'phat-nguoi/notice-signature/1',
    noticeId,
    number: body.number,
    issuedAt: body.issuedAt,
    verifyCode: body.verify.code,
    bodySha256: sha256(canonicalize(body) ?? ''),
    // The random verify code salts the hash: without it a twelve-digit ID could be found by trying all.
    ownerSha256: sha256(`${body.verify.code}\u001f${canonicalize(owner) ?? ''}`),
  };
  return canonicalize(line) ?? '';
}

/** Base64url Ed25519 by the house's evidence key. */
export function signStatement(keys: Pick<Keys, 'evidence'>, statement: string): string {
  return sign(null, Buffer.from(statement), keys.evidence.privateKey).toString('base64url');
}

export function statementIsSigned(publicKey: KeyObject, statement: string, signature: string): boolean {
  return verify(null, Buffer.from(statement), publicKey, Buffer.from(signature, 'base64url'));
}
