import type { Db } from '../storage/context.js';
import { SiteError } from './errors.js';

interface Version {
  readonly siteId: string;
  readonly version: number;
}

/** Whether a version was found to be wrong: nothing may be concluded by it any more. */
export async function isWithdrawn(db: Db, { siteId, version }: Version): Promise<boolean> {
  const row = await db
    .selectFrom('withdrawn_versions')
    .select('at')
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row !== undefined;
}

/** As `isWithdrawn`; a version that stands cannot be withdrawn before the transaction ends. */
export async function isWithdrawnLocked(trx: Db, { siteId, version }: Version): Promise<boolean> {
  await trx
    .selectFrom('site_versions')
    .select('version')
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .forKeyShare()
    .execute();
  return isWithdrawn(trx, { siteId, version });
}

/**
 * Notes that a version is withdrawn, for good; false if it was before. Waits for transactions that rest on it
 * (`isWithdrawnLocked`), so that whoever looks afterwards finds all that they wrote.
 * @throws {SiteError} `SITE_NOT_FOUND`
 */
export async function recordWithdrawal(
  trx: Db,
  withdrawal: Version & { readonly officerId: string; readonly reason: string; readonly at: Date },
): Promise<boolean> {
  const { siteId, version, officerId, reason, at } = withdrawal;
  const there = await trx
    .selectFrom('site_versions')
    .select('version')
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .forUpdate()
    .executeTakeFirst();
  if (there === undefined) throw new SiteError('SITE_NOT_FOUND', `no version ${version} of site ${siteId}`);
  const made = await trx
    .insertInto('withdrawn_versions')
    .values({ site_id: siteId, version, officer_id: officerId, reason, at })
    .onConflict((conflict) => conflict.columns(['site_id', 'version']).doNothing())
    .executeTakeFirst();
  return (made.numInsertedOrUpdatedRows ?? 0n) > 0n;
}
