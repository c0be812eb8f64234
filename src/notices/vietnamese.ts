import { DateTime } from 'luxon';
import type { Language } from '../core/messages.js';

export const ZONE = 'Asia/Ho_Chi_Minh';

const local = (at: Date | string): DateTime =>
  (typeof at === 'string' ? DateTime.fromISO(at) : DateTime.fromJSDate(at)).setZone(ZONE);

/** 19.000.000 ₫: integer đồng with the Vietnamese thousands mark. */
export function dong(amount: number): string {
  return `${String(Math.trunc(amount)).replace(/\B(?=(\d{3})+(?!\d))/g, '.')} ₫`;
}

/** "22/11/2026" in Vietnam. */
export const day = (at: Date | string): string => local(at).toFormat('dd/MM/yyyy');

/** "08:05:09, 22/11/2026" in Vietnam. */
export const moment = (at: Date | string): string => local(at).toFormat('HH:mm:ss, dd/MM/yyyy');

/** "08 giờ 30, ngày 22/11/2026" | "08:30, 22/11/2026". */
export const appointmentTime = (at: Date | string, language: Language): string =>
  language === 'vi'
    ? local(at).toFormat("HH 'giờ' mm, 'ngày' dd/MM/yyyy")
    : local(at).toFormat('HH:mm, dd/MM/yyyy');

/** "ngày 22 tháng 11 năm 2026", as the date line of an administrative paper. */
export const dateLine = (at: Date | string): string => local(at).toFormat("'ngày' dd 'tháng' MM 'năm' yyyy");

export const yearInVietnam = (at: Date | string): number => local(at).year;

const ONES = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'];

/** An amount in words, as papers about money need: 19000000 is "Mười chín triệu đồng". */
export function dongInWords(amount: number): string {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new RangeError('amount must be a whole number of đồng, not negative');
  if (amount === 0) return 'Không đồng';
  const groups: number[] = [];
  for (let rest = amount; rest > 0; rest = Math.floor(rest / 1000)) groups.push(rest % 1000);
  const words = groups
    .map((group, i) =>
      group === 0 ? '' : `${hundreds(group, i < groups.length - 1)} ${unitOfGroup(i)}`.trim(),
    )
    .reverse()
    .filter((w) => w !== '')
    .join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} đồng`;
}

function unitOfGroup(i: number): string {
  return `${['', 'nghìn', 'triệu'][i % 3] ?? ''} ${'tỷ '.repeat(Math.floor(i / 3))}`.trim();
}

/** `full` reads the leading zeros ("không trăm linh năm"), which every group but the first needs. */
function hundreds(n: number, full: boolean): string {
  const [h, t, o] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const parts: string[] = [];
  if (h > 0 || full) parts.push(`${ONES[h]} trăm`);
  if (t > 1) parts.push(`${ONES[t]} mươi`);
  else if (t === 1) parts.push('mười');
  else if (o > 0 && parts.length > 0) parts.push('linh');
  if (o > 0) parts.push(lastDigit(t, o));
  return parts.join(' ');
}

function lastDigit(tens: number, ones: number): string {
  if (ones === 1 && tens > 1) return 'mốt';
  if (ones === 5 && tens > 0) return 'lăm';
  if (ones === 4 && tens > 1) return 'tư';
  return ONES[ones] ?? '';
}
