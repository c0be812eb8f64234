import { randomBytes } from 'node:crypto';
import type { Context } from '../storage/context.js';
import { seal, unseal } from '../storage/sealing.js';
import { CaseError } from './errors.js';
import { enrolmentUri, stepOf } from './one-time-code.js';

const place = (officerId: string): string => `officer:${officerId}`;
type House = Pick<Context, 'db' | 'keys' | 'clock'>;

/**
 * Gives an officer a new secret for one-time codes and signs them out; the address is shown this once and kept sealed.
 * @throws {CaseError} `OFFICER_NOT_FOUND`
 */
export async function enrolSecondFactor(ctx: House, username: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('officers')
    .select(['id', 'username'])
    .where('username', '=', username.toLowerCase())
    .executeTakeFirst();
  if (!row) throw new CaseError('OFFICER_NOT_FOUND', `no officer ${username}`);
  const secret = randomBytes(20);
  await ctx.db
    .updateTable('officers')
    .set({
      totp_sealed: seal(ctx.keys, secret, place(row.id)),
      totp_step: 0,
      sessions_from: ctx.clock.now(),
    })
    .where('id', '=', row.id)
    .execute();
  return enrolmentUri(secret, row.username);
}

/** `none` the officer has no second factor · `missing` a code is to be asked for · `wrong` or used · `holds` */
export type FactorCheck = 'none' | 'missing' | 'wrong' | 'holds';

/** Checks the code that was typed at sign-in and uses it up: of two sign-ins with one code, one succeeds. */
export async function checkSecondFactor(
  ctx: House,
  officerId: string,
  code: string | undefined,
): Promise<FactorCheck> {
  const row = await ctx.db
    .selectFrom('officers')
    .select(['totp_sealed', 'totp_step'])
    .where('id', '=', officerId)
    .executeTakeFirst();
  if (!row?.totp_sealed) return 'none';
  if (code === undefined || code === '') return 'missing';
  const secret = unseal(ctx.keys, row.totp_sealed, place(officerId));
  const step = stepOf(secret, code, ctx.clock.now(), row.totp_step);
  if (step === null) return 'wrong';
  const used = await ctx.db
    .updateTable('officers')
    .set({ totp_step: step })
    .where('id', '=', officerId)
    .where('totp_step', '<', step)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n ? 'holds' : 'wrong';
}

/** Ends every session of an officer, on whatever machine. */
export async function signOutEverywhere(ctx: House, officerId: string): Promise<void> {
  await ctx.db
    .updateTable('officers')
    .set({ sessions_from: ctx.clock.now() })
    .where('id', '=', officerId)
    .execute();
}
