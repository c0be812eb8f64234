import { forbiddenIn, formats, formatsOf, type PlateHints } from './formats.js';

/**
 * Positions to look at again: those that keep the text from the format it is nearest to. Empty when it fits one.
 * For the eye only; no character is ever replaced from it. A text of no known length is doubted throughout.
 */
export function doubtfulPositions(text: string, hints: PlateHints = {}): number[] {
  if (formatsOf(text, hints).length > 0) return [];
  const nearest = formats
    .filter((format) => !hints.vehicleClass || format.vehicles.includes(hints.vehicleClass))
    .map((format) => forbiddenIn(format, text))
    .filter((wrong) => wrong !== null)
    .sort((a, b) => a.length - b.length)[0];
  return nearest ?? Array.from(text, (_, i) => i);
}

/** Characters that readers and people take for each other on plates, for the review screen to point at. */
export const CONFUSABLE: readonly (readonly [string, string])[] = [
  ['0', 'D'], ['0', '8'], ['0', '6'], ['0', 'U'], ['1', '4'], ['1', '7'], ['1', 'T'], ['1', 'L'], ['2', '7'],
  ['2', 'Z'], ['3', '8'], ['3', '9'], ['4', 'A'], ['5', '6'], ['5', 'S'], ['6', '8'], ['6', 'G'], ['8', '9'],
  ['8', 'B'], ['B', 'D'], ['C', 'G'], ['C', 'L'], ['E', 'F'], ['F', 'P'], ['H', 'K'], ['H', 'M'], ['H', 'N'],
  ['K', 'X'], ['M', 'N'], ['T', 'Y'], ['U', 'V'], ['V', 'Y'],
]; // prettier-ignore

/** What else a character is often read as. */
export function confusableWith(c: string): string[] {
  return CONFUSABLE.flatMap(([a, b]) => (a === c ? [b] : b === c ? [a] : []));
}
