import type { EvidencePicture, NoticeBody } from '../body.js';
import { formMessages as m, roleName } from '../messages.js';
import { moment } from '../vietnamese.js';
import { FONT, INK, MARGIN, WIDTH, panel, put, type Paper } from './paper.js';
import { drawQr } from './qr.js';

export interface PrintedPicture {
  readonly of: EvidencePicture;
  readonly overview: Buffer;
  readonly plate: Buffer | null;
}

/** The second page: what the camera saw, each picture with its hash, and how anyone checks this paper. */
export function evidencePage(
  doc: Paper,
  notice: { body: NoticeBody; signature: string; pictures: readonly PrintedPicture[] },
): void {
  const { body } = notice;
  let y = put(doc, m.evidenceTitle.vi.toLocaleUpperCase('vi'), MARGIN.left, MARGIN.top, {
    font: FONT.bold,
    size: 12,
  });
  y = put(doc, `${m.attachedTo.vi} ${body.number}`, MARGIN.left, y, { size: 9, colour: INK.soft });
  const [first, second] = notice.pictures;
  if (first) y = large(doc, y + 6, first);
  if (second) y = small(doc, y + 8, second);
  y = reading(doc, y + 8, body);
  y = hashes(doc, y + 6, body.evidence);
  checking(doc, y + 8, notice);
}

function large(doc: Paper, y: number, picture: PrintedPicture): number {
  const cropWidth = picture.plate === null ? 0 : 158;
  const frameWidth = WIDTH - (cropWidth === 0 ? 0 : cropWidth + 8);
  const height = Math.min(300, frameWidth * 0.5625);
  doc.rect(MARGIN.left, y, frameWidth, height).fill('#0d1217');
  doc.image(picture.overview, MARGIN.left, y, {
    fit: [frameWidth, height],
    align: 'center',
    valign: 'center',
  });
  if (picture.plate !== null) {
    const x = MARGIN.left + frameWidth + 8;
    doc.rect(x, y, cropWidth, 110).fill(INK.tint);
    doc.image(picture.plate, x + 6, y + 6, { fit: [cropWidth - 12, 98], align: 'center', valign: 'center' });
    put(doc, m.plateCrop.vi, x, y + 114, { width: cropWidth, size: 8, colour: INK.soft });
  }
  return caption(doc, y + height + 3, picture.of);
}

function small(doc: Paper, y: number, picture: PrintedPicture): number {
  const width = WIDTH * 0.46;
  const height = 128;
  doc.rect(MARGIN.left, y, width, height).fill('#0d1217');
  doc.image(picture.overview, MARGIN.left, y, { fit: [width, height], align: 'center', valign: 'center' });
  const x = MARGIN.left + width + 10;
  put(doc, roleName(picture.of.role).vi, x, y, { width: WIDTH - width - 10, font: FONT.medium, size: 9 });
  put(doc, moment(picture.of.capturedAt), x, y + 14, { width: WIDTH - width - 10, size: 9 });
  put(doc, `SHA-256\n${picture.of.sha256}`, x, y + 30, {
    width: WIDTH - width - 10,
    size: 7,
    colour: INK.soft,
  });
  return y + height;
}

function caption(doc: Paper, y: number, of: EvidencePicture): number {
  const end = put(doc, `${roleName(of.role).vi} · ${moment(of.capturedAt)}`, MARGIN.left, y, {
    font: FONT.medium,
    size: 9,
  });
  return put(doc, `SHA-256 ${of.sha256}`, MARGIN.left, end, { size: 7, colour: INK.soft });
}

function reading(doc: Paper, y: number, body: NoticeBody): number {
  if (body.reading.length === 0) return y;
  const end = put(doc, m.readingConfidence.vi, MARGIN.left, y, { font: FONT.medium, size: 9 }) + 3;
  const cell = 34;
  body.reading.forEach(({ c, p }, i) => {
    const x = MARGIN.left + i * (cell + 3);
    panel(doc, x, end, cell, 30, '#ffffff', INK.line);
    put(doc, c, x, end + 3, { width: cell, align: 'center', font: FONT.bold, size: 11 });
    put(doc, `${(p * 100).toFixed(1).replace('.', ',')}%`, x, end + 18, {
      width: cell,
      align: 'center',
      size: 6.5,
      colour: INK.soft,
    });
  });
  return end + 30;
}

function hashes(doc: Paper, y: number, evidence: readonly EvidencePicture[]): number {
  let line = put(doc, m.allFrames.vi, MARGIN.left, y, { font: FONT.medium, size: 9 }) + 2;
  for (const frame of evidence.slice(0, 6)) {
    line = put(
      doc,
      `${moment(frame.capturedAt)} · ${roleName(frame.role).vi} · ${frame.sha256}`,
      MARGIN.left,
      line,
      { size: 6.8, gap: 0.5 },
    );
  }
  const more = evidence.length - 6;
  return more > 0
    ? put(doc, `+ ${more} ${m.moreFrames.vi}`, MARGIN.left, line, { size: 7, colour: INK.soft })
    : line;
}

function checking(doc: Paper, y: number, notice: { body: NoticeBody; signature: string }): void {
  const height = 104;
  const { verify } = notice.body;
  panel(doc, MARGIN.left, y, WIDTH, height, INK.tint, INK.line);
  drawQr(doc, verify.url, MARGIN.left + 8, y + 8, 88);
  const text = { width: WIDTH - 118, gap: 0 };
  const x = MARGIN.left + 106;
  let line = put(doc, m.checkTitle.vi, x, y + 9, { ...text, font: FONT.bold, size: 9.5 });
  line = put(doc, m.checkHow.vi, x, line + 2, { ...text, size: 8.2 });
  line = put(doc, verify.url, x, line + 2, { ...text, size: 8.2, font: FONT.medium, colour: INK.blue });
  line = put(doc, `${m.publicKey.vi}: ${verify.keyId}`, x, line + 3, {
    ...text,
    size: 6.8,
    colour: INK.soft,
  });
  put(doc, `${m.signature.vi} Ed25519: ${notice.signature}`, x, line + 2, {
    ...text,
    size: 6.8,
    colour: INK.soft,
  });
}
