export { acceptFrame, type Accepted } from './accept.js';
export { adapterOf, families } from './adapters/index.js';
export { backlogGauge } from './backlog.js';
export {
  cameraSecret,
  claimedCamera,
  noteSpoke,
  registerCamera,
  setCameraState,
  type Camera,
  type NewCamera,
} from './cameras.js';
export { frameClaims, type FrameClaims } from './claims.js';
export { CameraError, IngestError, type IngestCode } from './errors.js';
export { cameraHealth, troublesOf, HEALTH_LIMITS, type CameraHealth, type CameraTrouble } from './health.js';
export { refusalBook, trimRefusals, type Refusal } from './refusals.js';
export { headerPairs, readHeaders, type RequestHead } from './request-head.js';
export { forgetSignatures, spendSignature } from './signatures.js';
export { sign, textToSign, SIGNED_HEADERS } from './signing.js';
export type { CameraAdapter, FramePush, Speaker } from './push.js';
