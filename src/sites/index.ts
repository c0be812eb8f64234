export { SiteError, type SiteErrorCode } from './errors.js';
export {
  siteJsonSchema,
  siteVersion,
  VEHICLE_CLASSES,
  type Certificate,
  type CertifiedDevice,
  type Lane,
  type Limit,
  type Point,
  type Signal,
  type SiteCamera,
  type SiteVersion,
  type Thresholds,
  type VehicleClass,
  type Zone,
} from './site-schema.js';
export { apply, calibrate, type Calibration } from './homography.js';
export { viewOf, type CameraView } from './view.js';
export {
  crossing,
  depthInside,
  distance,
  dot,
  inside,
  laneAt,
  minus,
  rightOf,
  toLine,
  unitOf,
  zonesAt,
} from './geometry.js';
export { within, type Hours } from './hours.js';
export { cameraOf, certificateFor, limitFor } from './lookup.js';
export {
  addSiteVersion,
  parseSite,
  signOff,
  siteAt,
  siteVersionOf,
  siteVersions,
  type SiteVersionSummary,
} from './store.js';
export { isWithdrawn, isWithdrawnLocked, recordWithdrawal } from './withdrawn.js';
export { drawSite, type Drawing, type Label } from './draw.js';
