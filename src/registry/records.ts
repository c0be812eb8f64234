import { z } from 'zod';

/** Colours under which civil plates are registered. */
export const registeredColour = z.enum(['white', 'yellow', 'blue']);
export type RegisteredColour = z.infer<typeof registeredColour>;

/** The register's answer on a vehicle as of an instant. No personal data. */
export const vehicleRecord = z.object({
  vehicleId: z.string().min(1),
  /** Normalised text. */
  plate: z.string().regex(/^[A-Z0-9]{6,11}$/),
  plateColour: registeredColour,
  kind: z.enum(['car', 'motorcycle', 'bus', 'truck']),
  make: z.string(),
  model: z.string(),
  bodyColour: z.enum(['white', 'black', 'grey', 'red', 'blue', 'green', 'yellow', 'brown', 'unknown']),
  status: z.enum(['active', 'stolen', 'scrapped', 'plate-returned']),
  /** The plate belongs to its owner and may move to another vehicle of theirs. */
  identityPlate: z.boolean(),
  /** The interval in which this answer holds; `validTo` null = still. */
  validFrom: z.iso.datetime(),
  validTo: z.iso.datetime().nullable(),
});
export type VehicleRecord = z.infer<typeof vehicleRecord>;

/** Twelve digits: place (3), century and sex (1), year of birth (2), random (6). There is no check digit. */
export const personalId = z.string().regex(/^\d{12}$/);

/** The owner as of an instant. Personal data: only ever stored sealed. */
export const ownerRecord = z.object({
  kind: z.enum(['person', 'organisation']),
  /** Personal identification number, or the organisation's. */
  id: z.string().min(1),
  name: z.string().min(1),
  address: z.string().min(1),
  /** Null where the owner has no digital account: a paper notice is needed. */
  digitalAccount: z.string().min(1).nullable(),
  ownedFrom: z.iso.datetime(),
  ownedTo: z.iso.datetime().nullable(),
});
export type OwnerRecord = z.infer<typeof ownerRecord>;
