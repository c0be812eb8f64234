import { formatsOf, type PlateFormat, type PlateHints } from './formats.js';

/** Fills the `#` of a layout with the characters of the text; a `Đ` is painted where the text, as search keys do, has a D. */
function fill(layout: string, text: string): string {
  let next = 0;
  return layout.replace(/[#Đ]/g, (place) => {
    const letter = text[next++] ?? '';
    return place === 'Đ' && letter === 'D' ? 'Đ' : letter;
  });
}

function layoutOf(format: PlateFormat, lines: 1 | 2): string | undefined {
  return lines === 2 ? format.layouts.two : format.layouts.one;
}

/**
 * The lines as painted, `['30F', '256.58']`. Where several formats fit and their layouts differ, or none fits, the
 * separators are not known and the text comes back as it is, in one piece.
 */
export function linesOf(text: string, lines: 1 | 2, hints: Omit<PlateHints, 'lines'> = {}): string[] {
  const fitting = formatsOf(text, { ...hints, lines });
  // A format no longer issued gives way to one that is, for show only.
  const current = fitting.filter((format) => format.issuedNow);
  const shown = new Set(
    (current.length > 0 ? current : fitting).map((format) => fill(layoutOf(format, lines)!, text)),
  );
  return shown.size === 1 ? [...shown][0]!.split('/') : [text];
}

/**
 * A plate as people write it: `30F-256.58`, `29-X1 123.45`. The line break becomes the dash that a car's long plate
 * has there, or a space where the upper line has its own dash.
 */
export function displayOf(text: string, lines: 1 | 2, hints: Omit<PlateHints, 'lines'> = {}): string {
  const painted = linesOf(text, lines, hints);
  return painted.join(painted[0]!.includes('-') ? ' ' : '-');
}
