import { idOf } from '../core/ids.js';
import { exceptedFor } from '../law/index.js';
import type { SiteVersion } from '../sites/site-schema.js';
import type { Finding, NotFired, Outcome } from './finding.js';
import type { SeenFrame } from './frame.js';
import type { Passage } from './passage.js';
import { rules } from './rules/index.js';
import { advance, endAll } from './tracking/advance.js';
import { rootOf } from './tracking/close.js';
import type { RecentAct, SiteState } from './tracking/state.js';

/** Two passages of one plate with no more than this between them are one stay, for one act. */
const SAME_STAY_MS = 30_000;
/** Nearer than this to each other, two vehicles would be inside each other. */
const DOUBLE_METRES = 1.1;

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
export function judge(
  state: SiteState,
  frames: readonly SeenFrame[],
  site: SiteVersion,
  until: number,
): Judgement {
  const moved = advance(state, frames, site, until);
  return { ...judgeAll(moved.state, moved.passages, site), late: moved.late };
}

/** Ends and judges every passage as it stands, without moving the watermark. */
export function judgeRest(state: SiteState, site: SiteVersion): Judgement {
  const ended = endAll(state, site);
  return { ...judgeAll(ended.state, ended.passages, site), late: [] };
}

function judgeAll(
  state: SiteState,
  passages: readonly Passage[],
  site: SiteVersion,
): Omit<Judgement, 'late'> {
  let acts = state.acts;
  const judged = passages.map((passage) => {
    const outcomes = outcomesOf(passage, site);
    const settled = settle(passage, outcomes, acts);
    acts = settled.acts;
    return settled.judged;
  });
  return {
    state: { ...state, acts: acts.filter((act) => act.endedAt >= state.watermark - 10 * SAME_STAY_MS) },
    judged,
  };
}

/** What each rule says of a passage, and what of it the law leaves to another row. */
export const outcomesOf = (passage: Passage, site: SiteVersion): Outcome[] =>
  leftToOthers(rules.map((rule) => rule({ passage, site })));

/** "Trừ các hành vi vi phạm quy định tại …": an act that a heavier row names is not punished under the general one besides. */
function leftToOthers(outcomes: readonly Outcome[]): Outcome[] {
  const codes = outcomes.flatMap((outcome) => (outcome.fired ? [outcome.lawCode] : []));
  return outcomes.map((outcome) => {
    const other = outcome.fired ? exceptedFor(outcome.lawCode, codes) : undefined;
    if (!outcome.fired || other === undefined) return outcome;
    const element = { element: 'no-heavier-row', holds: false, value: other, frames: [] } as const;
    return {
      fired: false,
      rule: outcome.rule,
      reason: element.element,
      elements: [...outcome.elements, element],
    };
  });
}

function settle(
  passage: Passage,
  outcomes: readonly Outcome[],
  before: readonly RecentAct[],
): { judged: Judged; acts: RecentAct[] } {
  const acts = [...before];
  const findings: (Finding & { actKey: string })[] = [];
  const repeats: { finding: Finding; actKey: string }[] = [];
  const doubles = new Set([passage.root, ...doublesOf(passage)]);
  const plateText = passage.plate?.accepted === true ? passage.plate.text : null;
  for (const finding of outcomes.filter((outcome) => outcome.fired)) {
    // One act under one row of the law is punished once, whichever rules describe it.
    const told = [...findings, ...repeats.map((repeat) => repeat.finding)];
    if (told.some((other) => other.lawCode === finding.lawCode)) continue;
    const known = acts.find(
      (act) =>
        (act.rule === finding.rule || act.lawCode === finding.lawCode) &&
        (doubles.has(act.root) || samePlate(act, passage)),
    );
    const key = known?.key ?? idOf('act', passage.siteId, finding.rule, passage.root);
    if (known !== undefined) acts.splice(acts.indexOf(known), 1);
    acts.push({
      rule: finding.rule,
      lawCode: finding.lawCode,
      root: passage.root,
      plateText: plateText ?? known?.plateText ?? null,
      endedAt: Math.max(passage.endedAt, known?.endedAt ?? 0),
      key,
    });
    if (known === undefined) findings.push({ ...finding, actKey: key });
    else repeats.push({ finding, actKey: key });
  }
  const notFired = outcomes.filter((outcome) => !outcome.fired);
  return { judged: { passage, findings, notFired, repeats }, acts };
}

/** The same text, even where the second passage alone would not be sure enough of it to accuse anybody. */
const samePlate = (act: RecentAct, passage: Passage): boolean =>
  act.plateText !== null &&
  act.plateText === passage.plate?.text &&
  passage.startedAt - act.endedAt <= SAME_STAY_MS;

/** Other passages that went the very same way at the same time: a vehicle that was tracked twice. */
function doublesOf(passage: Passage): string[] {
  return passage.around
    .filter((other) => {
      const together = other.path.flatMap((step) => {
        const point = passage.points.find((one) => Math.abs(one.at - step.at) <= 150);
        if (point === undefined) return [];
        const dt = (point.at - step.at) / 1000;
        return [
          Math.hypot(
            step.centre[0] + step.velocity[0] * dt - point.centre[0],
            step.centre[1] + step.velocity[1] * dt - point.centre[1],
          ),
        ];
      });
      return (
        together.length >= 2 &&
        together.filter((metres) => metres < DOUBLE_METRES).length >= 0.7 * together.length
      );
    })
    .map(rootOf);
}
