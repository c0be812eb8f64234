import { z } from 'zod';
import { citation, fineRange, lawRow, LawError, pointsTaken, type LawRow } from '../law/index.js';
import { unsealOwner } from '../registry/owner.js';
import { vehicleRecord, type OwnerRecord } from '../registry/records.js';
import { siteVersion, type SiteVersion } from '../sites/site-schema.js';
import type { Db } from '../storage/context.js';
import type { Keys } from '../storage/keys.js';
import { NoticeError } from './errors.js';
import type { EvidencePicture, NoticeOwner } from './body.js';
import { evidencePictures } from './evidence-pictures.js';

const passagePlate = z.object({
  display: z.string().optional(),
  chars: z.array(z.object({ c: z.string(), p: z.number() })).optional(),
});

/** Everything a notice is made of, read in one go. */
export interface NoticeFacts {
  readonly caseId: string;
  /** Of the case when it was read. */
  readonly caseVersion: number;
  readonly violationId: string;
  readonly plateText: string;
  readonly plateDisplay: string;
  readonly plateColour: string;
  readonly vehicleClass: string;
  readonly makeModel: string | null;
  readonly ownerKind: 'person' | 'organisation';
  readonly owner: NoticeOwner;
  readonly digitalAccount: string | null;
  readonly occurredAt: Date;
  readonly law: LawRow;
  readonly lawVersion: string;
  readonly citation: { vi: string; en: string };
  readonly fine: { min: number; max: number; default: number };
  readonly points: number;
  readonly why: { vi: string; en: string };
  readonly site: SiteVersion;
  readonly officer: { name: string; rank: string; unit: string; confirmedAt: Date };
  readonly evidence: readonly EvidencePicture[];
  readonly reading: readonly { c: string; p: number }[];
}

/**
 * Reads the facts of a case that an officer confirmed. The law is that of the violation instant, the site its version then.
 * @throws {NoticeError} `CASE_NOT_FOUND` | `CONFIRMATION_MISSING` | `OWNER_MISSING` | `LAW_MISSING` | `SITE_MISSING`
 */
export async function gatherFacts(db: Db, keys: Pick<Keys, 'sealing'>, caseId: string): Promise<NoticeFacts> {
  const found = await db
    .selectFrom('cases as c')
    .innerJoin('violations as v', 'v.id', 'c.violation_id')
    .innerJoin('passages as p', 'p.id', 'v.passage_id')
    .where('c.id', '=', caseId)
    .select([
      'c.id',
      'c.version',
      'c.plate_text',
      'c.plate_colour',
      'c.vehicle',
      'c.owner_sealed',
      'c.owner_kind',
      'c.digital_account',
      'v.id as violation_id',
      'v.site_id',
      'v.site_version',
      'v.law_code',
      'v.law_version',
      'v.occurred_at',
      'v.evidence',
      'v.why_vi',
      'v.why_en',
      'p.kind',
      'p.plate',
      'p.track',
    ])
    .executeTakeFirst();
  if (!found) throw new NoticeError('CASE_NOT_FOUND', 'no such case', { details: { caseId } });
  if (found.owner_sealed === null || found.owner_kind === null || found.plate_text === null) {
    throw new NoticeError('OWNER_MISSING', 'a notice needs a read plate and its owner', {
      details: { caseId },
    });
  }
  const law = lawOf(found.law_code, found.occurred_at);
  const range = fineRange(law, found.owner_kind);
  const plate = passagePlate.safeParse(found.plate).data;
  const card = vehicleRecord.safeParse(found.vehicle).data;
  const makeModel = card ? `${card.make} ${card.model}`.trim() : '';
  return {
    caseId,
    caseVersion: found.version,
    violationId: found.violation_id,
    plateText: found.plate_text,
    plateDisplay: plate?.display ?? found.plate_text,
    plateColour: found.plate_colour ?? card?.plateColour ?? 'other',
    vehicleClass: card?.kind ?? found.kind,
    makeModel: makeModel === '' ? null : makeModel,
    ownerKind: found.owner_kind,
    owner: printed(unsealOwner(keys, caseId, found.owner_sealed)),
    digitalAccount: found.digital_account,
    occurredAt: found.occurred_at,
    law,
    lawVersion: found.law_version,
    citation: citation(law),
    fine: { min: range.min, max: range.max, default: range.standard },
    points: pointsTaken([law], { owner: found.owner_kind }),
    why: { vi: found.why_vi, en: found.why_en },
    site: await siteOf(db, found.site_id, found.site_version),
    officer: await confirmation(db, caseId),
    evidence: await evidencePictures(db, found.evidence, found.track),
    reading: plate?.chars ?? [],
  };
}

function lawOf(code: string, instant: Date): LawRow {
  try {
    return lawRow(code, instant);
  } catch (cause) {
    if (!(cause instanceof LawError)) throw cause;
    throw new NoticeError('LAW_MISSING', `the law of that day has no row ${code}`, { cause });
  }
}

const printed = ({ name, address, id }: OwnerRecord): NoticeOwner => ({ name, address, id });

async function siteOf(db: Db, siteId: string, version: number): Promise<SiteVersion> {
  const row = await db
    .selectFrom('site_versions')
    .select('body')
    .where('site_id', '=', siteId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw new NoticeError('SITE_MISSING', `no version ${version} of site ${siteId}`);
  return siteVersion.parse(row.body);
}

async function confirmation(db: Db, caseId: string): Promise<NoticeFacts['officer']> {
  const row = await db
    .selectFrom('reviews as r')
    .innerJoin('officers as o', 'o.id', 'r.officer_id')
    .where('r.case_id', '=', caseId)
    .where('r.decision', '=', 'confirm')
    .where('r.undone_at', 'is', null)
    .orderBy('r.at', 'desc')
    .select(['o.name', 'o.rank', 'o.unit', 'r.at'])
    .executeTakeFirst();
  if (!row)
    throw new NoticeError('CONFIRMATION_MISSING', 'no officer confirmed this case', { details: { caseId } });
  return { name: row.name, rank: row.rank, unit: row.unit, confirmedAt: row.at };
}
