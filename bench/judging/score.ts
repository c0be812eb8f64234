/** A passage belongs to the vehicle whose true box most of its own boxes fit, by at least this. */
export const LEAST_FIT = 0.3;

/** Counts of one rule. */
export interface Tally {
  violations: number;
  nearMisses: number;
  found: number;
  missed: number;
  falsely: number;
  readonly precision: number;
  readonly recall: number;
  add(other: Pick<Tally, 'violations' | 'nearMisses' | 'found' | 'missed' | 'falsely'>): void;
}

export function tally(): Tally {
  return {
    violations: 0,
    nearMisses: 0,
    found: 0,
    missed: 0,
    falsely: 0,
    get precision() {
      return this.found + this.falsely === 0 ? 1 : this.found / (this.found + this.falsely);
    },
    get recall() {
      return this.violations === 0 ? 1 : this.found / this.violations;
    },
    add(other) {
      this.violations += other.violations;
      this.nearMisses += other.nearMisses;
      this.found += other.found;
      this.missed += other.missed;
      this.falsely += other.falsely;
    },
  };
}

/** Multi-object tracking over all frames (`clear-mot`), and the plates of passages. */
export interface Tracked {
  /** Those that some camera showed whole. */
  vehicles: number;
  readonly counts: {
    truth: number;
    missed: number;
    falsely: number;
    switches: number;
    splits: number;
    merges: number;
    idTrue: number;
    hypotheses: number;
    plates: number;
    plateRight: number;
    plateWrong: number;
  };
  figures(): {
    mota: number;
    /** Share of the truth that no passage found. */
    missed: number;
    idf1: number;
    switches: number;
    splits: number;
    merges: number;
    plateRight: number;
    plateWrong: number;
  };
}

export function tracking(): Tracked {
  const counts = {
    truth: 0,
    missed: 0,
    falsely: 0,
    switches: 0,
    splits: 0,
    merges: 0,
    idTrue: 0,
    hypotheses: 0,
    plates: 0,
    plateRight: 0,
    plateWrong: 0,
  };
  return {
    vehicles: 0,
    counts,
    figures: () => ({
      mota: 1 - (counts.missed + counts.falsely + counts.switches) / Math.max(1, counts.truth),
      missed: counts.missed / Math.max(1, counts.truth),
      idf1: (2 * counts.idTrue) / Math.max(1, counts.truth + counts.hypotheses),
      switches: counts.switches,
      splits: counts.splits,
      merges: counts.merges,
      plateRight: counts.plateRight / Math.max(1, counts.plates),
      plateWrong: counts.plateWrong,
    }),
  };
}
