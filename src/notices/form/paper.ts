import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

export type Paper = PDFKit.PDFDocument;

const { resolve } = createRequire(import.meta.url);
const face = (name: string, file: string): string =>
  resolve(`@expo-google-fonts/be-vietnam-pro/${name}/BeVietnamPro_${file}.ttf`);

export const FONT = { regular: 'regular', italic: 'italic', medium: 'medium', bold: 'bold' } as const;
export const INK = {
  text: '#111820',
  soft: '#5a6672',
  line: '#b8c2cc',
  tint: '#f3f6f9',
  red: '#b3121f',
  blue: '#0b4f93',
} as const;
export const MARGIN = { left: 54, right: 42, top: 36, bottom: 34 } as const;
export const PAGE_END = 841.89 - MARGIN.bottom;
export const WIDTH = 595.28 - MARGIN.left - MARGIN.right;

/**
 * An A4 paper in Be Vietnam Pro. The same drawing with the same `at` gives the same bytes:
 * pdfkit takes the creation date and the file id from the information dictionary.
 */
export function paper(info: { title: string; subject: string; at: Date }): Paper {
  const doc = new PDFDocument({
    size: 'A4',
    // Every line is placed by hand: a bottom margin would let pdfkit start a page on its own.
    margins: { ...MARGIN, bottom: 0 },
    lang: 'vi-VN',
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: info.title,
      Subject: info.subject,
      Producer: 'Phạt Nguội Edge',
      Creator: 'Phạt Nguội Edge',
      CreationDate: info.at,
      ModDate: info.at,
    },
  });
  doc.registerFont(FONT.regular, face('400Regular', '400Regular'));
  doc.registerFont(FONT.italic, face('400Regular_Italic', '400Regular_Italic'));
  doc.registerFont(FONT.medium, face('600SemiBold', '600SemiBold'));
  doc.registerFont(FONT.bold, face('700Bold', '700Bold'));
  return doc.font(FONT.regular).fillColor(INK.text);
}

/** Ends the paper and gives its bytes. */
export function finished(doc: Paper): Promise<Buffer> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', () => done(Buffer.concat(chunks)));
    doc.on('error', failed);
    doc.end();
  });
}

/** A line of text at a place; the paper's own cursor is not moved. */
export function put(
  doc: Paper,
  text: string,
  x: number,
  y: number,
  style: {
    font?: string;
    size?: number;
    colour?: string;
    width?: number;
    align?: 'left' | 'center' | 'right';
    gap?: number;
  } = {},
): number {
  const {
    font = FONT.regular,
    size = 9.5,
    colour = INK.text,
    width = WIDTH,
    align = 'left',
    gap = 1,
  } = style;
  doc.font(font).fontSize(size).fillColor(colour);
  const options = { width, align, lineGap: gap };
  const height = doc.heightOfString(text, options);
  doc.text(text, x, y, options);
  return y + height;
}

export function rule(
  doc: Paper,
  x0: number,
  x1: number,
  y: number,
  width = 0.7,
  colour: string = INK.text,
): void {
  doc.moveTo(x0, y).lineTo(x1, y).lineWidth(width).strokeColor(colour).stroke();
}

export function panel(
  doc: Paper,
  x: number,
  y: number,
  w: number,
  h: number,
  fill: string,
  edge: string,
): void {
  doc.roundedRect(x, y, w, h, 4).lineWidth(0.7).fillAndStroke(fill, edge);
}
