import { dateLine } from '../vietnamese.js';
import { FONT, INK, MARGIN, WIDTH, put, rule, type Paper } from './paper.js';

/** Agency and number at the left; quốc hiệu, tiêu ngữ, place and date at the right, as administrative papers have them. */
export function heading(
  doc: Paper,
  of: { unit: string; number: string; issuedIn: string; issuedAt: string; form: string },
): number {
  const left = { x: MARGIN.left, width: WIDTH * 0.42 };
  const right = { x: MARGIN.left + WIDTH * 0.42, width: WIDTH * 0.58 };
  put(doc, of.form, MARGIN.left, MARGIN.top - 12, { size: 7, colour: INK.soft, align: 'right' });

  const y = MARGIN.top + 4;
  const unitEnd = put(doc, of.unit.toLocaleUpperCase('vi'), left.x, y, {
    ...left,
    font: FONT.bold,
    size: 9.5,
    align: 'center',
  });
  rule(doc, left.x + left.width / 2 - 34, left.x + left.width / 2 + 34, unitEnd + 2);
  const numberEnd = put(doc, `Số: ${of.number}`, left.x, unitEnd + 8, {
    ...left,
    size: 9.5,
    align: 'center',
  });

  const titleEnd = put(doc, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', right.x, y, {
    ...right,
    font: FONT.bold,
    size: 9.5,
    align: 'center',
  });
  const motto = put(doc, 'Độc lập - Tự do - Hạnh phúc', right.x, titleEnd, {
    ...right,
    font: FONT.bold,
    size: 10,
    align: 'center',
  });
  rule(doc, right.x + right.width / 2 - 70, right.x + right.width / 2 + 70, motto + 2);
  const dated = put(doc, `${of.issuedIn}, ${dateLine(of.issuedAt)}`, right.x, motto + 8, {
    ...right,
    font: FONT.italic,
    size: 9.5,
    align: 'center',
  });
  return Math.max(numberEnd, dated);
}

/** The paper's name in the middle. */
export function title(doc: Paper, y: number, name: string, about: string, english: string): number {
  const first = put(doc, name, MARGIN.left, y, { font: FONT.bold, size: 15, align: 'center' });
  const second = put(doc, about, MARGIN.left, first, { font: FONT.medium, size: 10.5, align: 'center' });
  const third = put(doc, english, MARGIN.left, second, {
    font: FONT.italic,
    size: 8,
    colour: INK.soft,
    align: 'center',
  });
  rule(doc, MARGIN.left + WIDTH / 2 - 50, MARGIN.left + WIDTH / 2 + 50, third + 3);
  return third + 8;
}
