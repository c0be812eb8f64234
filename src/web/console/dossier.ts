export type {
  Dossier,
  QueueEntry,
  ShownEvent,
  ShownFrame,
  ShownHold,
  ShownOwner,
  ShownPlate,
  ShownQueue,
  ShownVehicle,
} from '../../http/officer/shapes.js';
