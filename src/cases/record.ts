import { lawRow, type LawRow } from '../law/index.js';
import {
  holds,
  seenVehicle,
  vehicleRecord,
  type Hold,
  type SeenVehicle,
  type VehicleRecord,
} from '../registry/index.js';
import { siteVersionOf, type SiteVersion } from '../sites/index.js';
import type { Db } from '../storage/context.js';
import { CaseError } from './errors.js';
import type { CaseState } from './states.js';
import { z } from 'zod';

export const evidenceList = z.array(z.object({ frameId: z.string(), sha256: z.string(), role: z.string() }));

/** One case with the violation and passage that it came from, parsed. */
export interface CaseRecord {
  readonly id: string;
  readonly version: number;
  readonly state: CaseState;
  readonly plateText: string | null;
  readonly plateColour: string | null;
  readonly statedColour: 'white' | 'yellow' | 'blue' | null;
  readonly holds: readonly Hold[];
  readonly vehicle: VehicleRecord | null;
  readonly ownerSealed: Buffer | null;
  readonly ownerKind: 'person' | 'organisation' | null;
  readonly digitalAccount: string | null;
  readonly occurredAt: Date;
  readonly noticeDueAt: Date;
  readonly expiresAt: Date;
  readonly violationId: string;
  readonly rule: string;
  readonly why: { readonly vi: string; readonly en: string };
  readonly elements: unknown;
  readonly measured: unknown;
  readonly lawVersion: string;
  readonly evidence: z.infer<typeof evidenceList>;
  readonly passageId: string;
  readonly seen: SeenVehicle;
  readonly track: unknown;
  readonly siteId: string;
  readonly siteVersion: number;
  readonly law: LawRow;
}

/**
 * Reads a case whole; `lock` holds its row for the rest of the transaction.
 * @throws {CaseError} `CASE_NOT_FOUND`
 */
export async function readCase(db: Db, caseId: string, lock = false): Promise<CaseRecord> {
  const query = db
    .selectFrom('cases as c')
    .innerJoin('violations as v', 'v.id', 'c.violation_id')
    .innerJoin('passages as p', 'p.id', 'v.passage_id')
    .where('c.id', '=', caseId)
    .select([
      'c.id', 'c.version', 'c.state', 'c.plate_text', 'c.plate_colour', 'c.stated_colour', 'c.holds', 'c.vehicle', 'c.owner_sealed',
      'c.owner_kind', 'c.digital_account', 'c.occurred_at', 'c.notice_due_at', 'c.expires_at', 'c.law_code', 'v.id as violation_id',
      'v.rule', 'v.why_vi', 'v.why_en', 'v.elements', 'v.measured', 'v.law_version', 'v.evidence', 'v.site_id', 'v.site_version',
      'p.id as passage_id', 'p.kind', 'p.body_colour', 'p.plate', 'p.track',
    ]); // prettier-ignore
  const row = await (lock ? query.forUpdate('c') : query).executeTakeFirst();
  if (!row) throw new CaseError('CASE_NOT_FOUND', `no case ${caseId}`);
  return {
    id: row.id,
    version: row.version,
    state: row.state as CaseState,
    plateText: row.plate_text,
    plateColour: row.plate_colour,
    statedColour: row.stated_colour as CaseRecord['statedColour'],
    holds: holds.parse(row.holds),
    vehicle: row.vehicle === null ? null : vehicleRecord.parse(row.vehicle),
    ownerSealed: row.owner_sealed,
    ownerKind: row.owner_kind,
    digitalAccount: row.digital_account,
    occurredAt: row.occurred_at,
    noticeDueAt: row.notice_due_at,
    expiresAt: row.expires_at,
    violationId: row.violation_id,
    rule: row.rule,
    why: { vi: row.why_vi, en: row.why_en },
    elements: row.elements,
    measured: row.measured,
    lawVersion: row.law_version,
    evidence: evidenceList.parse(row.evidence),
    passageId: row.passage_id,
    seen: seenVehicle.parse({ kind: row.kind, bodyColour: row.body_colour, plate: row.plate }),
    track: row.track,
    siteId: row.site_id,
    siteVersion: row.site_version,
    law: lawRow(row.law_code, row.occurred_at),
  };
}

export const siteOf = (db: Db, record: Pick<CaseRecord, 'siteId' | 'siteVersion'>): Promise<SiteVersion> =>
  siteVersionOf(db, record.siteId, record.siteVersion);

/** Cameras, clocks and claims of the frames that prove an act. */
export async function framesOf(
  db: Db,
  evidence: readonly { frameId: string }[],
): Promise<{ id: string; cameraId: string; clockOffsetMs: number; capturedAt: Date; claims: unknown }[]> {
  if (evidence.length === 0) return [];
  const rows = await db
    .selectFrom('frames')
    .select(['id', 'camera_id', 'clock_offset_ms', 'captured_at', 'claims'])
    .where(
      'id',
      'in',
      evidence.map((frame) => frame.frameId),
    )
    .execute();
  return rows.map((row) => ({
    id: row.id,
    cameraId: row.camera_id,
    clockOffsetMs: row.clock_offset_ms,
    capturedAt: row.captured_at,
    claims: row.claims,
  }));
}
