/** One read: how sure its reader was, and whether the text was right. */
export interface Claim {
  readonly confidence: number;
  readonly exact: boolean;
}

export interface Reliability {
  /** Mean distance between what a band of scores promises and what it keeps, weighed by its reads. */
  readonly expectedCalibrationError: number;
  readonly bands: readonly {
    readonly from: number;
    readonly to: number;
    readonly reads: number;
    readonly meanScore: number;
    readonly right: number;
  }[];
}

/** Narrow where a manifest decides. */
const EDGES = [0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 1];

/** How far scores are to be believed: of the reads with a score in a band, the share that is right. */
export function reliabilityOf(claims: readonly Claim[]): Reliability {
  const bands = EDGES.slice(1).flatMap((to, i) => {
    const from = EDGES[i]!;
    const inside = claims.filter(({ confidence: p }) => p >= from && (p < to || (to === 1 && p === 1)));
    if (inside.length === 0) return [];
    const meanScore = inside.reduce((sum, one) => sum + one.confidence, 0) / inside.length;
    return { from, to, reads: inside.length, meanScore, right: share(inside) };
  });
  const missed = bands.reduce((sum, one) => sum + one.reads * Math.abs(one.meanScore - one.right), 0);
  return { expectedCalibrationError: missed / Math.max(1, claims.length), bands };
}

function share(claims: readonly Claim[]): number {
  return claims.filter((one) => one.exact).length / claims.length;
}
