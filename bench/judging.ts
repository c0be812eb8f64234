import { cpus } from 'node:os';
import { LAW_RULES } from '../src/law/index.js';
import { scenePlan } from './judging/plan.js';
import { percent, print, round, ruleTable, rulesOf, sumOf } from './judging/print.js';
import { MEASURED, readMeasured, writeMeasured } from './judging/measured-file.js';
import { AsMeasured } from './judging/as-measured.js';
import { NOISE, noisy, runScene, trueBoxes, type Observe } from './judging/run.js';
import { tally, tracking, type Tally, type Tracked } from './judging/score.js';

/**
 * Judging on the twin. Behaviour without pictures: what each camera would see of each vehicle is known exactly (true boxes), or
 * spoilt on purpose (--noise), or seen by the real detector and reader on rendered clips (--eyes [DIR] or --eyes --clips DIR).
 * --render DIR [--windows N] [--together] renders the clips for that; --measure FILE writes down how the eyes err in them, and --as-measured [FILE]
 * lets eyes that err so see the behaviour without pictures.
 * A violation is found if a rule fires for the vehicle that did it; anything else that fires is a false accusation.
 */
const args = process.argv.slice(2);
function option(name: string): string | undefined {
  const value = args.includes(name) ? args[args.indexOf(name) + 1] : undefined;
  return value === undefined || value.startsWith('--') ? undefined : value;
}

if (args.includes('--render')) {
  const { renderWindows } = await import('./judging/render.js');
  await renderWindows(
    option('--render') ?? '.data/windows',
    Number(option('--windows') ?? 100),
    args.includes('--together'),
  );
} else if (args.includes('--eyes')) {
  const { withEyes } = await import('./judging/eyes.js');
  const clips = option('--clips') ?? option('--eyes');
  const manifest = option('--manifest');
  const readings = option('--readings');
  await withEyes({
    ...(clips === undefined ? {} : { clips }),
    ...(manifest === undefined ? {} : { manifest }),
    ...(readings === undefined ? {} : { readings }),
  });
} else if (args.includes('--measure')) {
  const { measureEyes } = await import('./judging/measure-eyes.js');
  const list = (name: string): string[] => (option(name) ?? '').split(',').filter((one) => one !== '');
  writeMeasured(option('--measure') ?? MEASURED, measureEyes(list('--clips'), list('--readings')));
} else withoutPictures();

function withoutPictures(): void {
  const wanted = {
    violations: Number(option('--violations') ?? 200),
    nearMisses: Number(option('--near-misses') ?? 400),
  };
  const eyes = chosenEyes();
  /** `--site junction`: only its clips, with all of their scripts. */
  const site = option('--site');
  /** `--clip street-584,expressway-15`: only these, to look into one. */
  const named = option('--clip')?.split(',');
  /** `--part 1/3`: every third clip, so that a long run can be shared among cores. */
  const [part, parts] = (option('--part') ?? '1/1').split('/').map(Number) as [number, number];

  const none = (): Map<string, Tally> => new Map(LAW_RULES.map((rule) => [rule, tally()]));
  const totals = none();
  const byLight = new Map<string, Map<string, Tally>>();
  const tracked: Tracked = tracking();
  let frames = 0;
  let ms = 0;
  let clips = 0;
  const wrong: string[] = [];
  for (const order of scenePlan(wanted)) {
    if (order.seed % parts !== part % parts || (site !== undefined && order.site !== site)) continue;
    if (named !== undefined && !named.includes(`${order.site}-${order.seed}`)) continue;
    const result = runScene(order, eyes.observe, tracked);
    clips += 1;
    frames += result.frames;
    ms += result.ms;
    wrong.push(...result.wrong);
    for (const line of result.wrong) process.stderr.write(`  ! ${line}\n`);
    const condition = `${order.light}, ${order.weather}`;
    if (!byLight.has(condition)) byLight.set(condition, none());
    for (const [rule, one] of result.tallies) {
      totals.get(rule)!.add(one);
      byLight.get(condition)!.get(rule)!.add(one);
    }
    if (clips % 50 === 0)
      process.stderr.write(`${clips} clips, ${frames} frames, ${(ms / frames).toFixed(3)} ms a frame\n`);
  }
  print(
    `Judging on ${clips} clips of the behaviour twin, ${eyes.words}; ${frames} frames of ${tracked.vehicles} vehicles; ${cpus()[0]?.model ?? '?'}, one core`,
  );
  ruleTable(totals);
  for (const [condition, rules] of byLight) {
    const all = sumOf(rules.values());
    print(
      `${condition}: precision ${percent(all.precision)}, recall ${percent(all.recall)} (${all.violations} violations)`,
    );
  }
  const t = tracked.figures();
  print(
    `tracking: MOTA ${percent(t.mota)} (${percent(t.missed)} of what is in full view missed), IDF1 ${percent(t.idf1)}, ${t.switches} switches, ${t.splits} splits of ${tracked.vehicles} vehicles, ${t.merges} merges; plate right ${percent(t.plateRight)} of passages with one, wrong ${t.plateWrong}`,
  );
  print(`cost: ${(ms / frames).toFixed(3)} ms a frame`);
  for (const line of wrong.slice(0, 40)) print(`  ! ${line}`);
  print(
    JSON.stringify({
      rules: rulesOf(totals),
      tracking: {
        mota: round(t.mota),
        missed: round(t.missed),
        idf1: round(t.idf1),
        switches: t.switches,
        splits: t.splits,
      },
      msPerFrame: round(ms / frames),
      frames,
      clips,
      eyes: eyes.name,
    }),
  );
}

function chosenEyes(): { name: string; words: string; observe: Observe } {
  if (args.includes('--noise')) return { name: 'noisy', words: NOISE, observe: noisy };
  if (!args.includes('--as-measured')) return { name: 'true', words: 'true boxes', observe: trueBoxes };
  const measured = readMeasured(option('--as-measured') ?? MEASURED);
  const like = new AsMeasured(measured);
  return {
    name: 'as measured',
    words: `eyes that err as the detector ${measured.models.detector?.slice(0, 8)} and the reader ${measured.models.reader?.slice(0, 8)} did on ${measured.donors.length} vehicles in ${measured.frames} rendered frames of ${measured.clips} clips`,
    observe: (...frame) => like.frame(...frame),
  };
}
