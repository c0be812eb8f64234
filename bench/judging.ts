import { cpus } from 'node:os';
import { LAW_RULES } from '../src/law/index.js';
import { tally, tracking, type Tally, type Tracked } from './judging/score.js';
import { scenePlan } from './judging/plan.js';
import { runScene } from './judging/run.js';

/**
 * Judging on the twin. Behaviour without pictures: what each camera would see of each vehicle is known exactly (true boxes), or
 * spoilt on purpose (--noise), or seen by the real detector and reader on rendered clips (--eyes [DIR]).
 * A violation is found if a rule fires for the vehicle that did it; anything else that fires is a false accusation.
 */
const args = process.argv.slice(2);
const option = (name: string): string | undefined =>
  args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : undefined;
const wanted = {
  violations: Number(option('--violations') ?? 200),
  nearMisses: Number(option('--near-misses') ?? 400),
};
const noise = args.includes('--noise');
/** `--site junction`: only its clips, with all of their scripts. */
const site = option('--site');
/** `--part 1/3`: every third clip, so that a long run can be shared among cores. */
const [part, parts] = (option('--part') ?? '1/1').split('/').map(Number) as [number, number];

if (args.includes('--eyes')) {
  const { withEyes } = await import('./judging/eyes.js');
  await withEyes(option('--eyes') ?? '');
} else {
  const totals = new Map<string, Tally>(LAW_RULES.map((rule) => [rule, tally()]));
  const byLight = new Map<string, Map<string, Tally>>();
  const tracked: Tracked = tracking();
  let frames = 0;
  let ms = 0;
  let clips = 0;
  const wrong: string[] = [];
  for (const order of scenePlan(wanted)) {
    if (order.seed % parts !== part % parts || (site !== undefined && order.site !== site)) continue;
    const result = runScene(order, noise, tracked);
    clips += 1;
    frames += result.frames;
    ms += result.ms;
    wrong.push(...result.wrong);
    for (const line of result.wrong) process.stderr.write(`  ! ${line}\n`);
    const light = `${order.light}, ${order.weather}`;
    if (!byLight.has(light)) byLight.set(light, new Map(LAW_RULES.map((rule) => [rule, tally()])));
    for (const [rule, part] of result.tallies) {
      totals.get(rule)!.add(part);
      byLight.get(light)!.get(rule)!.add(part);
    }
    if (clips % 50 === 0)
      process.stderr.write(`${clips} clips, ${frames} frames, ${(ms / frames).toFixed(3)} ms a frame\n`);
  }
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  print(
    `Judging on ${clips} clips of the behaviour twin, ${noise ? 'boxes with 3 % jitter, 4 % missed, 3 % of reads wrong' : 'true boxes'}; ${frames} frames of ${tracked.vehicles} vehicles; ${cpus()[0]?.model ?? '?'}, one core`,
  );
  print('rule               precision  recall  violations  near misses  false  missed');
  for (const [rule, one] of totals) {
    if (one.violations + one.nearMisses === 0) continue;
    print(
      `${rule.padEnd(18)} ${percent(one.precision).padStart(9)} ${percent(one.recall).padStart(7)} ${String(one.violations).padStart(11)} ${String(one.nearMisses).padStart(12)} ${String(one.falsely).padStart(6)} ${String(one.missed).padStart(7)}`,
    );
  }
  for (const [light, rules] of byLight) {
    const all = tally();
    for (const one of rules.values()) all.add(one);
    print(
      `${light}: precision ${percent(all.precision)}, recall ${percent(all.recall)} (${all.violations} violations)`,
    );
  }
  const t = tracked.figures();
  print(
    `tracking: MOTA ${percent(t.mota)}, IDF1 ${percent(t.idf1)}, ${t.switches} switches, ${t.splits} splits of ${tracked.vehicles} vehicles, ${t.merges} merges; plate right ${percent(t.plateRight)} of passages with one, wrong ${t.plateWrong}`,
  );
  print(`cost: ${(ms / frames).toFixed(3)} ms a frame`);
  for (const line of wrong.slice(0, 40)) print(`  ! ${line}`);
  const rules = Object.fromEntries(
    [...totals]
      .filter(([, one]) => one.violations > 0)
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
  print(
    JSON.stringify({
      rules,
      tracking: { mota: round(t.mota), idf1: round(t.idf1), switches: t.switches, splits: t.splits },
      msPerFrame: round(ms / frames),
      frames,
      clips,
      eyes: noise ? 'noisy' : 'true',
    }),
  );
}

function percent(value: number): string {
  return `${(value * 100).toFixed(2)} %`;
}
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
