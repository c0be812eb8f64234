import { createRequire } from 'node:module';
import type { QRPay as QRPayClass } from 'vietnam-qr-pay';

const { QRPay } = createRequire(import.meta.url)('vietnam-qr-pay') as { QRPay: typeof QRPayClass };

/**
 * A dynamic VietQR (EMVCo TLV, NAPAS 247) for one order and one amount.
 * @param content letters, digits and spaces, at most 25: what the bank prints
 * @throws {RangeError} for an amount that is no whole number of đồng, or content that a bank would change
 */
export function vietQr(payee: { bin: string; account: string }, amount: number, content: string): string {
  if (!Number.isSafeInteger(amount) || amount <= 0)
    throw new RangeError('amount must be whole đồng above zero');
  if (!/^[A-Z0-9 ]{1,25}$/.test(content))
    throw new RangeError('content must be A-Z, 0-9 and spaces, at most 25');
  return QRPay.initVietQR({
    bankBin: payee.bin,
    bankNumber: payee.account,
    amount: String(amount),
    purpose: content,
  }).build();
}

/** "TB0001232026 K7Q2M9XZ4R": the notice's number and the payment's reference; never a plate, an ID or a name. */
export function transferContent(noticeNumber: string, reference: string): string {
  const [sequence = '', year = ''] = noticeNumber.split('/');
  return `TB${sequence}${year} ${reference}`;
}
