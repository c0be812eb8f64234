import type { Handlers } from '../storage/handlers.js';
import { remind } from './alarms.js';
import { matchCase } from './match-case.js';

export { startChores } from './forgotten.js';

/** `match` a violation with the register and open its case · `remind` of a case's statutory deadlines. */
export const handlers: Handlers = {
  match: async (ctx, violationId) => void (await matchCase(ctx, violationId)),
  remind,
};
