import { z } from 'zod';

/** What a passage says of the vehicle, as `passages` keeps it; only what matching needs. */
export const seenPlate = z.object({
  text: z.string(),
  display: z.string().default(''),
  accepted: z.boolean(),
  reason: z.string().nullable().default(null),
  confidence: z.number(),
  chars: z.array(z.object({ c: z.string(), p: z.number() })),
  lines: z.union([z.literal(1), z.literal(2)]),
  colour: z.enum(['white', 'yellow', 'blue', 'red', 'other']),
  colourConfidence: z.number(),
  reads: z
    .array(
      z.object({
        frameId: z.string(),
        text: z.string(),
        accepted: z.boolean(),
        confidence: z.number(),
        weight: z.number().default(0),
      }),
    )
    .default([]),
});
export type SeenPlate = z.infer<typeof seenPlate>;

export interface SeenVehicle {
  readonly kind: 'car' | 'motorcycle' | 'bus' | 'truck';
  readonly bodyColour: string;
  readonly plate: SeenPlate | null;
}

export const seenVehicle = z.object({
  kind: z.enum(['car', 'motorcycle', 'bus', 'truck']),
  bodyColour: z.string(),
  plate: seenPlate.nullable().catch(null),
});
