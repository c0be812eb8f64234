import { canonicalJson } from '../evidence/canonical.js';
import type { SiteVersion } from '../sites/index.js';
import type { Db } from '../storage/context.js';
import { JudgingError } from './errors.js';
import type { Finding } from './finding.js';
import type { SeenFrame } from './frame.js';
import { judgeAgain } from './judge-again.js';
import { judge, judgeRest, type Judged } from './judge.js';
import { reasoning, whyFired } from './messages.js';
import { withSignalsOf } from './tracking/lamps.js';
import { emptyState } from './tracking/state.js';

/** Judges frames from an empty memory to their end. Pure: same frames, same site, same bytes. */
export function judgeFrames(frames: readonly SeenFrame[], site: SiteVersion): Judged[] {
  const last = Math.max(...frames.map((frame) => frame.at), 0);
  const seen = frames.map((frame) => withSignalsOf(site, frame));
  const moved = judge(emptyState(site.siteId), seen, site, last);
  return [...moved.judged, ...judgeRest(moved.state, site).judged];
}

/** What a replay says of one finding: everything that a violation cites. */
export interface ReplayedFinding {
  readonly rule: string;
  readonly lawCode: string;
  readonly lawVersion: string;
  readonly siteVersion: number;
  readonly occurredAt: string;
  readonly actKey: string;
  readonly plateText: string | null;
  readonly elements: readonly {
    readonly element: string;
    readonly holds: boolean;
    readonly value: string | number | null;
    readonly frames: readonly string[];
  }[];
  readonly measured: Readonly<Record<string, string | number>>;
  readonly evidence: readonly { readonly frameId: string; readonly role: string }[];
  readonly whyVi: string;
  readonly whyEn: string;
}

export interface ReplayedPassage {
  readonly id: string;
  readonly kind: string;
  readonly plate: string | null;
  readonly from: string;
  readonly to: string;
  readonly points: number;
  readonly findings: readonly ReplayedFinding[];
  /** Of each rule that did not fire: its elements in words, the last of which failed. */
  readonly notFired: readonly {
    readonly rule: string;
    readonly reason: string;
    readonly vi: readonly string[];
    readonly en: readonly string[];
  }[];
}

export function replayed({ passage, findings, repeats, notFired }: Judged): ReplayedPassage {
  const all = [...findings, ...repeats.map(({ finding, actKey }) => ({ ...finding, actKey }))];
  return {
    id: passage.id,
    kind: passage.kind,
    plate: passage.plate?.accepted === true ? passage.plate.text : null,
    from: new Date(passage.startedAt).toISOString(),
    to: new Date(passage.endedAt).toISOString(),
    points: passage.points.length,
    findings: all.map((finding) =>
      replayedFinding(
        finding,
        passage.siteVersion,
        passage.plate?.accepted === true ? passage.plate.text : null,
      ),
    ),
    notFired: notFired.map((one) => ({
      rule: one.rule,
      reason: one.reason,
      vi: reasoning(one, 'vi'),
      en: reasoning(one, 'en'),
    })),
  };
}

function replayedFinding(
  finding: Finding & { actKey: string },
  siteVersion: number,
  plateText: string | null,
): ReplayedFinding {
  return {
    rule: finding.rule,
    lawCode: finding.lawCode,
    lawVersion: finding.lawVersion,
    siteVersion,
    occurredAt: new Date(finding.occurredAt).toISOString(),
    actKey: finding.actKey,
    plateText,
    elements: finding.elements.map(({ element, holds, value, frames }) => ({
      element,
      holds,
      value,
      frames,
    })),
    measured: finding.measured,
    evidence: finding.evidence,
    whyVi: whyFired(finding, 'vi'),
    whyEn: whyFired(finding, 'en'),
  };
}

/** RFC 8785: one text for one value, so that two replays can be compared byte for byte. */
export const canonical = (value: unknown): string => canonicalJson(value);

export interface CaseReplay {
  readonly violationId: string;
  readonly stored: ReplayedFinding;
  /** The same passage as it comes out now; null where it does not come out at all. */
  readonly passage: ReplayedPassage | null;
  readonly again: ReplayedFinding | null;
  /** Whether what is stored and what comes out are the same bytes. */
  readonly same: boolean;
}

/**
 * Judges a stored violation again from its frames, under the version that it cites or another one.
 * @param id of a case or of a violation
 * @throws {JudgingError} `CASE_NOT_FOUND`
 */
