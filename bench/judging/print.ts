import { tally, type Tally } from './score.js';

export const print = (line: string): void => void process.stdout.write(`${line}\n`);
export const percent = (value: number): string => `${(value * 100).toFixed(2)} %`;
export const round = (value: number): number => Math.round(value * 1e4) / 1e4;

/** One line a rule that has violations, near misses or accusations. */
export function ruleTable(rules: ReadonlyMap<string, Tally>): void {
  print('rule               precision   recall  violations  near misses  false  missed');
  for (const [rule, one] of rules) {
    if (one.violations + one.nearMisses + one.falsely === 0) continue;
    print(
      `${rule.padEnd(18)} ${percent(one.precision).padStart(9)} ${percent(one.recall).padStart(8)} ${String(one.violations).padStart(11)} ${String(one.nearMisses).padStart(12)} ${String(one.falsely).padStart(6)} ${String(one.missed).padStart(7)}`,
    );
  }
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  const sum = tally();
  for (const one of tallies) sum.add(one);
  return sum;
}

/** As the last line of a run has them. */
export const rulesOf = (rules: ReadonlyMap<string, Tally>) =>
  Object.fromEntries(
    [...rules]
      .filter(([, one]) => one.violations + one.falsely > 0)
      .map(([rule, one]) => [
        rule,
        {
          precision: round(one.precision),
          recall: round(one.recall),
          violations: one.violations,
          nearMisses: one.nearMisses,
        },
      ]),
  );
