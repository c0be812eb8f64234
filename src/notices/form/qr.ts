import { create } from 'qrcode';
import type { Paper } from './paper.js';

/** A QR drawn as vectors, sharp at any print size, with the four quiet modules inside `size` points. */
export function drawQr(doc: Paper, text: string, x: number, y: number, size: number): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const cell = size / (modules.size + 8);
  doc.rect(x, y, size, size).fill('#ffffff');
  for (let row = 0; row < modules.size; row += 1) {
    for (let from = 0; from < modules.size; from += 1) {
      if (!modules.get(row, from)) continue;
      let to = from;
      while (to + 1 < modules.size && modules.get(row, to + 1)) to += 1;
      doc.rect(x + (from + 4) * cell, y + (row + 4) * cell, (to - from + 1) * cell, cell);
      from = to;
    }
  }
  doc.fill('#000000');
}
