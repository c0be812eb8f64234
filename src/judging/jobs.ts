import { siteAt, SiteError, siteVersions, type SiteVersion } from '../sites/index.js';
import type { Context, Db } from '../storage/context.js';
import { HopelessJob, type Handlers } from '../storage/handlers.js';
import { enqueue } from '../storage/outbox.js';
import { unjudgedFrames } from './frames.js';
import { judge, judgeRest, type Judgement } from './judge.js';
import { loadState, lockSite, markJudged, saveState, storeJudged } from './store.js';
import { horizon, SILENT_MS } from './watermark.js';

/** Frames of one transaction: a long backlog is judged in pieces, each of which stands. */
const PORTION = 300;

/** `judge`: key is the site. */
export const handlers: Handlers = {
  async judge(ctx, siteId) {
    while (await judgeSite(ctx, siteId));
  },
};

/**
 * Judges a site as far as its frames allow, one portion a call, in one transaction: watermark, tracks, passages, violations
 * and the jobs that they cause. Says whether there is more to do at once.
 */
export async function judgeSite(ctx: Context, siteId: string): Promise<boolean> {
  return ctx.db.transaction().execute(async (trx) => {
    await lockSite(trx, siteId);
    const now = ctx.clock.now();
    const cameras = await trx.selectFrom('cameras').select('id').where('site_id', '=', siteId).execute();
    const far = await horizon(
      trx,
      siteId,
      cameras.map((camera) => camera.id),
      now,
    );
    if (far === null) return false;
    const state = await loadState(trx, siteId);
    const frames = await unjudgedFrames(trx, siteId, far.until, PORTION);
    const whole = frames.length < PORTION;
    const site = await versionFor(trx, siteId, new Date(Math.max(state.watermark + 1, frames[0]?.at ?? 0)));
    if (site === null) return false;
    // Frames of one instant stay together, or the second of two cameras would be late; another version starts its own portion.
    const cut = whole ? far.until.getTime() : frames.at(-1)!.at - 1;
    const until = Math.max(state.watermark, Math.min(cut, site.endsAt));
    const taken = frames.filter((frame) => frame.at <= until);
    const judgement = judge(state, taken, site.version, until);
    const done = await store(
      trx,
      judgement,
      taken.map((frame) => frame.id),
      now,
    );
    const ends = site.endsAt <= far.until.getTime() || (far.silent && whole);
    const rest = ends && done.state.tracks.length > 0 ? judgeRest(done.state, site.version) : null;
    if (rest !== null) await store(trx, rest, [], now);
    const open = (rest ?? done).state.tracks.length > 0;
    if (open || far.more) await lookAgain(trx, siteId, now);
    if (judgement.judged.length > 0 || judgement.late.length > 0) {
      ctx.log.info(
        {
          siteId,
          passages: judgement.judged.length,
          late: judgement.late.length,
          watermark: new Date(until).toISOString(),
        },
        'judged',
      );
    }
    return taken.length > 0 && (!whole || site.endsAt <= far.until.getTime());
  });
}

async function store(
  trx: Db,
  judgement: Judgement,
  frameIds: readonly string[],
  now: Date,
): Promise<Judgement> {
  const late = new Set(judgement.late.map((frame) => frame.id));
  await markJudged(
    trx,
    frameIds.filter((id) => !late.has(id)),
    now,
    false,
  );
  await markJudged(trx, [...late], now, true);
  await storeJudged(trx, judgement.judged);
  await saveState(trx, judgement.state, now);
  return judgement;
}

/** The version in force at an instant and the last instant before another takes over. Null where frames wait for a site that nobody signed. */
async function versionFor(
  trx: Db,
  siteId: string,
  from: Date,
): Promise<{ version: SiteVersion; endsAt: number } | null> {
  try {
    const version = await siteAt(trx, siteId, from);
    const others = (await siteVersions(trx, siteId)).filter(
      (one) => one.version !== version.version && one.signedOffBy !== null,
    );
    const ends = [
      version.validTo === null ? Infinity : Date.parse(version.validTo),
      ...others.filter((one) => one.version > version.version).map((one) => one.validFrom.getTime()),
    ].filter((at) => at > from.getTime());
    return { version, endsAt: Math.min(...ends, Infinity) - 1 };
  } catch (error) {
    if (!(error instanceof SiteError)) throw error;
    if (error.code === 'SITE_INVALID' || error.code === 'CALIBRATION_DEGENERATE')
      throw new HopelessJob(error.message, { cause: error });
    // Unsigned or unknown as yet: the frames stay unjudged and are taken up when somebody signs.
    return null;
  }
}

/** Open passages end when the cameras fall silent, which no frame announces: somebody has to look. */
async function lookAgain(trx: Db, siteId: string, now: Date): Promise<void> {
  const due = new Date(now.getTime() + SILENT_MS + 500);
  const waiting = await trx
    .selectFrom('outbox')
    .select('id')
    .where('topic', '=', 'judge')
    .where('key', '=', siteId)
    .where('dispatched_at', 'is', null)
    .where('not_before', '>', new Date(now.getTime() + 1000))
    .limit(1)
    .executeTakeFirst();
  if (waiting === undefined) await enqueue(trx, 'judge', siteId, due);
}
