import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import type { Context, Db } from '../storage/context.js';
import type { Keys } from '../storage/keys.js';
import { canonicalJson } from './canonical.js';
import { sizeOfLog } from './log.js';
import { EMPTY_ROOT } from './merkle.js';
import { hashesOf } from './tree-store.js';

/** A signed tree head: "at this instant the log had so many leaves and this root". */
export interface Head {
  readonly size: number;
  readonly root: string;
  readonly at: string;
  readonly keyId: string;
  /** Ed25519 over `headStatement`, base64url. */
  readonly signature: string;
}

/** The text under a head's signature (UTF-8, RFC 8785). */
export function headStatement(head: Omit<Head, 'signature'>): string {
  return canonicalJson({
    log: 'phat-nguoi/log/1',
    size: head.size,
    root: head.root,
    at: head.at,
    keyId: head.keyId,
  });
}

/** True if the head was signed with the private half of this key. */
export function headSignatureHolds(head: Head, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(headStatement(head)), publicKey, Buffer.from(head.signature, 'base64url'));
}

/** Signs the log as it stands. Gives the standing head where nothing was added since. */
export async function signHead(ctx: Pick<Context, 'db' | 'keys' | 'clock'>): Promise<Head> {
  const size = await sizeOfLog(ctx.db);
  const known = await headAt(ctx.db, size);
  if (known !== undefined) return known;
  const root = size === 0 ? EMPTY_ROOT : (await hashesOf(ctx.db, [{ start: 0, end: size }]))[0]!;
  const unsigned = { size, root, at: ctx.clock.now().toISOString(), keyId: ctx.keys.evidence.id };
  const signature = sign(null, Buffer.from(headStatement(unsigned)), ctx.keys.evidence.privateKey).toString(
    'base64url',
  );
  await ctx.db
    .insertInto('log_heads')
    .values({ size, root, at: new Date(unsigned.at), signature, key_id: unsigned.keyId })
    .onConflict((conflict) => conflict.column('size').doNothing())
    .execute();
  return (await headAt(ctx.db, size))!;
}

async function headAt(db: Db, size: number): Promise<Head | undefined> {
  const row = await db.selectFrom('log_heads').selectAll().where('size', '=', size).executeTakeFirst();
  return row === undefined ? undefined : headOf(row);
}

/** The newest head, or undefined before the first minute. */
export async function latestHead(db: Db): Promise<Head | undefined> {
  const row = await db
    .selectFrom('log_heads')
    .selectAll()
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : headOf(row);
}

/** The newest `limit` heads, newest first: for whoever wants to keep them as a witness. */
export async function recentHeads(db: Db, limit: number): Promise<Head[]> {
  const rows = await db.selectFrom('log_heads').selectAll().orderBy('size', 'desc').limit(limit).execute();
  return rows.map(headOf);
}

export function headOf(row: {
  size: number;
  root: string;
  at: Date;
  signature: string;
  key_id: string;
}): Head {
  return {
    size: Number(row.size),
    root: row.root,
    at: row.at.toISOString(),
    keyId: row.key_id,
    signature: row.signature,
  };
}

export interface PublicKey {
  readonly keyId: string;
  readonly algorithm: 'Ed25519';
  readonly pem: string;
  /** SHA-256 of the key in SPKI DER: what is printed on notices and published elsewhere, to compare with. */
  readonly sha256: string;
}

export function publicKeyOf(keys: Pick<Keys, 'evidence'>): PublicKey {
  const { id, publicKey } = keys.evidence;
  return {
    keyId: id,
    algorithm: 'Ed25519',
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    sha256: createHash('sha256')
      .update(publicKey.export({ type: 'spki', format: 'der' }))
      .digest('hex'),
  };
}
