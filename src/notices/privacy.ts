import { z } from 'zod';
import { box, type Box } from '../core/box.js';
import type { Db } from '../storage/context.js';

const withBox = z.object({ box });
const strays = z.object({ strayPlates: z.array(withBox).default([]) });

/**
 * What must not be seen in a picture that leaves the house: plates of other vehicles, other motorcycles with their riders,
 * plates that belong to no vehicle. The vehicle of the case is told by its box. The detector knows vehicles and plates and
 * nothing else, so people on foot are not among them; the portal says so (`words.blurred`).
 */
export async function bystandersIn(db: Db, frameId: string, subject: Box | null): Promise<Box[]> {
  const seen = await db
    .selectFrom('observations')
    .select(['kind', 'box', 'plate'])
    .where('frame_id', '=', frameId)
    .execute();
  const frame = await db.selectFrom('frames').select('reading').where('id', '=', frameId).executeTakeFirst();
  const stray = strays.safeParse(frame?.reading).data?.strayPlates.map((p) => p.box) ?? [];
  const others = seen.flatMap((o): Box[] => {
    const body = box.safeParse(o.box).data;
    if (!body || (subject && same(body, subject))) return [];
    if (o.kind === 'motorcycle') return [body];
    const plate = withBox.safeParse(o.plate).data?.box;
    // No plate was found, and still there may be one: it would be in the lower half.
    return [plate ?? [body[0], (body[1] + body[3]) / 2, body[2], body[3]]];
  });
  return [...others, ...stray];
}

const same = (a: Box, b: Box): boolean => a.every((value, i) => Math.abs(value - (b[i] ?? NaN)) < 0.5);
