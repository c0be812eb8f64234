import { siteVersionOf } from '../sites/index.js';
import type { Context, Db } from '../storage/context.js';
import type { Handlers } from '../storage/handlers.js';
import { enqueue } from '../storage/outbox.js';
import { endUnseen, noteEnd } from './ends.js';
import { passOver, unjudgedFrames, type Portion } from './frames.js';
import { inForce, type InForce, type NoneInForce } from './in-force.js';
import { judge, judgeRest, type Judgement } from './judge.js';
import { loadState, lockSite, markJudged, saveState, storeJudged } from './store.js';
import { withSignalsOf } from './tracking/lamps.js';
import type { SiteState } from './tracking/state.js';
import { horizon, SILENT_MS, type Horizon } from './watermark.js';

/** Passages that nothing but silence ends are looked after this often. */
const LOOK_AGAIN_MS = 3000;

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
    const far = await horizon(trx, siteId, now);
    if (far === null) return false;
    const before = await loadState(trx, siteId);
    const portion = await unjudgedFrames(trx, siteId, far.until);
    const from = Math.max(before.watermark + 1, portion.frames[0]?.at ?? 0);
    const site = await inForce(trx, siteId, new Date(from));
    const state = await handOver(trx, before, site.version?.version, now);
    if (site.version === null) return skipTo(ctx, trx, state, site, far, now);

    const { judgement, until } = await judgePortion(trx, state, portion, site, far, now);
    const done = await endSilent(trx, judgement.state, site, far, portion.cut === null, now);
    if (done.tracks.length > 0 || far.more) await lookAgain(trx, siteId, far, now);
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
    return portion.cut !== null || site.endsAt <= far.until.getTime();
  });
}

async function judgePortion(
  trx: Db,
  state: SiteState,
  portion: Portion,
  site: InForce,
  far: Horizon,
  now: Date,
): Promise<{ judgement: Judgement; until: number }> {
  const { version } = site;
  const until = Math.max(state.watermark, Math.min(portion.cut ?? far.until.getTime(), site.endsAt));
  // Frames under another version are a portion of their own.
  const taken = portion.frames.filter((frame) => frame.at <= until);
  const judgement = judge(
    { ...state, siteVersion: version.version },
    taken.map((frame) => withSignalsOf(version, frame)),
    version,
    until,
  );
  await store(
    trx,
    judgement,
    taken.map((frame) => frame.id),
    now,
  );
  if (portion.doubles) await passOver(trx, state.siteId, new Date(portion.cut!), 'double', now);
  return { judgement, until };
}

/** What is on the road when another version takes over is judged by the one under which it was seen. */
async function handOver(
  trx: Db,
  state: SiteState,
  version: number | undefined,
  now: Date,
): Promise<SiteState> {
  const { siteVersion, ...road } = state;
  if (siteVersion === undefined || siteVersion === version) return state;
  const { siteId, watermark } = road;
  const rest = judgeRest(road, await siteVersionOf(trx, siteId, siteVersion));
  await noteEnd(trx, siteId, { watermark, unseenTo: null, siteVersion });
  await store(trx, rest, [], now);
  return rest.state;
}

/**
 * Where no signed version holds: frames wait for one to be signed, unless a later one has begun. Then they are passed over,
 * which is noted with them, or nothing of the site would be judged any more.
 */
async function skipTo(
  ctx: Context,
  trx: Db,
  state: SiteState,
  site: NoneInForce,
  far: Horizon,
  now: Date,
): Promise<boolean> {
  if (site.nextAt === null || site.nextAt > Math.max(far.until.getTime(), now.getTime())) return false;
  const watermark = Math.max(state.watermark, site.nextAt - 1);
  const frames = await passOver(trx, state.siteId, new Date(watermark), 'no-site-version', now);
  await saveState(trx, { ...state, watermark }, now);
  ctx.log.warn(
    { siteId: state.siteId, frames, until: new Date(watermark).toISOString() },
    'frames passed over, no signed site version holds them',
  );
  return true;
}

async function endSilent(
  trx: Db,
  state: SiteState,
  { version, endsAt }: InForce,
  { unseenTo }: Horizon,
  whole: boolean,
  now: Date,
): Promise<SiteState> {
  const { siteId, watermark, tracks } = state;
  if (unseenTo === null || !whole || watermark >= endsAt || tracks.length === 0) return state;
  const ended = endUnseen(state, version, unseenTo);
  if (ended.state.tracks.length === tracks.length) return state;
  await store(trx, ended, [], now);
  await noteEnd(trx, siteId, { watermark, unseenTo, siteVersion: version.version });
  return ended.state;
}

async function store(trx: Db, judgement: Judgement, frameIds: readonly string[], now: Date): Promise<void> {
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
}

/** Open passages end when the cameras fall silent, which no frame announces: somebody has to look. */
async function lookAgain(trx: Db, siteId: string, far: Horizon, now: Date): Promise<void> {
  const due = new Date(now.getTime() + (far.unseenTo === null ? SILENT_MS + 500 : LOOK_AGAIN_MS));
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
