import type { z } from 'zod';
import type { hours } from './site-schema.js';

export type Hours = z.infer<typeof hours>;

// Vietnam has had one zone without summer time since 1975.
const ZONE_MS = 7 * 3_600_000;
const minutes = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** Whether the instant falls into one of the hours; always, where none are given. "22:00" to "05:00" runs over midnight. */
export function within(list: readonly Hours[] | undefined, instant: Date | number): boolean {
  if (list === undefined) return true;
  const local = new Date(Number(instant) + ZONE_MS);
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const today = ((local.getUTCDay() + 6) % 7) + 1;
  const yesterday = ((today + 5) % 7) + 1;
  return list.some(({ from, to, days }) => {
    const [start, end] = [minutes(from), minutes(to)];
    const on = (day: number): boolean => days === undefined || days.includes(day);
    if (start < end) return on(today) && minute >= start && minute < end;
    return (on(today) && minute >= start) || (on(yesterday) && minute < end);
  });
}
