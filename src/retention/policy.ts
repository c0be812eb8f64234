import type { Config } from '../core/config.js';
import { both, say } from '../core/messages.js';
import { retentionMessages } from './messages.js';

const HOUR = 3_600_000;

/** Frames that came before this instant may be let go by the policy; null: none ever. */
export function letGoBefore({ retentionHours }: Pick<Config, 'retentionHours'>, now: Date): Date | null {
  return retentionHours === 0 ? null : new Date(now.getTime() - retentionHours * HOUR);
}

/** The policy in one line. */
export function policyInWords({ retentionHours }: Pick<Config, 'retentionHours'>): string {
  if (retentionHours === 0) return both(retentionMessages.forEver);
  const hours = { hours: retentionHours };
  return both({
    vi: say(retentionMessages.hours, 'vi', hours),
    en: say(retentionMessages.hours, 'en', hours),
  });
}

export const nothingDue = (): string => both(retentionMessages.nothing);
