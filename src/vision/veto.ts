import type { SlotRead } from './slots.js';

/** The shortest plates in use have 6 characters; one may have gone under. */
const LEAST_CHARACTERS = 5;
/** Mean certainty of the characters below which a box must be a plate by the detector's word alone. */
const LEAST_CERTAINTY = 0.45;
const SURE_DETECTOR = 0.7;

/** A box that does not read is no plate: badges, lamps and shop signs look like plates to a detector, not to a reader. */
export function isPlate(read: Pick<SlotRead, 'chars'>, detectorScore: number): boolean {
  if (read.chars.length < LEAST_CHARACTERS) return false;
  const certainty = read.chars.reduce((sum, one) => sum + one.p, 0) / read.chars.length;
  return certainty >= LEAST_CERTAINTY || detectorScore >= SURE_DETECTOR;
}
