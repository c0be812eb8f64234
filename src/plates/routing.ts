import { isComplete } from './normalise.js';
import { formatsOf, type PlateHints } from './formats.js';
import type { Route } from './tables.js';

/**
 * Where a plate goes. `unknown` fits no format. If any reading of an ambiguous plate is not civil, that one counts:
 * a military, diplomatic, foreign or temporary plate must never be processed by itself, nor a trailer's number be taken
 * for its tractor's. A text with `?` is `unknown`: what cannot be read goes nowhere.
 */
export function routeOf(text: string, hints: PlateHints = {}): Route | 'unknown' {
  if (hints.colour === 'red') return 'military';
  if (!isComplete(text)) return 'unknown';
  const fitting = formatsOf(text, hints);
  const special = fitting.find((format) => format.route !== 'civil');
  return special?.route ?? (fitting.length > 0 ? 'civil' : 'unknown');
}
