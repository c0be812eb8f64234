import { both, type Message } from '../../core/messages.js';
import { HttpRefusal } from './errors.js';

/** How one app says no: each code has its text in the app's messages, told as one line, Vietnamese first. */
export const refuser =
  <Code extends string>(texts: Readonly<Record<Code, Message>>) =>
  (status: number, code: Code, field?: string): HttpRefusal =>
    new HttpRefusal(status, code, both(texts[code]), field);
