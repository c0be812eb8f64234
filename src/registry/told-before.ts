import { DateTime } from 'luxon';
import { z } from 'zod';
import { ZONE } from '../law/index.js';
import type { Db } from '../storage/context.js';
import { held, type Hold } from './holds.js';
import { LOST_MS, mayBeOne, type Way } from './one-vehicle.js';
import { seenPlate } from './seen.js';

/** How long one passage lasts at most, with room to spare. */
const LONGEST_MS = 400_000;

/**
 * Whether the act may have been told before, of the same vehicle followed anew (lost from sight between two cameras, or a
 * tractor read by its trailer): an earlier passage with an act of the same row of the law ends where this one begins. Nobody
 * can tell from here, so an officer compares the two.
 */
export async function toldBefore(db: Db, violationId: string): Promise<Hold[]> {
  const own = await actsOf(db).where('v.id', '=', violationId).executeTakeFirst();
  if (own === undefined) return [];
  const before = await actsOf(db)
    .where('v.site_id', '=', own.site_id)
    .where('v.occurred_at', '>', new Date(own.occurred_at.getTime() - 2 * LONGEST_MS))
    .where('v.occurred_at', '<', new Date(own.occurred_at.getTime() + LONGEST_MS))
    .where('v.state', '!=', 'dropped')
    .where('v.passage_id', '!=', own.passage_id)
    .where((or) => or.or([or('v.law_code', '=', own.law_code), or('v.rule', '=', own.rule)]))
    .where('p.ended_at', '>=', new Date(own.started_at.getTime() - LOST_MS))
    .where('p.ended_at', '<=', own.started_at)
    .orderBy('p.ended_at', 'desc')
    .execute();
  const way = wayIn(own);
  const other = before.find((one) => mayBeOne(wayIn(one), way));
  if (other === undefined) return [];
  const plate = seenPlate.nullable().catch(null).parse(other.plate);
  return [
    held('ACT_TOLD_BEFORE', {
      at: DateTime.fromJSDate(other.occurred_at, { zone: ZONE }).toFormat('HH:mm:ss dd/MM/yyyy'),
      plate: plate?.display ?? '?',
    }),
  ];
}

function actsOf(db: Db) {
  return db
    .selectFrom('violations as v')
    .innerJoin('passages as p', 'p.id', 'v.passage_id')
    .select([
      'v.site_id',
      'v.passage_id',
      'v.rule',
      'v.law_code',
      'v.occurred_at',
      'p.started_at',
      'p.kind',
      'p.plate',
      'p.track',
    ]);
}

const track = z.array(
  z.object({ at: z.iso.datetime(), road: z.tuple([z.number(), z.number()]), kmh: z.number() }),
);

/** As `passages.track` keeps it. */
function wayIn(row: { readonly kind: string; readonly track: unknown }): Way {
  const steps = track.catch([]).parse(row.track);
  return {
    kind: row.kind,
    steps: steps.map(({ at, road, kmh }) => ({ at: Date.parse(at), road, speed: kmh / 3.6 })),
  };
}
