import { FONT, INK, MARGIN, WIDTH, finished, panel, paper, put, type Paper } from '../notices/form/paper.js';
import { heading, title } from '../notices/form/heading.js';
import { drawQr } from '../notices/form/qr.js';
import { row } from '../notices/form/rows.js';
import { day, dong, dongInWords, moment } from '../notices/vietnamese.js';
import { receiptMessages as m } from './messages.js';
import type { ReceiptFacts } from './receipt-facts.js';

/** The receipt as a PDF of one page. The same facts give the same bytes. */
export async function printReceipt(facts: ReceiptFacts): Promise<Buffer> {
  const doc = paper({ title: `${m.title.vi} ${facts.number}`, subject: m.about.vi, at: facts.issuedAt });
  let y = heading(doc, {
    unit: facts.unit,
    number: facts.number,
    issuedIn: facts.issuedIn,
    issuedAt: facts.issuedAt.toISOString(),
    form: '',
  });
  y = title(doc, y + 20, m.title.vi.toLocaleUpperCase('vi'), m.about.vi, m.title.en);
  y = total(doc, y + 8, facts);
  y = rows(doc, y + 14, facts);
  checking(doc, y + 14, facts);
  return finished(doc);
}

function total(doc: Paper, y: number, facts: ReceiptFacts): number {
  const height = 66;
  panel(doc, MARGIN.left, y, WIDTH, height, '#eef7f0', '#7fb38d');
  const x = MARGIN.left + 14;
  put(doc, `${m.total.vi} · ${m.total.en}`, x, y + 10, { size: 8.5, colour: INK.soft });
  put(doc, dong(facts.total), x, y + 21, { font: FONT.bold, size: 20 });
  put(doc, dongInWords(facts.total), x, y + 47, { font: FONT.italic, size: 9 });
  put(doc, m.paid.vi, MARGIN.left + WIDTH - 134, y + 20, {
    font: FONT.bold,
    size: 18,
    colour: '#1d6b35',
    width: 120,
    align: 'right',
  });
  return y + height;
}

function rows(doc: Paper, from: number, facts: ReceiptFacts): number {
  let y = row(doc, from, m.payer, facts.payer);
  y = row(doc, y, m.notice, `${facts.noticeNumber}, ${day(facts.noticeIssuedAt)}`);
  if (facts.decision)
    y = row(doc, y, m.decision, `${facts.decision.number}, ${day(facts.decision.issuedOn)}`);
  y = row(doc, y, m.plate, facts.plate, '', true);
  y = row(doc, y, m.behaviour, facts.behaviour);
  y = row(doc, y, m.law, facts.citation);
  y = row(doc, y, facts.decision ? m.fine : m.provisional, dong(facts.fine));
  if (facts.interest > 0) y = row(doc, y, m.interest, dong(facts.interest));
  y = row(doc, y, m.method, m.vietqr.vi);
  const sums = facts.sums.map((s) => `${dong(s.amount)} · ${moment(s.paidAt)} · ${s.reference}`);
  return row(doc, y, m.sums, sums.join('\n'));
}

function checking(doc: Paper, y: number, facts: ReceiptFacts): void {
  const qr = 92;
  put(doc, (facts.decision ? m.closedByDecision : m.closed).vi, MARGIN.left, y, { size: 9.5 });
  const top = y + 32;
  drawQr(doc, facts.verifyUrl, MARGIN.left - 4, top, qr);
  const beside = { width: WIDTH - qr - 10, gap: 1 };
  const x = MARGIN.left + qr + 6;
  let line = put(doc, m.check.vi, x, top + 18, { ...beside, size: 9 });
  line = put(doc, `${m.code.vi}: ${facts.verifyCode}`, x, line + 2, { ...beside, font: FONT.bold, size: 11 });
  put(doc, facts.verifyUrl, x, line + 2, { ...beside, size: 8.5, colour: INK.blue });
}
