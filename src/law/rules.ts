import { lawRow } from './catalogue.js';
import {
  ruleTable,
  type LawClass,
  type LawRoad,
  type LawRow,
  type LawRule,
  type RuleLine,
  type StopGround,
} from './tables.js';

/** What decides the row besides the rule. */
export interface RowFacts {
  readonly vehicleClass: LawClass;
  readonly road: LawRoad;
  /** km/h above the limit, after the site's allowance; for `speeding` only. */
  readonly overKmh?: number;
  /** For `solid-line`: it went over into the other lane, which is a specific offence; else the residual one. */
  readonly laneChanged?: boolean;
  /** For `stopping` off the expressway. */
  readonly ground?: StopGround;
}

/** The exact edges of the text: "từ 05 đến dưới 10", "từ 10 đến 20", "trên 20 đến 35", "trên 35". */
function inBand(band: NonNullable<RuleLine['over']>, over: number): boolean {
  return (
    (band.atLeast === undefined || over >= band.atLeast) &&
    (band.above === undefined || over > band.above) &&
    (band.below === undefined || over < band.below) &&
    (band.atMost === undefined || over <= band.atMost)
  );
}

/**
 * The row of the catalogue that an act falls under at the instant, or null where the law has none: under 5 km/h over,
 * a motorcycle in an emergency lane (its offence is being on the expressway at all).
 * @throws {LawError} `NO_LAW_IN_FORCE`
 */
export function rowFor(rule: LawRule, facts: RowFacts, instant: Date): LawRow | null {
  const line = ruleTable.lines.find(
    (candidate) =>
      candidate.rule === rule &&
      candidate.classes.includes(facts.vehicleClass) &&
      (candidate.roads === undefined || candidate.roads.includes(facts.road)) &&
      (candidate.laneChanged === undefined || facts.laneChanged === true) &&
      (candidate.grounds === undefined ||
        (facts.ground !== undefined && candidate.grounds.includes(facts.ground))) &&
      (candidate.over === undefined ||
        (facts.overKmh !== undefined && inBand(candidate.over, facts.overKmh))),
  );
  return line ? lawRow(line.code, instant) : null;
}

/** The row among `others` to which the text of a row leaves the act ("trừ các hành vi vi phạm quy định tại …"). */
export const exceptedFor = (code: string, others: readonly string[]): string | undefined =>
  ruleTable.lines
    .find((line) => line.code === code && line.except !== undefined)
    ?.except?.find((one) => others.includes(one));
