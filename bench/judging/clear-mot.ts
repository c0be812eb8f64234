import { overlap } from '../../src/judging/tracking/associate.js';
import type { Box } from '../../src/vision/observation.js';
import { LEAST_FIT } from './score.js';

/** One camera's frame: what there was, and where passages say that they were. */
export interface MotFrame {
  readonly truth: readonly {
    readonly id: string;
    readonly box: Box;
    /** Whoever is cut by the picture's rim or hidden may be found, but need not be. */
    readonly owed: boolean;
  }[];
  readonly said: readonly { readonly passage: string; readonly box: Box }[];
}

export interface MotCounts {
  readonly truth: number;
  readonly missed: number;
  readonly falsely: number;
  readonly switches: number;
  /** Boxes of passages that are right or wrong; those of whoever is not owed are neither. */
  readonly hypotheses: number;
  /** Boxes of the one passage that stands for a vehicle, over all vehicles. */
  readonly idTrue: number;
}

/**
 * CLEAR MOT (Bernardin 2008) over frames in their order: who was found by a passage stays its, the others go by the best fit; what
 * is left of the truth is missed, what is left of the passages false, and a vehicle that another passage finds is a switch. For
 * IDF1 (Ristani 2016) each vehicle has one passage and each passage one vehicle, those with the most boxes in common first.
 */
export function clearMot(frames: readonly MotFrame[]): MotCounts {
  const found = new Map<string, string>();
  const common = new Map<string, { id: string; passage: string; boxes: number }>();
  let [truth, missed, falsely, switches, right] = [0, 0, 0, 0, 0];
  for (const frame of frames) {
    const pairs = pairsIn(frame, found);
    truth += frame.truth.filter((one) => one.owed).length;
    missed += frame.truth.filter((one) => one.owed && !pairs.has(one)).length;
    falsely += frame.said.length - pairs.size;
    for (const [{ id, owed }, { passage }] of pairs) {
      if (!owed) continue;
      right += 1;
      const before = found.get(id);
      if (before !== undefined && before !== passage) switches += 1;
      found.set(id, passage);
      const key = `${id} ${passage}`;
      common.set(key, { id, passage, boxes: (common.get(key)?.boxes ?? 0) + 1 });
    }
  }
  return {
    truth,
    missed,
    falsely,
    switches,
    hypotheses: right + falsely,
    idTrue: identities([...common.values()]),
  };
}

type Truth = MotFrame['truth'][number];
type Said = MotFrame['said'][number];

function pairsIn(frame: MotFrame, found: ReadonlyMap<string, string>): Map<Truth, Said> {
  const fits = frame.truth.flatMap((one) =>
    frame.said.map((said) => ({
      one,
      said,
      kept: found.get(one.id) === said.passage,
      fit: overlap(one.box, said.box),
    })),
  );
  const pairs = new Map<Truth, Said>();
  const taken = new Set<Said>();
  for (const { one, said, fit } of fits.sort((a, b) => Number(b.kept) - Number(a.kept) || b.fit - a.fit)) {
    if (fit < LEAST_FIT || pairs.has(one) || taken.has(said)) continue;
    pairs.set(one, said);
    taken.add(said);
  }
  return pairs;
}

function identities(common: { id: string; passage: string; boxes: number }[]): number {
  const taken = new Set<string>();
  let boxes = 0;
  for (const one of common.sort((a, b) => b.boxes - a.boxes)) {
    if (taken.has(`vehicle ${one.id}`) || taken.has(`passage ${one.passage}`)) continue;
    taken.add(`vehicle ${one.id}`).add(`passage ${one.passage}`);
    boxes += one.boxes;
  }
  return boxes;
}
