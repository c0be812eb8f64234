import type { ReaderEntry } from './manifest.js';
import type { Abstention } from './observation.js';

/** Everything that is asked before a read is accepted. */
export interface Evidence {
  readonly text: string;
  readonly confidence: number;
  /** Probability a character that the second head gives the same text; null where the model has no second head. */
  readonly agreement: number | null;
  readonly rowPx: number;
  readonly sharpness: number;
  readonly light: number;
  /** A character touches the crop's edge, the box the frame's, or a wider crop reads otherwise. */
  readonly clipped: boolean;
  /** The text fits a format that Vietnam has issued. Only ever used to refuse a read, never to mend one. */
  readonly knownFormat: boolean;
}

/** Why a read is not accepted; empty means accepted. The model's score alone lies when pixels are few. */
export function abstentionsOf(evidence: Evidence, thresholds: ReaderEntry['thresholds']): Abstention[] {
  const reasons: Abstention[] = [];
  if (evidence.text.includes('?') || evidence.confidence < thresholds.accept) reasons.push('low-confidence');
  if (evidence.agreement !== null && evidence.agreement < thresholds.ctcAgree) reasons.push('heads-disagree');
  if (evidence.rowPx < thresholds.minRowPx) reasons.push('too-small');
  if (evidence.sharpness < thresholds.minSharpness) reasons.push('blurred');
  if (evidence.light < thresholds.minLight) reasons.push('dark');
  if (evidence.clipped) reasons.push('clipped');
  if (!evidence.knownFormat) reasons.push('not-a-plate');
  return reasons;
}
