import { sql } from 'kysely';
import { citation, lawRow } from '../law/index.js';
import { displayOf } from '../plates/index.js';
import { blocks, holds as holdList, seenVehicle } from '../registry/index.js';
import type { Db } from '../storage/context.js';
import { waiting } from './waiting.js';

/** `ready` can be confirmed as it is, `held` has a blocking hold, `disputed` waits for an answer to the owner. */
export const QUEUE_FILTERS = ['ready', 'held', 'disputed', 'all'] as const;
export type QueueFilter = (typeof QUEUE_FILTERS)[number];

export interface QueueItem {
  readonly id: string;
  readonly version: number;
  readonly state: 'candidate' | 'disputed';
  readonly plate: string | null;
  readonly plateDisplay: string | null;
  readonly plateColour: string | null;
  readonly vehicleClass: string;
  readonly rule: string;
  readonly act: { readonly vi: string; readonly en: string };
  readonly citation: { readonly vi: string; readonly en: string };
  readonly siteId: string;
  readonly siteName: { readonly vi: string; readonly en: string };
  readonly occurredAt: string;
  /** The statutory deadline that orders the queue: of the notice, or of the answer to the owner. */
  readonly dueAt: string;
  readonly expiresAt: string;
  readonly overdue: boolean;
  readonly holds: readonly string[];
  readonly blocked: boolean;
  /** The first picture of the evidence. */
  readonly picture: { readonly frameId: string; readonly sha256: string } | null;
}

export interface QueueCounts {
  readonly ready: number;
  readonly held: number;
  readonly disputed: number;
  readonly overdue: number;
  /** Due before the end of the next 24 hours, overdue ones not counted. */
  readonly dueSoon: number;
}

export interface Queue {
  readonly items: readonly QueueItem[];
  readonly counts: QueueCounts;
}

/**
 * The officers' queue, the nearest statutory deadline first. `officerId` leaves out cases that this officer has confirmed
 * as the first of two.
 */
export async function candidateQueue(
  db: Db,
  asked: {
    readonly now: Date;
    readonly filter?: QueueFilter;
    readonly limit?: number;
    readonly offset?: number;
    readonly officerId?: string;
  },
): Promise<Queue> {
  const { now, filter = 'ready', limit = 50, offset = 0, officerId } = asked;
  const rows = await waiting(db, officerId)
    .$if(filter === 'ready', (query) => query.where('w.waits', '=', 'ready'))
    .$if(filter === 'held', (query) => query.where('w.waits', '=', 'held'))
    .$if(filter === 'disputed', (query) => query.where('w.waits', '=', 'disputed'))
    .innerJoin('violations as v', 'v.id', 'w.violation_id')
    .innerJoin('passages as p', 'p.id', 'v.passage_id')
    .leftJoin('site_versions as s', (join) =>
      join.onRef('s.site_id', '=', 'v.site_id').onRef('s.version', '=', 'v.site_version'),
    )
    .select([
      'w.id',
      'w.version',
      'w.state',
      'w.plate_text',
      'w.plate_colour',
      'w.law_code',
      'w.occurred_at',
      'w.due_at',
      'w.expires_at',
      'w.holds',
      'v.rule',
      'v.evidence',
      'v.site_id',
      'p.kind',
      'p.body_colour',
      'p.plate',
      sql<{ vi: string; en: string } | null>`s.body -> 'name'`.as('site_name'),
    ]) // prettier-ignore
    .orderBy('w.due_at')
    .orderBy('w.occurred_at')
    .orderBy('w.id')
    .limit(limit)
    .offset(offset)
    .execute();
  const items = rows.map((row): QueueItem => {
    const law = lawRow(row.law_code, row.occurred_at);
    const seen = seenVehicle.parse({ kind: row.kind, bodyColour: row.body_colour, plate: row.plate });
    const found = holdList.parse(row.holds);
    const first = (row.evidence as { frameId: string; sha256: string }[])[0];
    return {
      id: row.id,
      version: row.version,
      state: row.state as 'candidate' | 'disputed',
      plate: row.plate_text,
      plateDisplay:
        row.plate_text && displayOf(row.plate_text, seen.plate?.lines ?? 1, { vehicleClass: seen.kind }),
      plateColour: row.plate_colour,
      vehicleClass: seen.kind,
      rule: row.rule,
      act: law.name,
      citation: citation(law),
      siteId: row.site_id,
      siteName: row.site_name ?? { vi: row.site_id, en: row.site_id },
      occurredAt: row.occurred_at.toISOString(),
      dueAt: row.due_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      overdue: row.due_at < now,
      holds: found.filter((h) => h.cleared === undefined).map((h) => h.code),
      blocked: found.some(blocks),
      picture: first ? { frameId: first.frameId, sha256: first.sha256 } : null,
    };
  });
  return { items, counts: await queueCounts(db, now, officerId) };
}

/** How many cases wait as what; with `officerId` without those that wait for another officer. */
export async function queueCounts(db: Db, now: Date, officerId: string | undefined): Promise<QueueCounts> {
  const soon = new Date(now.getTime() + 86_400_000);
  const row = await waiting(db, officerId)
    .select([
      sql<number>`count(*) filter (where w.waits = 'ready')::int`.as('ready'),
      sql<number>`count(*) filter (where w.waits = 'held')::int`.as('held'),
      sql<number>`count(*) filter (where w.waits = 'disputed')::int`.as('disputed'),
      sql<number>`count(*) filter (where w.due_at < ${now})::int`.as('overdue'),
      sql<number>`count(*) filter (where w.due_at >= ${now} and w.due_at < ${soon})::int`.as('dueSoon'),
    ])
    .executeTakeFirstOrThrow();
  return row;
}
