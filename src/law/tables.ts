import { z } from 'zod';
import deadlinesJson from './tables/deadlines.json' with { type: 'json' };
import holidaysJson from './tables/holidays.json' with { type: 'json' };
import rulesJson from './tables/rules.json' with { type: 'json' };
import signersJson from './tables/signers.json' with { type: 'json' };
import violationsJson from './tables/violations.json' with { type: 'json' };

/** A day in Asia/Ho_Chi_Minh, YYYY-MM-DD. */
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const named = z.object({ vi: z.string(), en: z.string() });

const lawRowSchema = z.object({
  code: z.string(),
  name: named,
  decree: z.string(),
  amendedBy: z.string().nullable(),
  /** What the amendment changed in the wording; the amounts are those of this row. */
  amendment: z.string().nullable(),
  article: z.int(),
  clause: z.string(),
  point: z.string().nullable(),
  /** As cited in Vietnamese: `điểm b khoản 9 Điều 6`. */
  ref: z.string(),
  vehicleClass: z.string(),
  liable: z.enum(['driver', 'owner']),
  /** Đồng, for an individual. */
  fineMin: z.int().positive(),
  fineMax: z.int().positive(),
  /** Licence points, 0 to 12. */
  points: z.int().min(0).max(12),
  supplementary: z.string().nullable(),
  legalText: z.string(),
  /** What the file must hold to prove it. */
  evidence: z.array(z.string()),
  note: z.string().nullable(),
  validFrom: day,
  /** The first day no longer in force. */
  validTo: day.nullable(),
});
export type LawRow = Readonly<z.infer<typeof lawRowSchema>>;

const versionSchema = z.object({ id: z.string(), from: day, title: named });
export type LawVersion = Readonly<z.infer<typeof versionSchema>>;

export const catalogue = z
  .object({
    asOf: day,
    source: z.string(),
    versions: z.array(versionSchema).min(1),
    rows: z.array(lawRowSchema),
  })
  .parse(violationsJson);

export const LAW_RULES = [
  'speeding',
  'red-light',
  'emergency-lane',
  'wrong-way',
  'reversing',
  'stopping',
  'forbidden-class',
  'wrong-lane',
  'solid-line',
  'truck-hours',
  'no-entry',
  'too-close',
  'below-minimum',
  'seat-belt',
  'phone',
  'helmet',
  'helmet-passenger',
] as const;
export type LawRule = (typeof LAW_RULES)[number];

const lawClass = z.enum(['car', 'motorcycle', 'bus', 'truck']);
export type LawClass = z.infer<typeof lawClass>;
const lawRoad = z.enum(['expressway', 'urban', 'rural']);
export type LawRoad = z.infer<typeof lawRoad>;

/**
 * Why one may not stop at a place off the expressway (NĐ168 Điều 6: khoản 2 điểm đ; khoản 3 điểm đ; khoản 4 điểm b), as far as a
 * drawn zone can tell.
 */
export const stopGround = z.enum([
  'no-stopping-sign',
  'pedestrian-crossing',
  'bus-lane',
  'junction',
  'pick-up-point',
  'gateway',
  'single-lane',
  'median-gap',
  'bridge',
  'under-bridge',
  'bend',
  'left-side',
]);
export type StopGround = z.infer<typeof stopGround>;

const ruleLine = z.object({
  rule: z.enum(LAW_RULES),
  classes: z.array(lawClass).min(1),
  roads: z.array(lawRoad).optional(),
  laneChanged: z.literal(true).optional(),
  grounds: z.array(stopGround).min(1).optional(),
  /** km/h over the limit. */
  over: z
    .object({ atLeast: z.number(), above: z.number(), below: z.number(), atMost: z.number() })
    .partial()
    .optional(),
  code: z.string(),
  /** Rows to which the text of this one leaves the act. */
  except: z.array(z.string()).min(1).optional(),
});
export type RuleLine = z.infer<typeof ruleLine>;
export const ruleTable = z.object({ note: z.string(), lines: z.array(ruleLine) }).parse(rulesJson);

export const signerTable = z
  .object({
    source: z.string(),
    validFrom: day,
    signers: z.array(z.object({ id: z.string(), title: named, upTo: z.int().positive() })),
  })
  .parse(signersJson);
export type Signer = (typeof signerTable.signers)[number];

export const TERMS = [
  'notice',
  'limitation',
  'no-show',
  'record',
  'explain-in-person',
  'explain-in-writing',
  'decision',
  'decision-after-transfer',
  'decision-after-explanation',
  'decision-complex',
  'send-decision',
  'pay',
  'complaint',
  'complaint-accept',
  'complaint-answer',
  'execution',
] as const;
export type TermName = (typeof TERMS)[number];

const term = z.object({
  name: z.enum(TERMS),
  count: z.int().positive(),
  unit: z.enum(['day', 'working-day', 'month', 'year']),
  /** The event that starts it; that day itself is not counted. */
  from: z.string(),
  /** Whom it binds: an owner's term never ends on a day off. */
  binds: z.enum(['authority', 'owner']),
  basis: z.string(),
  note: z.string().optional(),
});
export type Term = z.infer<typeof term>;
export const termTable = z.object({ note: z.string(), terms: z.array(term) }).parse(deadlinesJson);

export const holidayTable = z
  .object({
    note: z.string(),
    years: z.record(
      z.string(),
      z.object({
        status: z.enum(['announced', 'assumed']),
        assumptions: z.string().optional(),
        daysOff: z.array(day),
        madeUp: z.array(day),
      }),
    ),
  })
  .parse(holidaysJson);
