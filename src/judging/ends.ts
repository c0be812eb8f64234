import type { SiteVersion } from '../sites/site-schema.js';
import type { Db } from '../storage/context.js';
import { judge, type Judgement } from './judge.js';
import type { SiteState } from './tracking/state.js';

/**
 * Ends passages that no frame ended. Whatever is done here depends on our clock or on when somebody signed, so each end is
 * noted with the watermark at which it came: a replay ends the same passages at the same place.
 */
export interface End {
  /** Frames up to here were judged by then, epoch ms. */
  readonly watermark: number;
  /** What would have ended unseen by here was ended; null: everything, another version takes over. */
  readonly unseenTo: number | null;
  /** The version in force until then. */
  readonly siteVersion: number;
}

/** Ends what would be unseen for too long by an instant. The watermark stays, so that frames which were on their way are judged yet. */
export function endUnseen(state: SiteState, site: SiteVersion, at: number): Judgement {
  const step = judge(state, [], site, at);
  return { ...step, state: { ...step.state, watermark: state.watermark } };
}

export async function noteEnd(db: Db, siteId: string, end: End): Promise<void> {
  await db
    .insertInto('judging_ends')
    .values({
      site_id: siteId,
      watermark: new Date(end.watermark),
      unseen_to: end.unseenTo === null ? null : new Date(end.unseenTo),
      site_version: end.siteVersion,
    })
    .execute();
}

/** The ends of a site between two watermarks, in their order. */
export async function endsBetween(db: Db, siteId: string, from: Date, to: Date): Promise<End[]> {
  const rows = await db
    .selectFrom('judging_ends')
    .select(['watermark', 'unseen_to', 'site_version'])
    .where('site_id', '=', siteId)
    .where('watermark', '>=', from)
    .where('watermark', '<=', to)
    .orderBy('idx')
    .execute();
  return rows.map((row) => ({
    watermark: row.watermark.getTime(),
    unseenTo: row.unseen_to?.getTime() ?? null,
    siteVersion: row.site_version,
  }));
}
