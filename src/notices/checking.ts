import { publicKeyOf } from '../evidence/heads.js';
import type { Context } from '../storage/context.js';
import { unseal } from '../storage/sealing.js';
import { noticeBody, noticeOwner, type NoticeBody } from './body.js';
import { noticeStatement, statementIsSigned } from './statement.js';

/** What anyone may learn of a notice by its code: enough to compare with the paper, nobody's name. */
export interface CheckedNotice {
  readonly kind: 'notice';
  readonly number: string;
  readonly issuedAt: string;
  readonly unit: NoticeBody['unit'];
  readonly plate: string;
  readonly behaviour: NoticeBody['act']['behaviour'];
  readonly occurredAt: string;
  readonly place: NoticeBody['place']['name'];
  readonly fine: number;
  /** The body, the owner and the number are those that this house signed. */
  readonly signatureHolds: boolean;
  readonly statement: string;
  readonly signature: string;
  readonly publicKeySha256: string;
  readonly publicKeyPem: string;
}

/** A code as people type it: lower case, with spaces or dots. */
export function normaliseCode(typed: string): string {
  return typed
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .replaceAll(/(.{4})(?=.)/g, '$1-');
}

/** Checks a notice by the code printed on it. Null if no notice has it. */
export async function verifyNotice(ctx: Context, code: string): Promise<CheckedNotice | null> {
  const row = await ctx.db
    .selectFrom('notices')
    .selectAll()
    .where('verify_code', '=', normaliseCode(code))
    .executeTakeFirst();
  if (!row || row.body_sealed === null) return null;
  const body = noticeBody.parse(row.body);
  const owner = noticeOwner.parse(
    JSON.parse(unseal(ctx.keys, row.body_sealed, `notice:${row.id}`).toString('utf8')),
  );
  const statement = noticeStatement(row.id, body, owner);
  const key = publicKeyOf(ctx.keys);
  return {
    kind: 'notice',
    number: row.number,
    issuedAt: body.issuedAt,
    unit: body.unit,
    plate: body.vehicle.plate,
    behaviour: body.act.behaviour,
    occurredAt: body.occurredAt,
    place: body.place.name,
    fine: body.fine.default,
    signatureHolds:
      row.number === body.number && statementIsSigned(ctx.keys.evidence.publicKey, statement, row.signature),
    statement,
    signature: row.signature,
    publicKeySha256: key.sha256,
    publicKeyPem: key.pem,
  };
}
