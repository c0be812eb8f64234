export { makeScene, rolesOf, type SceneOrder } from './make.js';
export { withOddPlates } from './odd-plates.js';
export { boxOf, poseIn, seenIn } from './see.js';
export { canSay } from './heard.js';
export { claimsIn, observedFrame, TRUE_EYES, type Eyes } from './observe.js';
export { clipFrame, clipFrameId, openClip, type Clip } from './clip-frames.js';
export { FPS } from './simulate.js';
export type * from './types.js';
