import type { Message } from '../../core/messages.js';
import { FONT, INK, MARGIN, WIDTH, put, rule, type Paper } from './paper.js';

const LABEL = 142;

/** One line of the form: its name in Vietnamese over English, and what stands there. Returns the y below it. */
export function row(
  doc: Paper,
  y: number,
  label: Message,
  value: string,
  english = '',
  strong = false,
): number {
  const named = put(doc, label.vi, MARGIN.left, y, { size: 9, font: FONT.medium, width: LABEL - 8, gap: 0 });
  const labelEnd = put(doc, label.en, MARGIN.left, named - 0.5, {
    size: 6.6,
    colour: INK.soft,
    width: LABEL - 8,
    gap: 0,
  });
  const at = { width: WIDTH - LABEL, gap: 0 };
  let valueEnd = put(doc, value, MARGIN.left + LABEL, y, {
    ...at,
    size: strong ? 10.5 : 9.5,
    font: strong ? FONT.bold : FONT.regular,
  });
  if (english !== '')
    valueEnd = put(doc, english, MARGIN.left + LABEL, valueEnd, {
      ...at,
      size: 7.2,
      font: FONT.italic,
      colour: INK.soft,
    });
  const end = Math.max(labelEnd, valueEnd) + 2.2;
  rule(doc, MARGIN.left, MARGIN.left + WIDTH, end, 0.3, INK.line);
  return end + 2.8;
}

/** Two short lines of the form side by side. */
export function pair(
  doc: Paper,
  y: number,
  left: readonly [Message, string],
  right: readonly [Message, string],
): number {
  const half = MARGIN.left + LABEL + (WIDTH - LABEL) * 0.44;
  const rightLabel = 114;
  const one = labelled(doc, y, MARGIN.left, LABEL, half - 8, left);
  const two = labelled(doc, y, half, rightLabel, MARGIN.left + WIDTH, right);
  const end = Math.max(one, two) + 2.2;
  rule(doc, MARGIN.left, MARGIN.left + WIDTH, end, 0.3, INK.line);
  return end + 2.8;
}

function labelled(
  doc: Paper,
  y: number,
  x: number,
  labelWidth: number,
  end: number,
  [label, value]: readonly [Message, string],
): number {
  const named = put(doc, label.vi, x, y, { size: 9, font: FONT.medium, width: labelWidth - 6, gap: 0 });
  const labelEnd = put(doc, label.en, x, named - 0.5, {
    size: 6.6,
    colour: INK.soft,
    width: labelWidth - 6,
    gap: 0,
  });
  return Math.max(
    labelEnd,
    put(doc, value, x + labelWidth, y, { width: end - x - labelWidth, size: 9.5, gap: 0 }),
  );
}
