import type { NoticeBody, NoticeOwner } from '../body.js';
import { formMessages as m } from '../messages.js';
import { appointmentTime, dong, dongInWords, moment } from '../vietnamese.js';
import { say } from '../../core/messages.js';
import { evidencePage, type PrintedPicture } from './evidence-page.js';
import { heading, title } from './heading.js';
import { FONT, INK, MARGIN, PAGE_END, WIDTH, finished, panel, paper, put, type Paper } from './paper.js';
import { drawQr } from './qr.js';
import { pair, row } from './rows.js';

export interface NoticePaper {
  readonly body: NoticeBody;
  readonly owner: NoticeOwner;
  readonly signature: string;
  readonly pictures: readonly PrintedPicture[];
}

const SIGNATURE_HEIGHT = 92;

/** Form 01 of Circular 73/2024/TT-BCA as an A4 PDF. The same notice gives the same bytes. */
export async function printNotice(notice: NoticePaper): Promise<Buffer> {
  const { body } = notice;
  const doc = paper({
    title: `${m.title.vi} ${body.number}`,
    subject: m.about.vi,
    at: new Date(body.issuedAt),
  });
  let y = heading(doc, {
    unit: body.unit.name.vi,
    number: body.number,
    issuedIn: body.issuedIn.vi,
    issuedAt: body.issuedAt,
    form: m.form.vi,
  });
  y = title(doc, y + 12, m.title.vi.toLocaleUpperCase('vi'), m.about.vi, m.title.en);
  y = addressee(doc, y + 2, notice.owner);
  y = rows(doc, y + 4, notice);
  y = appointments(doc, y + 3, body);
  y = rights(doc, y + 6, body);
  if (y + SIGNATURE_HEIGHT > PAGE_END) {
    doc.addPage();
    y = MARGIN.top;
  }
  signature(doc, y + 6, notice);
  doc.addPage();
  evidencePage(doc, notice);
  return finished(doc);
}

function addressee(doc: Paper, y: number, owner: NoticeOwner): number {
  const end = put(doc, `${m.to.vi}: ${owner.name}`, MARGIN.left, y, {
    font: FONT.bold,
    size: 11,
    align: 'center',
  });
  return put(doc, m.lead.vi, MARGIN.left, end + 3, { size: 9.5, align: 'left' });
}

function rows(doc: Paper, from: number, { body, owner }: NoticePaper): number {
  const { vehicle, fine } = body;
  let y = from;
  y = row(doc, y, m.detectedBy, body.unit.name.vi);
  if (body.transferredBy) y = row(doc, y, m.transferredBy, body.transferredBy.vi);
  y = row(
    doc,
    y,
    m.plate,
    vehicle.plate,
    `${m.plateColour.vi}: ${vehicle.plateColour.vi} (${vehicle.plateColour.en})`,
    true,
  );
  y = row(doc, y, m.vehicle, [vehicle.type.vi, vehicle.makeModel].filter((v) => v !== null).join(' · '));
  y = pair(doc, y, [m.owner, owner.name], [m.ownerId[body.ownerKind], owner.id]);
  y = row(doc, y, m.address, owner.address);
  y = row(doc, y, m.time, moment(body.occurredAt));
  y = row(doc, y, m.place, `${body.place.name.vi}, ${body.place.address.vi}`);
  y = row(doc, y, m.behaviour, body.act.behaviour.vi, body.act.behaviour.en, true);
  y = row(doc, y, m.why, body.act.why.vi);
  y = row(doc, y, m.law, body.act.citation.vi);
  const range = say(m.fineRange, 'vi', {
    min: dong(fine.min),
    max: dong(fine.max),
    default: dong(fine.default),
  });
  y = row(
    doc,
    y,
    m.fine,
    range,
    `${dongInWords(fine.default)}${body.ownerKind === 'organisation' ? `. ${m.organisation.vi}` : ''}`,
  );
  const points = body.points > 0 ? say(m.pointsLost, 'vi', { points: body.points }) : m.noPoints.vi;
  return pair(doc, y, [m.points, points], [m.preventive, m.none.vi]);
}

function appointments(doc: Paper, y: number, body: NoticeBody): number {
  const gap = 8;
  const width = (WIDTH - gap) / 2;
  const top = put(doc, m.come.vi, MARGIN.left, y, { size: 9.5 }) + 3;
  const height = 66;
  body.appointments.forEach((choice, i) => {
    const x = MARGIN.left + i * (width + gap);
    panel(doc, x, top, width, height, INK.tint, INK.line);
    const inside = { width: width - 16, gap: 0 };
    let line = put(doc, `${i + 1}. ${choice.place.name.vi}`, x + 8, top + 6, {
      ...inside,
      font: FONT.bold,
      size: 9,
    });
    line = put(doc, appointmentTime(choice.at, 'vi'), x + 8, line + 1, {
      ...inside,
      font: FONT.medium,
      size: 9,
      colour: INK.blue,
    });
    const where =
      choice.place.phone === null
        ? choice.place.address.vi
        : `${choice.place.address.vi} · ${m.phone.vi} ${choice.place.phone}`;
    put(doc, where, x + 8, line + 1, { ...inside, size: 8 });
  });
  return top + height;
}

function rights(doc: Paper, y: number, body: NoticeBody): number {
  const end = put(
    doc,
    say(m.rights, 'vi', { url: body.verify.url.replace(/\/verify\/.*$/, '') }),
    MARGIN.left,
    y,
    { size: 8.8 },
  );
  const top = end + 4;
  panel(doc, MARGIN.left, top, WIDTH, 29, '#fff7e0', '#e2c15a');
  put(doc, m.scam.vi, MARGIN.left + 8, top + 4.5, {
    width: WIDTH - 16,
    size: 8.4,
    font: FONT.medium,
    colour: '#5b4300',
    gap: 0,
  });
  return top + 29;
}

function signature(doc: Paper, y: number, { body, signature: signed }: NoticePaper): void {
  const half = WIDTH / 2;
  const right = { x: MARGIN.left + half, width: half };
  const qr = 78;
  drawQr(doc, body.verify.url, MARGIN.left - 4, y, qr);
  const beside = { width: half - qr - 6, gap: 0 };
  let line = put(doc, m.check.vi, MARGIN.left + qr, y + 6, { ...beside, size: 8, colour: INK.soft });
  line = put(doc, body.verify.code, MARGIN.left + qr, line + 2, { ...beside, font: FONT.bold, size: 10.5 });
  put(doc, `${m.signature.vi}: ${signed.slice(0, 16)}…`, MARGIN.left + qr, line + 2, {
    ...beside,
    size: 7,
    colour: INK.soft,
  });

  let own = put(doc, m.confirmedBy.vi.toLocaleUpperCase('vi'), right.x, y, {
    ...right,
    font: FONT.bold,
    size: 9.5,
    align: 'center',
  });
  own = put(doc, m.signedElectronically.vi, right.x, own + 8, {
    ...right,
    font: FONT.italic,
    size: 8.5,
    colour: INK.red,
    align: 'center',
  });
  own = put(doc, moment(body.officer.confirmedAt), right.x, own, {
    ...right,
    size: 8,
    colour: INK.red,
    align: 'center',
  });
  put(doc, `${body.officer.rank} ${body.officer.name}`, right.x, own + 10, {
    ...right,
    font: FONT.bold,
    size: 10.5,
    align: 'center',
  });
}
