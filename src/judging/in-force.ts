import { siteAt, SiteError, siteVersions, type SiteVersion } from '../sites/index.js';
import type { Db } from '../storage/context.js';
import { HopelessJob } from '../storage/handlers.js';

export interface InForce {
  readonly version: SiteVersion;
  /** The last instant before another takes over, epoch ms. */
  readonly endsAt: number;
}

/** No signed version holds the instant, or the one that does was withdrawn. */
export interface NoneInForce {
  readonly version: null;
  /** When the next signed one begins, epoch ms; null where none does. */
  readonly nextAt: number | null;
}

/**
 * The version of a site that is in force at an instant.
 * @throws {HopelessJob} where it cannot be used
 */
export async function inForce(db: Db, siteId: string, from: Date): Promise<InForce | NoneInForce> {
  const signed = (await siteVersions(db, siteId)).filter((one) => one.signedOffBy !== null);
  const later = (from: Date) => (at: number) => at > from.getTime();
  try {
    const version = await siteAt(db, siteId, from);
    const ends = [
      version.validTo === null ? Infinity : Date.parse(version.validTo),
      ...signed.filter((one) => one.version > version.version).map((one) => one.validFrom.getTime()),
    ].filter(later(from));
    return { version, endsAt: Math.min(...ends, Infinity) - 1 };
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    if (error.code === 'SITE_INVALID' || error.code === 'CALIBRATION_DEGENERATE')
      throw new HopelessJob(error.message, { cause: error });
    const next = Math.min(
      ...signed
        .filter((one) => one.withdrawnAt === null && (one.validTo === null || one.validTo > one.validFrom))
        .map((one) => one.validFrom.getTime())
        .filter(later(from)),
    );
    return { version: null, nextAt: Number.isFinite(next) ? next : null };
  }
}
