import type { Language } from '../../core/messages.js';

const ZONE = 'Asia/Ho_Chi_Minh';
const locale = (language: Language): string => (language === 'vi' ? 'vi-VN' : 'en-GB');

/** `1.000.000 đ`; the amount is integer đồng. */
export function money(dong: number): string {
  return `${new Intl.NumberFormat('vi-VN').format(dong)} đ`;
}

/** Date and time in Vietnam, to the second. */
export function instant(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: ZONE,
  }).format(new Date(iso));
}

/** The date in Vietnam. */
export function day(iso: string, language: Language): string {
  const shape =
    language === 'vi'
      ? ({ day: '2-digit', month: '2-digit', year: 'numeric' } as const)
      : ({ dateStyle: 'medium' } as const);
  return new Intl.DateTimeFormat(locale(language), { ...shape, timeZone: ZONE }).format(new Date(iso));
}

/** `còn 3 ngày`, `quá hạn 2 giờ`: the distance of an instant from now, in its largest unit. */
export function remaining(iso: string, now: number, language: Language): { text: string; late: boolean } {
  const ms = new Date(iso).getTime() - now;
  const late = ms < 0;
  const hours = Math.floor(Math.abs(ms) / 3_600_000);
  const days = Math.floor(hours / 24);
  const [count, unit] = days > 0 ? [days, 'day' as const] : [Math.max(hours, 1), 'hour' as const];
  const units = {
    vi: { day: 'ngày', hour: 'giờ' },
    en: { day: count === 1 ? 'day' : 'days', hour: count === 1 ? 'hour' : 'hours' },
  };
  const word = `${count} ${units[language][unit]}`;
  if (language === 'vi') return { text: late ? `quá hạn ${word}` : `còn ${word}`, late };
  return { text: late ? `${word} late` : `${word} left`, late };
}
