import type { OwnerRecord, RegisteredColour, VehicleRecord } from './records.js';

/** Who asks, why, and for which case. The register records it as we do. */
export interface Inquiry {
  readonly actor: string;
  readonly purpose: string;
  readonly caseId: string;
}

/**
 * The vehicle register: one plate, one instant, one answer. `colour` null means that it could not be told.
 * Both throw {RegistryError} `NOT_FOUND`, `AMBIGUOUS`, `UNAVAILABLE`, `BAD_ANSWER`, `REFUSED`; `NOT_FOUND` carries
 * `details.otherColours` where the text is registered in another colour.
 */
export interface VehicleRegister {
  vehicleAsOf(
    plate: string,
    colour: RegisteredColour | null,
    instant: Date,
    inquiry: Inquiry,
  ): Promise<VehicleRecord>;
  ownerAsOf(plate: string, colour: RegisteredColour, instant: Date, inquiry: Inquiry): Promise<OwnerRecord>;
}
