import { newId } from '../core/ids.js';
import type { Context } from '../storage/context.js';
import type { LookupsTable } from '../storage/schema.js';
import { RegistryError } from './errors.js';
import type { Inquiry, VehicleRegister } from './register.js';

type Kind = LookupsTable['kind'];

/**
 * A register that writes each look-up down before it is asked, and its outcome after: one that a crash cuts short is
 * on record as `asked`.
 */
export function recorded(ctx: Pick<Context, 'db' | 'clock'>, register: VehicleRegister): VehicleRegister {
  const keep = async <A>(
    kind: Kind,
    plate: string,
    instant: Date,
    inquiry: Inquiry,
    ask: () => Promise<A>,
  ): Promise<A> => {
    const id = await recordLookup(ctx, { kind, plate, instant, inquiry, outcome: 'asked' });
    const done = (outcome: string) =>
      ctx.db.updateTable('lookups').set({ outcome }).where('id', '=', id).execute();
    try {
      const answer = await ask();
      await done('found');
      return answer;
    } catch (error) {
      await done(error instanceof RegistryError ? error.code : 'FAILED');
      throw error;
    }
  };
  return {
    vehicleAsOf: (plate, colour, instant, inquiry) =>
      keep('vehicle', plate, instant, inquiry, () => register.vehicleAsOf(plate, colour, instant, inquiry)),
    ownerAsOf: (plate, colour, instant, inquiry) =>
      keep('owner', plate, instant, inquiry, () => register.ownerAsOf(plate, colour, instant, inquiry)),
  };
}

/** Puts one look-up on record and gives its id. `owner-shown` is an officer reading what is kept of an owner. */
export async function recordLookup(
  ctx: Pick<Context, 'db' | 'clock'>,
  lookup: { kind: Kind; plate: string; instant: Date; inquiry: Inquiry; outcome: string },
): Promise<string> {
  const id = newId();
  const { actor, purpose, caseId } = lookup.inquiry;
  await ctx.db
    .insertInto('lookups')
    .values({
      id,
      at: ctx.clock.now(),
      actor,
      purpose,
      case_id: caseId,
      kind: lookup.kind,
      plate_text: lookup.plate,
      as_of: lookup.instant,
      outcome: lookup.outcome,
    })
    .execute();
  return id;
}
