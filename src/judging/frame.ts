import { z } from 'zod';
import type { Box, LampReading, PlateRead, VehicleKind, BodyColour } from '../vision/observation.js';

/** One frame as judging takes it: what vision saw and what the camera claimed. Instants are epoch milliseconds. */
export interface SeenFrame {
  readonly id: string;
  readonly cameraId: string;
  readonly at: number;
  readonly sequence: number;
  /** The camera's clock minus ours when it arrived, ms: above zero it is fast. */
  readonly clockOffsetMs: number;
  /** Pixels of the pushed picture, where known: geometry holds only for the size that it was drawn on. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly observations: readonly SeenVehicle[];
  readonly lamps: readonly LampReading[];
  readonly claims: FrameClaims;
}

export interface SeenVehicle {
  /** Its place in the frame's list of observations. */
  readonly idx: number;
  readonly kind: VehicleKind;
  readonly box: Box;
  readonly score: number;
  readonly bodyColour: BodyColour;
  readonly plate: PlateRead | null;
}

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const measured = { device: z.string(), lane: z.string().optional(), box: box.optional() };

/** What judging reads of a frame's claims (the camera API's words); whatever else a camera says is left where it is. */
const claims = z.object({
  speeds: z.array(z.object({ kmh: z.number(), ...measured })).optional(),
  /** To the vehicle ahead, by a distance meter. */
  distances: z.array(z.object({ metres: z.number(), ...measured })).optional(),
  lane: z.string().optional(),
  signals: z
    .array(z.object({ signal: z.string(), state: z.enum(['red', 'amber', 'green', 'dark']) }))
    .optional(),
  /** Something seen of the vehicle in `box`, or of the frame's lane; its region is the evidence that the claim brings itself. */
  codes: z
    .array(
      z.object({
        code: z.string(),
        box: box.optional(),
        region: box.optional(),
        confidence: z.number().optional(),
      }),
    )
    .optional(),
});
export type FrameClaims = z.infer<typeof claims>;

/** A claim of a shape that we do not know is no claim. */
export function claimsOf(json: unknown): FrameClaims {
  const parsed = claims.safeParse(json);
  return parsed.success ? parsed.data : {};
}
