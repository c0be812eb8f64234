export { RegistryError, type RegistryErrorCode } from './errors.js';
export {
  vehicleRecord,
  ownerRecord,
  registeredColour,
  type OwnerRecord,
  type RegisteredColour,
  type VehicleRecord,
} from './records.js';
export type { Inquiry, VehicleRegister } from './register.js';
export { HttpVehicleRegister, type RegisterOptions } from './register-http.js';
export { registerOf } from './register-of.js';
export { recorded, recordLookup } from './recorded.js';
export { sealOwner, unsealOwner } from './owner.js';
export { blocks, hold, holds, HOLDS, HOLD_CODES, isOpen, type Hold, type HoldCode } from './holds.js';
export { tellHold } from './tell.js';
export { words } from './messages.js';
export { matchVehicle, type Match, type MatchQuestion } from './match.js';
export { MEASURED_BY, evidenceHolds, type EvidenceFrame } from './evidence-holds.js';
export { seenPlate, seenVehicle, type SeenPlate, type SeenVehicle } from './seen.js';
export { cloneSuspicion, impossibleSpeed, kilometres } from './clones.js';
