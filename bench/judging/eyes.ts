import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { judgeFrames } from '../../src/judging/replay.js';
import { cameraOf, parseSite, type SiteVersion } from '../../src/sites/index.js';
import { clipFrame, openClip, type Clip } from '../../src/twin/behaviour/index.js';
import { openEyes, type Eyes } from '../../src/vision/eyes.js';
import { SHIPPED_MANIFEST } from '../../src/vision/manifest.js';
import type { FrameReading } from '../../src/vision/observation.js';
import { clipsUnder } from '../clips.js';
import { scoreClip, type PlateCount, type Tallies } from './eyes-score.js';
import { countHandovers } from './handovers.js';
import { percent, print, ruleTable, rulesOf, sumOf } from './print.js';

const CLIPS = fileURLToPath(new URL('../../src/twin/clips/', import.meta.url));

const METHOD = `Real eyes on rendered clips of the twin: detector and reader see each JPEG, judging takes what they say.
An act counts if judging finds it with true boxes in the same frames; the others are not shown long enough by the clip and are
counted apart. Whatever is found of a vehicle beside its own acts is false, once a vehicle and rule; so is an act found twice.
Acts that the script calls void (traffic hindered them, or the scene ends in the middle of them) count for nobody.
A near miss counts if its vehicle is in at least 6 frames.`;

export interface EyesOptions {
  /** Folder with clips: each folder under it that holds a clip.json. By default the clips of the project. */
  readonly clips?: string;
  readonly manifest?: string;
  /** Folder in which what the eyes said of a clip is kept and found again: to look into judging without asking them anew. */
  readonly readings?: string;
}

/** The real detector and reader on rendered clips, through the same judging. */
export async function withEyes({
  clips = CLIPS,
  manifest = SHIPPED_MANIFEST,
  readings,
}: EyesOptions): Promise<void> {
  const folders = clipsUnder(clips);
  if (folders.length === 0) {
    print(`no rendered clips under ${clips}: make some with npm run twin`);
    process.exitCode = 1;
    return;
  }
  print(METHOD);
  const eyes = await openEyes(manifest);
  const byLight = new Map<string, Tallies>();
  const all: Tallies = new Map();
  const plates: PlateCount = { right: 0, wrong: 0, abstained: 0 };
  const handovers = { shown: 0, joined: 0, joinedWithTrueBoxes: 0 };
  const total = { clips: 0, frames: 0, notShown: 0 };
  for (const folder of folders) {
    const clip = openClip(folder);
    const site = parseSite(clip.truth.site);
    const { name, light, weather, width, height } = clip.truth;
    const unfit = clip.truth.cameras.filter((id) => {
      const image = cameraOf(site, id)?.image;
      return image?.width !== width || image.height !== height;
    });
    if (unfit.length > 0) {
      print(`${name}: left out, ${width}x${height} is not the size that ${unfit.join(', ')} was drawn on`);
      continue;
    }
    const seen = (await readingsOf(eyes, clip, site, readings)).map((one, i) => clipFrame(clip, i, one));
    const judged = judgeFrames(seen, site);
    const withTrueBoxes = judgeFrames(
      clip.frames.map((_, i) => clipFrame(clip, i)),
      site,
    );
    const condition = `${light}, ${weather}`;
    if (!byLight.has(condition)) byLight.set(condition, new Map());
    const score = scoreClip(clip, seen, judged, withTrueBoxes, [all, byLight.get(condition)!], plates);
    countHandovers(clip, seen, judged, withTrueBoxes, handovers);
    total.clips += 1;
    total.frames += seen.length;
    total.notShown += score.notShown;
    print(
      `${name} (${condition}): ${seen.length} frames, ${judged.length} passages; ${withTrueBoxes.length} with true boxes`,
    );
    score.wrong.forEach((line) => print(`  ! ${line}`));
  }
  for (const [condition, rules] of [...byLight, ['all', all] as const]) {
    const sum = sumOf(rules.values());
    print(
      `\n${condition}: precision ${percent(sum.precision)}, recall ${percent(sum.recall)}, ${sum.violations} violations, ${sum.nearMisses} near misses`,
    );
    ruleTable(rules);
  }
  print(`\nplates of passages: ${plates.right} right, ${plates.wrong} wrong, ${plates.abstained} abstained`);
  print(
    `vehicles that all cameras of a clip show: ${handovers.shown}, one passage for ${handovers.joined} (${handovers.joinedWithTrueBoxes} with true boxes)`,
  );
  print(`acts that their clips do not show long enough: ${total.notShown}`);
  const light = Object.fromEntries([...byLight].map(([condition, rules]) => [condition, rulesOf(rules)]));
  print(JSON.stringify({ rules: rulesOf(all), byLight: light, eyes: 'real', ...total, plates, handovers }));
}

async function readingsOf(
  eyes: Eyes,
  clip: Clip,
  site: SiteVersion,
  keptIn: string | undefined,
): Promise<FrameReading[]> {
  const file = keptIn === undefined ? null : join(keptIn, `${clip.truth.name}.json`);
  if (file !== null && existsSync(file)) {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as FrameReading[];
    if (kept.length === clip.frames.length && isDeepStrictEqual(kept[0]?.models, eyes.models)) return kept;
  }
  const made: FrameReading[] = [];
  for (const { file: picture, camera } of clip.frames) {
    const lamps = cameraOf(site, camera)?.lamps ?? [];
    made.push(await eyes.readFrame(readFileSync(join(clip.folder, picture)), { lamps }));
  }
  if (keptIn !== undefined) mkdirSync(keptIn, { recursive: true });
  if (file !== null) writeFileSync(file, JSON.stringify(made));
  return made;
}
