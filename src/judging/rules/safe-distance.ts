import { z } from 'zod';
import json from '../tables/safe-distance.json' with { type: 'json' };

const table = z
  .object({
    source: z.string(),
    validFrom: z.iso.date(),
    rows: z.array(
      z.object({
        from: z.number().optional(),
        above: z.number().optional(),
        to: z.number(),
        metres: z.number(),
      }),
    ),
  })
  .parse(json);

/** Least distance in metres at a speed in km/h, rounded to whole km/h as a speedometer shows it; null where the table says none. */
export function safeDistance(speedKmh: number): number | null {
  const speed = Math.round(speedKmh);
  return (
    table.rows.find(
      (row) =>
        (row.from === undefined || speed >= row.from) &&
        (row.above === undefined || speed > row.above) &&
        speed <= row.to,
    )?.metres ?? null
  );
}
