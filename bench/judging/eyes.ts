import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { judgeFrames } from '../../src/judging/replay.js';
import type { Judged } from '../../src/judging/judge.js';
import type { SeenFrame } from '../../src/judging/frame.js';
import { parseSite } from '../../src/sites/index.js';
import { clipFrame, openClip, type Clip } from '../../src/twin/behaviour/index.js';
import { openEyes } from '../../src/vision/eyes.js';
import { tally, type Tally } from './score.js';

const MANIFEST = fileURLToPath(new URL('../../models/manifest.json', import.meta.url));
const CLIPS = fileURLToPath(new URL('../../src/twin/clips/', import.meta.url));

/** A clip is cut somewhere: who is in fewer of its frames cannot be judged by them. */
const LEAST_FRAMES = 6;

/** The real detector and reader on rendered clips, through the same judging. Each folder with a clip.json under `path` is one. */
export async function withEyes(path: string): Promise<void> {
  const print = (line: string): void => void process.stdout.write(`${line}\n`);
  const folders = clipsUnder(path === '' || path.startsWith('--') ? CLIPS : path);
  if (folders.length === 0) {
    print(`no rendered clips under ${path === '' ? 'src/twin/clips' : path}: make some with npm run twin`);
    process.exitCode = 1;
    return;
  }
  const eyes = await openEyes(MANIFEST);
  const byLight = new Map<string, Map<string, Tally>>();
  const all = new Map<string, Tally>();
  const plates = { vehicles: 0, right: 0, wrong: 0, abstained: 0 };
  let frames = 0;
  for (const folder of folders) {
    const clip = openClip(folder);
    const site = parseSite(clip.truth.site);
    const seen: SeenFrame[] = [];
    for (let i = 0; i < clip.frames.length; i++) {
      const { file, camera } = clip.frames[i]!;
      const lamps = site.cameras.find((one) => one.id === camera)?.lamps ?? [];
      seen.push(clipFrame(clip, i, await eyes.readFrame(readFileSync(join(folder, file)), { lamps })));
    }
    frames += seen.length;
    const judged = judgeFrames(seen, site);
    const light = `${clip.truth.light}, ${clip.truth.weather}`;
    if (!byLight.has(light)) byLight.set(light, new Map());
    const lines = score(clip, seen, judged, [all, byLight.get(light)!], plates);
    print(
      `${clip.truth.name}: ${seen.length} frames, ${judged.length} passages of ${clip.truth.cast.length} vehicles`,
    );
    lines.forEach((line) => print(`  ! ${line}`));
  }
  for (const [light, rules] of [...byLight, ['all', all] as const]) {
    print(light);
    for (const [rule, one] of rules)
      print(
        `  ${rule.padEnd(18)} precision ${(one.precision * 100).toFixed(1)} %, recall ${(one.recall * 100).toFixed(1)} % (${one.violations} violations, ${one.nearMisses} near misses)`,
      );
  }
  print(`plates of passages: ${plates.right} right, ${plates.wrong} wrong, ${plates.abstained} abstained`);
  const rules = Object.fromEntries(
    [...all].map(([rule, one]) => [
      rule,
      {
        precision: one.precision,
        recall: one.recall,
        violations: one.violations,
        nearMisses: one.nearMisses,
      },
    ]),
  );
  print(JSON.stringify({ rules, eyes: 'real', clips: folders.length, frames, plates }));
}

function clipsUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (existsSync(join(path, 'clip.json'))) return [path];
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? clipsUnder(join(path, entry.name)) : []))
    .sort();
}

function score(
  clip: Clip,
  seen: readonly SeenFrame[],
  judged: readonly Judged[],
  into: readonly Map<string, Tally>[],
  plates: { vehicles: number; right: number; wrong: number; abstained: number },
): string[] {
  const wrong: string[] = [];
  const count = (rule: string, what: 'violations' | 'nearMisses' | 'found' | 'missed' | 'falsely'): void => {
    for (const tallies of into) {
      if (!tallies.has(rule)) tallies.set(rule, tally());
      tallies.get(rule)![what] += 1;
    }
  };
  const truth = new Map(seen.map((frame) => [frame.id, clip.frames[frame.sequence]!.seen]));
  const ownerOf = ({ passage }: Judged): string => {
    const counts = new Map<string, number>();
    for (const point of passage.points) {
      const best = truth
        .get(point.frameId)!
        .vehicles.map((one) => ({ id: one.id, fit: overlap(one.box, point.box) }))
        .sort((a, b) => b.fit - a.fit)[0];
      if (best !== undefined && best.fit >= 0.3) counts.set(best.id, (counts.get(best.id) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
  };
  const owners = new Map(judged.map((one) => [one, ownerOf(one)]));
  const owed = new Set(clip.truth.violations.map((act) => `${act.rule} ${act.vehicle}`));
  const found = new Set<string>();
  for (const one of judged) {
    const owner = owners.get(one)!;
    for (const finding of one.findings) {
      const key = `${finding.rule} ${owner}`;
      if (owed.has(key) && !found.has(key)) {
        found.add(key);
        continue;
      }
      count(finding.rule, 'falsely');
      wrong.push(`${owner || 'nobody'} ${finding.rule} falsely: ${JSON.stringify(finding.measured)}`);
    }
    const vehicle = clip.truth.cast.find((candidate) => candidate.id === owner);
    const { plate } = one.passage;
    if (plate === null || vehicle === undefined) continue;
    plates.vehicles += 1;
    if (!plate.accepted) plates.abstained += 1;
    else if (
      plate.text === vehicle.plate ||
      clip.frames.some((frame) =>
        frame.seen.vehicles.some((other) => other.id === owner && other.plate?.text === plate.text),
      )
    )
      plates.right += 1;
    else {
      plates.wrong += 1;
      wrong.push(`${owner} plate ${plate.text}, is ${vehicle.plate ?? 'none'}`);
    }
  }
  const shown = (vehicle: string): number =>
    clip.frames.filter((frame) => frame.seen.vehicles.some((one) => one.id === vehicle)).length;
  for (const act of clip.truth.violations) {
    if (shown(act.vehicle) < LEAST_FRAMES) continue;
    count(act.rule, 'violations');
    if (found.has(`${act.rule} ${act.vehicle}`)) count(act.rule, 'found');
    else {
      count(act.rule, 'missed');
      const reasons = judged
        .filter((one) => owners.get(one) === act.vehicle)
        .map((one) => one.notFired.find((other) => other.rule === act.rule)?.reason ?? 'another finding');
      wrong.push(`${act.vehicle} ${act.rule} (${act.name}) missed: ${reasons.join(', ') || 'no passage'}`);
    }
  }
  for (const act of clip.truth.nearMisses) count(act.rule, 'nearMisses');
  return wrong;
}

function overlap(a: readonly number[], b: readonly number[]): number {
  const w = Math.min(a[2]!, b[2]!) - Math.max(a[0]!, b[0]!);
  const h = Math.min(a[3]!, b[3]!) - Math.max(a[1]!, b[1]!);
  if (w <= 0 || h <= 0) return 0;
  return (w * h) / ((a[2]! - a[0]!) * (a[3]! - a[1]!) + (b[2]! - b[0]!) * (b[3]! - b[1]!) - w * h);
}
