import { sql } from 'kysely';
import { sha256 } from '../core/ids.js';
import type { Db } from '../storage/context.js';
import { checkCertified, checkSite } from './check-site.js';
import { SiteError } from './errors.js';
import { siteVersion, type SiteVersion } from './site-schema.js';
import { isWithdrawn } from './withdrawn.js';

/**
 * Reads a site file, which may be trusted then: its shape, and all that `checkSite` asks.
 * @throws {SiteError} `SITE_INVALID` with the first fault, `CALIBRATION_DEGENERATE`
 */
export function parseSite(json: unknown): SiteVersion {
  const parsed = siteVersion.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new SiteError('SITE_INVALID', `${issue.path.join('.') || 'site'}: ${issue.message}`, {
      cause: parsed.error,
    });
  }
  checkSite(parsed.data);
  return parsed.data;
}

/**
 * Adds a version. The same file again is the same version; versions are never changed.
 * @throws {SiteError} `VERSION_TAKEN` where the number stands for another content, `CERTIFICATE_MISSING` where it is signed already
 */
export async function addSiteVersion(db: Db, site: SiteVersion): Promise<{ added: boolean; sha256: string }> {
  if (site.signedOff !== null) checkCertified(site);
  const body = JSON.stringify(site);
  const hash = sha256(body);
  const inserted = await db
    .insertInto('site_versions')
    .values({
      site_id: site.siteId,
      version: site.version,
      valid_from: new Date(site.validFrom),
      valid_to: site.validTo === null ? null : new Date(site.validTo),
      signed_off_by: site.signedOff?.by ?? null,
      signed_off_at: site.signedOff === null ? null : new Date(site.signedOff.at),
      body,
      sha256: hash,
    })
    .onConflict((c) => c.columns(['site_id', 'version']).doNothing())
    .executeTakeFirst();
  if ((inserted.numInsertedOrUpdatedRows ?? 0n) > 0n) return { added: true, sha256: hash };
  const there = await siteVersionOf(db, site.siteId, site.version);
  if (sha256(JSON.stringify(unsigned(there))) !== sha256(JSON.stringify(unsigned(site)))) {
    throw new SiteError(
      'VERSION_TAKEN',
      `version ${site.version} of ${site.siteId} exists with other content; give the new one a new number`,
    );
  }
  return { added: false, sha256: hash };
}

// The sign-off is given after the version is made; it is no part of its content.
const unsigned = (site: SiteVersion): SiteVersion => ({ ...site, signedOff: null });

/**
 * Puts a name under a version; only a signed version judges. Signing twice keeps the first name.
 * @throws {SiteError} `SITE_INVALID` where nobody is named, `SITE_NOT_FOUND`, `CERTIFICATE_MISSING`
 */
export async function signOff(db: Db, siteId: string, version: number, by: string, at: Date): Promise<void> {
  // A version under a blank name could not be read any more.
  if (by.trim() === '') throw new SiteError('SITE_INVALID', 'signedOff.by: nobody is named');
  checkCertified(await siteVersionOf(db, siteId, version));
  await db
    .updateTable('site_versions')
    .set({
      signed_off_by: sql<string>`coalesce(signed_off_by, ${by})`,
      signed_off_at: sql<Date>`coalesce(signed_off_at, ${at})`,
    })
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .execute();
}

/**
 * The version that was in force at an instant: the highest signed one whose dates hold it. If that one was withdrawn there
 * is none: it had taken over because the one before did not hold any more, so that going back to it would be a guess.
 * @throws {SiteError} `SITE_NOT_FOUND`, `NOT_SIGNED_OFF`, `VERSION_WITHDRAWN`
 */
export async function siteAt(db: Db, siteId: string, instant: Date): Promise<SiteVersion> {
  const rows = await db
    .selectFrom('site_versions')
    .select(['version', 'signed_off_by', 'signed_off_at', 'body', 'sha256'])
    .where('site_id', '=', siteId)
    .where('valid_from', '<=', instant)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', instant)]))
    .orderBy('version', 'desc')
    .execute();
  const row = rows.find((candidate) => candidate.signed_off_by !== null);
  if (row !== undefined) {
    if (await isWithdrawn(db, { siteId, version: row.version }))
      throw new SiteError('VERSION_WITHDRAWN', `version ${row.version} of ${siteId} was withdrawn`);
    return read(row);
  }
  if (rows.length > 0)
    throw new SiteError('NOT_SIGNED_OFF', `no signed version of ${siteId} holds ${instant.toISOString()}`);
  throw notFound(siteId, instant.toISOString());
}

/** @throws {SiteError} `SITE_NOT_FOUND` */
export async function siteVersionOf(db: Db, siteId: string, version: number): Promise<SiteVersion> {
  const row = await db
    .selectFrom('site_versions')
    .select(['signed_off_by', 'signed_off_at', 'body', 'sha256'])
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined) throw notFound(siteId, `version ${version}`);
  return read(row);
}

export interface SiteVersionSummary {
  readonly siteId: string;
  readonly version: number;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly signedOffBy: string | null;
  readonly withdrawnAt: Date | null;
  readonly sha256: string;
}

/** Every version of every site, or of one. */
export async function siteVersions(db: Db, siteId?: string): Promise<SiteVersionSummary[]> {
  let query = db
    .selectFrom('site_versions as s')
    .leftJoin('withdrawn_versions as w', (join) =>
      join.onRef('w.site_id', '=', 's.site_id').onRef('w.version', '=', 's.version'),
    )
    .select(['s.site_id', 's.version', 's.valid_from', 's.valid_to', 's.signed_off_by', 's.sha256', 'w.at']);
  if (siteId !== undefined) query = query.where('s.site_id', '=', siteId);
  const rows = await query.orderBy('s.site_id').orderBy('s.version').execute();
  return rows.map((row) => ({
    siteId: row.site_id,
    version: row.version,
    validFrom: row.valid_from,
    validTo: row.valid_to,
    signedOffBy: row.signed_off_by,
    withdrawnAt: row.at,
    sha256: row.sha256,
  }));
}

interface Stored {
  body: unknown;
  sha256: string;
  signed_off_by: string | null;
  signed_off_at: Date | null;
}

// Parsing a version is dear and its content never changes, so it is kept by its hash; nothing else depends on it.
const parsed = new Map<string, SiteVersion>();

function read(row: Stored): SiteVersion {
  const key = `${row.sha256}:${row.signed_off_by ?? ''}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const body = row.body as SiteVersion;
  const later =
    row.signed_off_by === null ? null : { by: row.signed_off_by, at: row.signed_off_at!.toISOString() };
  // Signed in the file itself it comes back word for word; signed afterwards it carries that name.
  const signedOff = later !== null && later.by === body.signedOff?.by ? body.signedOff : later;
  const site = parseSite({ ...body, signedOff });
  if (parsed.size > 256) parsed.clear();
  parsed.set(key, site);
  return site;
}

const notFound = (siteId: string, what: string): SiteError =>
  new SiteError('SITE_NOT_FOUND', `no site ${siteId} for ${what}`);
