import { z } from 'zod';
import formatsJson from './tables/formats.json' with { type: 'json' };
import provincesJson from './tables/provinces.json' with { type: 'json' };

export const PLATE_VEHICLES = ['car', 'motorcycle', 'bus', 'truck'] as const;
export type PlateVehicle = (typeof PLATE_VEHICLES)[number];
export type PlateBackground = 'white' | 'yellow' | 'blue' | 'red' | 'other';

/** Where a plate of this format goes: only `civil` may be processed by itself. */
export const ROUTES = ['civil', 'trailer', 'military', 'diplomatic', 'foreign', 'temporary'] as const;
export type Route = (typeof ROUTES)[number];

const format = z.object({
  id: z.string(),
  name: z.object({ vi: z.string(), en: z.string() }),
  vehicles: z.array(z.enum(PLATE_VEHICLES)).min(1),
  /** PROV, a set name with an optional count (`D5`), or literal letters (`RM`). */
  parts: z.array(z.string()).min(1),
  colours: z.array(z.enum(['white', 'yellow', 'blue', 'red', 'other'])).min(1),
  /** `#` is a character of the text, `/` the break between lines; the rest is painted. */
  layouts: z.object({ one: z.string().optional(), two: z.string().optional() }),
  issuedNow: z.boolean(),
  route: z.enum(ROUTES),
  basis: z.string(),
  note: z.string().optional(),
});
export type FormatRow = z.infer<typeof format>;

export const formatTable = z
  .object({
    asOf: z.string(),
    source: z.string(),
    sets: z.record(z.string(), z.string()),
    formats: z.array(format),
  })
  .parse(formatsJson);

export const provinceTable = z
  .object({
    asOf: z.string(),
    source: z.string(),
    provinces: z.array(z.object({ code: z.string().regex(/^\d{2}$/), before: z.string(), now: z.string() })),
  })
  .parse(provincesJson);
