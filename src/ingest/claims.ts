import { z } from 'zod';
import { text } from '../core/text.js';

/**
 * What a camera says beside its picture, kept word for word in `frames.claims`.
 * A claim is never taken for true: judging weighs it against the site's certificates and against what vision reads.
 */
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{1,62}$/, 'lower-case letters, digits and "-"');
const pixel = z.number().min(-16_384).max(16_384);

/** [x0, y0, x1, y1] in pixels of the pushed picture. */
export const claimedBox = z
  .tuple([pixel, pixel, pixel, pixel])
  .refine(([x0, y0, x1, y1]) => x1 > x0 && y1 > y0, 'x1 must be right of x0 and y1 below y0');

const device = z.string().regex(/^[\w./-]{1,64}$/, '1 to 64 of letters, digits and ./-_');

/** A meter's measurement. `box` (of the vehicle) or `lane` says of which vehicle, where more than one is in view. */
export const speedClaim = z.strictObject({
  kmh: z.number().min(0).max(400),
  /** Serial number of the meter, as on its certificate. */
  device,
  lane: id.optional(),
  box: claimedBox.optional(),
});

/** Distance to the vehicle in front, metres. `box` is the following vehicle's. */
export const distanceClaim = z.strictObject({
  metres: z.number().min(0).max(1000),
  device,
  lane: id.optional(),
  box: claimedBox.optional(),
});

/** What a device says it saw, in its own word: `seat-belt`, `phone`, `TrafficJunction` … */
export const codeClaim = z.strictObject({
  code: z.string().regex(/^[\w.:-]{1,40}$/, '1 to 40 of letters, digits and .:-_'),
  confidence: z.number().min(0).max(1).optional(),
  /** The vehicle meant. */
  box: claimedBox.optional(),
  /** The cabin or rider in which it was seen. */
  region: claimedBox.optional(),
  device: device.optional(),
});

/** A lamp as the signal controller reports it. */
export const signalClaim = z.strictObject({
  signal: id,
  state: z.enum(['red', 'amber', 'green', 'dark']),
  since: z.iso.datetime().optional(),
});

/** What the camera's own reader made of the plate: shown beside our reading, never used instead of it. */
export const plateClaim = z.strictObject({
  text: text().min(1).max(24),
  box: claimedBox.optional(),
  confidence: z.number().min(0).max(1).optional(),
});

export const frameClaims = z.strictObject({
  speeds: z.array(speedClaim).min(1).max(16).optional(),
  distances: z.array(distanceClaim).min(1).max(16).optional(),
  lane: id.optional(),
  signals: z
    .array(signalClaim)
    .max(16)
    .refine((all) => new Set(all.map((one) => one.signal)).size === all.length, 'a signal may be named once')
    .optional(),
  plate: plateClaim.optional(),
  codes: z.array(codeClaim).min(1).max(32).optional(),
});
export type FrameClaims = z.infer<typeof frameClaims>;
