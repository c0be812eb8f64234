import { siteVersionOf, type SiteVersion } from '../sites/index.js';
import type { Db } from '../storage/context.js';
import { endsBetween, endUnseen } from './ends.js';
import { judgedFrames } from './frames.js';
import { judge, judgeRest, type Judged, type Judgement } from './judge.js';
import { withSignalsOf } from './tracking/lamps.js';
import { emptyState } from './tracking/state.js';

/** The tracker is started this long before a passage, so that the lamps and the other vehicles are known by then. */
const LEAD_MS = 150_000;
/** Longer than this nothing is unseen and yet on the road. */
const TAIL_MS = 20_000;
/** A passage whose root is not known began its stay no more than this before, as far as anybody can tell: a longer one is cut. */
const CUT_MS = 300_000;

/** A stored passage, as far as it says where to look for it. */
export interface StoredPassage {
  readonly siteId: string;
  readonly siteVersion: number;
  readonly rootStartedAt: Date | null;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

/**
 * Judges the frames around a passage again from an empty memory: those that were judged then, from before its stay began, and
 * ended where passages were ended then.
 * @param under takes the place of the version that the passage cites
 */
export async function judgeAgain(db: Db, passage: StoredPassage, under?: SiteVersion): Promise<Judged[]> {
  const { siteId, rootStartedAt, startedAt, endedAt } = passage;
  const from = new Date((rootStartedAt?.getTime() ?? startedAt.getTime() - CUT_MS) - LEAD_MS);
  const to = new Date(endedAt.getTime() + TAIL_MS);
  const own = under ?? (await siteVersionOf(db, siteId, passage.siteVersion));
  const judged: Judged[] = [];
  let state = { ...emptyState(siteId), watermark: from.getTime() - 1 };
  const take = (step: Judgement): void => {
    judged.push(...step.judged);
    state = step.state;
  };
  const move = async (until: Date, site: SiteVersion): Promise<void> => {
    for (let cut: number | null = 0; cut !== null;) {
      const portion = await judgedFrames(db, siteId, new Date(state.watermark), until);
      cut = portion.cut;
      const seen = portion.frames.map((frame) => withSignalsOf(site, frame));
      take(judge(state, seen, site, Math.max(state.watermark, cut ?? until.getTime())));
    }
  };
  for (const end of await endsBetween(db, siteId, from, to)) {
    const site =
      end.siteVersion === passage.siteVersion ? own : await siteVersionOf(db, siteId, end.siteVersion);
    await move(new Date(end.watermark), site);
    take(end.unseenTo === null ? judgeRest(state, site) : endUnseen(state, site, end.unseenTo));
    if (end.unseenTo === null && end.watermark >= endedAt.getTime()) return judged;
  }
  await move(to, own);
  return [...judged, ...judgeRest(state, own).judged];
}