export async function replayCase(db: Db, id: string, under?: SiteVersion): Promise<CaseReplay> {
  const row = await db
    .selectFrom('violations')
    .innerJoin('passages', 'passages.id', 'violations.passage_id')
    .leftJoin('cases', 'cases.violation_id', 'violations.id')
    .selectAll('violations')
    .select(['passages.started_at', 'passages.ended_at', 'passages.root_started_at', 'passages.track'])
    .where((eb) => eb.or([eb('violations.id', '=', id), eb('cases.id', '=', id)]))
    .executeTakeFirst();
  if (row === undefined) throw new JudgingError('CASE_NOT_FOUND', `no case or violation ${id}`);
  const stored = storedFinding(row);
  const seen = new Set(
    (row.track as { observationId: string; frameId: string; box: unknown }[]).map(
      (point) => `${point.frameId} ${JSON.stringify(point.box)}`,
    ),
  );
  const all = await judgeAgain(
    db,
    {
      siteId: row.site_id,
      siteVersion: row.site_version,
      rootStartedAt: row.root_started_at,
      startedAt: row.started_at,
      endedAt: row.ended_at,
    },
    under,
  );
  const judged = all
    .map((one) => ({
      one,
      shared: one.passage.points.filter((point) => seen.has(`${point.frameId} ${JSON.stringify(point.box)}`))
        .length,
    }))
    .sort((a, b) => b.shared - a.shared)[0];
  const passage = judged === undefined || judged.shared === 0 ? null : replayed(judged.one);
  const again = passage?.findings.find((finding) => finding.rule === stored.rule) ?? null;
  return {
    violationId: row.id,
    stored,
    passage,
    again,
    same: again !== null && canonical(again) === canonical(stored),
  };
}

interface ViolationRow {
  rule: string;
  law_code: string;
  law_version: string;
  site_version: number;
  occurred_at: Date;
  act_key: string;
  plate_text: string | null;
  elements: unknown;
  measured: unknown;
  evidence: unknown;
  why_vi: string;
  why_en: string;
}

function storedFinding(row: ViolationRow): ReplayedFinding {
  return {
    rule: row.rule,
    lawCode: row.law_code,
    lawVersion: row.law_version,
    siteVersion: row.site_version,
    occurredAt: row.occurred_at.toISOString(),
    actKey: row.act_key,
    plateText: row.plate_text,
    elements: (row.elements as ReplayedFinding['elements']).map(({ element, holds, value, frames }) => ({
      element,
      holds,
      value,
      frames,
    })),
    measured: row.measured as ReplayedFinding['measured'],
    evidence: (row.evidence as ReplayedFinding['evidence']).map(({ frameId, role }) => ({ frameId, role })),
    whyVi: row.why_vi,
    whyEn: row.why_en,
  };
}

export interface SiteChange {
  readonly violationId: string;
  readonly caseId: string | null;
  readonly rule: string;
  readonly plateText: string | null;
  readonly occurredAt: string;
  readonly change: 'gone' | 'other' | 'same';
  /** What the rule says under the new version: the failing element, or what differs. */
  readonly why: readonly string[];
  /** Rules that would fire besides. */
  readonly besides: readonly string[];
}

/** What a new version of a site would change in the violations that are stored: each is judged again under it. */
export async function siteChanges(db: Db, site: SiteVersion): Promise<SiteChange[]> {
  const rows = await db
    .selectFrom('violations')
    .leftJoin('cases', 'cases.violation_id', 'violations.id')
    .select(['violations.id', 'cases.id as case_id', 'violations.rule', 'violations.passage_id'])
    .where('violations.site_id', '=', site.siteId)
    .orderBy('violations.occurred_at')
    .execute();
  const changes: SiteChange[] = [];
  for (const row of rows) {
    const replay = await replayCase(db, row.id, site);
    const { stored, again, passage } = replay;
    const ofPassage = rows.filter((other) => other.passage_id === row.passage_id).map((other) => other.rule);
    changes.push({
      violationId: row.id,
      caseId: row.case_id,
      rule: row.rule,
      plateText: stored.plateText,
      occurredAt: stored.occurredAt,
      change: again === null ? 'gone' : sameAct(stored, again) ? 'same' : 'other',
      why:
        again === null
          ? (passage?.notFired.find((one) => one.rule === row.rule)?.vi.slice(-1) ?? [
              'không còn lượt xe này',
            ])
          : differences(stored, again),
      besides:
        passage?.findings.map((finding) => finding.rule).filter((rule) => !ofPassage.includes(rule)) ?? [],
    });
  }
  return changes;
}

// The number of the version differs by itself; whatever else a citizen or officer reads must not.
const bare = (finding: ReplayedFinding) => ({ ...finding, siteVersion: 0 });
const sameAct = (a: ReplayedFinding, b: ReplayedFinding): boolean =>
  canonical(bare(a)) === canonical(bare(b));

/** The parts in which two findings differ but for the number of the site's version, with their values where those are short. */
export function differences(a: ReplayedFinding, b: ReplayedFinding): string[] {
  return (Object.keys(a) as (keyof ReplayedFinding)[])
    .filter((key) => key !== 'siteVersion' && canonical(a[key]) !== canonical(b[key]))
    .map((key) =>
      key === 'measured' || key === 'lawCode' ? `${key}: ${canonical(a[key])} → ${canonical(b[key])}` : key,
    );
}
