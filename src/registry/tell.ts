import { say, type Message } from '../core/messages.js';
import type { Hold } from './holds.js';
import { holdMessages, words } from './messages.js';

/** A hold as people read it, its values put into words. */
export function tellHold(h: Hold): Message {
  const inWords = (language: 'vi' | 'en') =>
    Object.fromEntries(
      Object.entries(h.detail).map(([name, value]) => [
        name,
        String(value)
          .split(', ')
          .map((part) => words[part]?.[language] ?? part)
          .join(', '),
      ]),
    );
  const message = holdMessages[h.code];
  return { vi: say(message, 'vi', inWords('vi')), en: say(message, 'en', inWords('en')) };
}
