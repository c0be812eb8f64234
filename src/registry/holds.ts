import { z } from 'zod';
import { canonicalJson } from '../evidence/index.js';

/**
 * What keeps a case from being confirmed as it is. `blocking` ones stop the confirmation; the others are warnings to
 * look at. `clearable` ones an officer may clear with a reason, having looked; the rest only a rejection ends.
 */
export const HOLDS = {
  PLATE_UNREADABLE: { blocking: true, clearable: false },
  PLATE_NOT_ACCEPTED: { blocking: true, clearable: true },
  PLATE_FORMAT: { blocking: true, clearable: true },
  PLATE_ROUTED: { blocking: true, clearable: false },
  PLATE_DISPUTED: { blocking: true, clearable: true },
  PLATE_CLAIM_DIFFERS: { blocking: true, clearable: true },
  PLATE_LOW_CONFIDENCE: { blocking: false, clearable: true },
  REGISTER_NO_MATCH: { blocking: true, clearable: false },
  REGISTER_AMBIGUOUS: { blocking: true, clearable: false },
  OWNER_UNKNOWN: { blocking: true, clearable: false },
  NO_DIGITAL_ACCOUNT: { blocking: false, clearable: true },
  CLASS_IMPOSSIBLE: { blocking: true, clearable: false },
  CLASS_MISMATCH: { blocking: true, clearable: true },
  BODY_COLOUR_MISMATCH: { blocking: true, clearable: true },
  VEHICLE_STOLEN: { blocking: true, clearable: false },
  VEHICLE_SCRAPPED: { blocking: true, clearable: false },
  PLATE_RETURNED: { blocking: true, clearable: false },
  CLONE_SUSPECTED: { blocking: true, clearable: true },
  PLATE_CLONED_BEFORE: { blocking: true, clearable: true },
  ACT_TOLD_BEFORE: { blocking: true, clearable: true },
  CLOCK_OUT_OF_TOLERANCE: { blocking: true, clearable: false },
  CERTIFICATE_MISSING: { blocking: true, clearable: false },
  SITE_NOT_SIGNED_OFF: { blocking: true, clearable: false },
} as const satisfies Record<string, { blocking: boolean; clearable: boolean }>;

export type HoldCode = keyof typeof HOLDS;
export const HOLD_CODES = Object.keys(HOLDS) as [HoldCode, ...HoldCode[]];

/** As kept in `cases.holds`. `detail` fills the places of the hold's message. */
export const hold = z.object({
  code: z.enum(HOLD_CODES),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
  cleared: z.object({ by: z.string(), at: z.string(), reason: z.string() }).optional(),
});
export type Hold = z.infer<typeof hold>;
export const holds = z.array(hold);

export const held = (code: HoldCode, detail: Hold['detail'] = {}): Hold => ({ code, detail });

export const isOpen = (h: Hold): boolean => h.cleared === undefined;

export const blocks = (h: Hold): boolean => isOpen(h) && HOLDS[h.code].blocking;

/** New findings, with what an officer has cleared before: the same finding (code and detail) stays cleared. */
export function keepCleared(found: readonly Hold[], before: readonly Hold[]): Hold[] {
  // Postgres keeps jsonb with its keys in another order.
  const same = (a: Hold, b: Hold): boolean =>
    a.code === b.code && canonicalJson(a.detail) === canonicalJson(b.detail);
  return found.map((h) => before.find((old) => old.cleared !== undefined && same(old, h)) ?? h);
}
