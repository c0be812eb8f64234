import type { SeenFrame } from '../../src/judging/frame.js';
import type { SiteVersion } from '../../src/sites/site-schema.js';
import { makeScene, observedFrame } from '../../src/twin/behaviour/index.js';

/** One vehicle of a script on the one-way street, as its first camera truly sees it; frames without it are left out. */
export function streetFrames(role: string): {
  readonly site: SiteVersion;
  readonly cameraId: string;
  readonly frames: readonly SeenFrame[];
} {
  const scene = makeScene({ site: 'street', seed: 5, roles: [role], plain: 0 });
  const cameraId = Object.keys(scene.site.optics)[0]!;
  const frames = Array.from({ length: scene.frames }, (_, i) => observedFrame(scene, cameraId, i)).filter(
    (frame) => frame.observations.length > 0,
  );
  return { site: scene.site.site, cameraId, frames };
}
