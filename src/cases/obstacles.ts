import { isComplete } from '../plates/index.js';
import { blocks, evidenceHolds, MEASURED_BY } from '../registry/index.js';
import { isWithdrawn } from '../sites/index.js';
import type { Db } from '../storage/context.js';
import type { CaseErrorCode } from './errors.js';
import { framesOf, siteOf, type CaseRecord } from './record.js';

export interface Obstacle {
  readonly code: Extract<
    CaseErrorCode,
    | 'SITE_VERSION_WITHDRAWN'
    | 'PLATE_UNREADABLE'
    | 'LIMITATION_EXPIRED'
    | 'HELD'
    | 'CERTIFICATE_MISSING'
    | 'PLATE_COLOUR_DIFFERS'
    | 'OWNER_UNKNOWN'
  >;
  readonly message: string;
  readonly details: Record<string, unknown>;
}

/**
 * What stops a confirmation now, gravest first. Checked again at the decision, whatever the holds say: a certificate may
 * have been withdrawn, and time has passed.
 */
export async function obstaclesTo(db: Db, record: CaseRecord, now: Date): Promise<Obstacle[]> {
  const found: Obstacle[] = [];
  if (await isWithdrawn(db, { siteId: record.siteId, version: record.siteVersion })) {
    found.push({
      code: 'SITE_VERSION_WITHDRAWN',
      message: 'the version of the site that it rests on was withdrawn',
      details: { siteId: record.siteId, version: record.siteVersion },
    });
  }
  if (record.plateText === null || !isComplete(record.plateText)) {
    found.push({
      code: 'PLATE_UNREADABLE',
      message: 'a plate that cannot be read in full is nobody’s',
      details: { plate: record.plateText },
    });
  }
  if (now > record.expiresAt) {
    found.push({
      code: 'LIMITATION_EXPIRED',
      message: 'the limitation of one year has run out',
      details: { expiresAt: record.expiresAt.toISOString() },
    });
  }
  const open = record.holds.filter(blocks).map((h) => h.code);
  if (open.length > 0)
    found.push({ code: 'HELD', message: `held: ${open.join(', ')}`, details: { holds: open } });
  if (!open.includes('CERTIFICATE_MISSING') && MEASURED_BY[record.rule] !== undefined) {
    const frames = await framesOf(db, record.evidence);
    const missing = evidenceHolds(record.rule, await siteOf(db, record), frames, record.occurredAt).some(
      (h) => h.code === 'CERTIFICATE_MISSING',
    );
    if (missing)
      found.push({
        code: 'CERTIFICATE_MISSING',
        message: 'the measuring device had no valid certificate',
        details: {},
      });
  }
  // The match with the colour that was stated may still be on its way: until then the owner is another plate's.
  if (
    record.statedColour !== null &&
    record.vehicle !== null &&
    record.vehicle.plateColour !== record.statedColour
  ) {
    found.push({
      code: 'PLATE_COLOUR_DIFFERS',
      message: 'the vehicle matched has a plate of another colour than was stated',
      details: { stated: record.statedColour, matched: record.vehicle.plateColour },
    });
  }
  if (record.ownerSealed === null && open.length === 0) {
    found.push({ code: 'OWNER_UNKNOWN', message: 'the owner is not known', details: {} });
  }
  return found;
}
