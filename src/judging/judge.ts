import { idOf } from '../core/ids.js';
import type { SiteVersion } from '../sites/site-schema.js';
import type { Finding, NotFired, Outcome } from './finding.js';
import type { SeenFrame } from './frame.js';
import type { Passage } from './passage.js';
import { rules } from './rules/index.js';
import { advance, endAll } from './tracking/advance.js';
import type { RecentAct, SiteState } from './tracking/state.js';

/** Two passages of one plate with no more than this between them are one stay, for one act. */
const SAME_STAY_MS = 30_000;

export interface Judged {
  readonly passage: Passage;
  readonly findings: readonly (Finding & { readonly actKey: string })[];
  readonly notFired: readonly NotFired[];
  /** Findings that tell again an act that is found already. */
  readonly repeats: readonly { readonly finding: Finding; readonly actKey: string }[];
}

export interface Judgement {
  readonly state: SiteState;
  readonly judged: readonly Judged[];
  readonly late: readonly SeenFrame[];
}

/** Moves a site on to `until` and judges every passage that closed. Pure, as all it calls. */
export function judge(state: SiteState, frames: readonly SeenFrame[], site: SiteVersion, until: number): Judgement {
  const moved = advance(state, frames, site, until);
  return { ...judgeAll(moved.state, moved.passages, site), late: moved.late };
}

/** Ends and judges every passage as it stands, without moving the watermark. */
export function judgeRest(state: SiteState, site: SiteVersion): Judgement {
  const ended = endAll(state, site);
  return { ...judgeAll(ended.state, ended.passages, site), late: [] };
}

function judgeAll(state: SiteState, passages: readonly Passage[], site: SiteVersion): Omit<Judgement, 'late'> {
  let acts = state.acts;
  const judged = passages.map((passage) => {
    const outcomes = outcomesOf(passage, site);
    const settled = settle(passage, outcomes, acts);
    acts = settled.acts;
    return settled.judged;
  });
  return { state: { ...state, acts: acts.filter((act) => act.endedAt >= state.watermark - 10 * SAME_STAY_MS) }, judged };
}

/** What each rule says of a passage. */
export const outcomesOf = (passage: Passage, site: SiteVersion): Outcome[] => rules.map((rule) => rule({ passage, site }));

function settle(passage: Passage, outcomes: readonly Outcome[], before: readonly RecentAct[]): { judged: Judged; acts: RecentAct[] } {
  const acts = [...before];
  const findings: (Finding & { actKey: string })[] = [];
  const repeats: { finding: Finding; actKey: string }[] = [];
  for (const finding of outcomes.filter((outcome) => outcome.fired)) {
    // One act under one row of the law is punished once, whichever rules describe it.
    if (findings.some((other) => other.lawCode === finding.lawCode)) continue;
    const plateText = passage.plate?.accepted === true ? passage.plate.text : null;
    const known = plateText === null ? undefined : acts.find((act) => act.rule === finding.rule && act.plateText === plateText && passage.startedAt - act.endedAt <= SAME_STAY_MS);
    const key = known?.key ?? idOf('act', passage.siteId, finding.rule, passage.root);
    if (plateText !== null) {
      if (known !== undefined) acts.splice(acts.indexOf(known), 1);
      acts.push({ rule: finding.rule, plateText, endedAt: Math.max(passage.endedAt, known?.endedAt ?? 0), key });
    }
    if (known === undefined) findings.push({ ...finding, actKey: key });
    else repeats.push({ finding, actKey: key });
  }
  const notFired = outcomes.filter((outcome) => !outcome.fired);
  return { judged: { passage, findings, notFired, repeats }, acts };
}
