import { covered, overlap } from '../../src/vision/boxes.js';
import type { Box } from '../../src/vision/observation.js';

export interface Guess {
  readonly frame: number;
  readonly box: Box;
  readonly score: number;
}

/** A labelled thing; any of its boxes counts (a motorcycle with and without its rider). */
export interface Truth {
  readonly frame: number;
  readonly boxes: readonly Box[];
}

/** Guesses on nothing that is labelled, but mostly within one of these, are neither right nor wrong. */
export interface Unlabelled {
  readonly frame: number;
  readonly box: Box;
}

const LEAST_OVERLAP = 0.5;

/** Average precision at an overlap of one half: the area under the interpolated precision-recall curve. NaN without truth. */
export function averagePrecision(
  guesses: readonly Guess[],
  truths: readonly Truth[],
  unlabelled: readonly Unlabelled[],
): number {
  if (truths.length === 0) return NaN;
  const open = new Set(truths);
  const curve: { precision: number; recall: number }[] = [];
  let right = 0;
  let wrong = 0;
  for (const guess of [...guesses].sort((a, b) => b.score - a.score)) {
    const here = truths.filter((one) => one.frame === guess.frame);
    const fit = (one: Truth): number => Math.max(...one.boxes.map((box) => overlap(box, guess.box)));
    const best = here.filter((one) => open.has(one)).sort((a, b) => fit(b) - fit(a))[0];
    if (best && fit(best) >= LEAST_OVERLAP) {
      open.delete(best);
      right++;
    } else if (unlabelled.some((one) => one.frame === guess.frame && covered(guess.box, one.box) > 0.5)) {
      continue;
    } else {
      wrong++;
    }
    curve.push({ precision: right / (right + wrong), recall: right / truths.length });
  }
  let areaUnder = 0;
  let before = 0;
  curve.forEach(({ recall }, i) => {
    if (recall === before) return;
    areaUnder += (recall - before) * Math.max(...curve.slice(i).map((one) => one.precision));
    before = recall;
  });
  return areaUnder;
}
