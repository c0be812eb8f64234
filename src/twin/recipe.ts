import { makeScene, withOddPlates } from './behaviour/index.js';
import { writeClip, type ClipOrder } from './clip.js';
import type { Renderer } from './renderer.js';
import type { TwinSiteName } from './sites/index.js';
import type { ClipRecipe, ClipTruth } from './truth.js';

/**
 * Renders the clip that a recipe describes: the same recipe gives the same folder, byte for byte.
 * @throws {RangeError} for an unknown site, camera or script, a frame rate that does not divide the story's, or an empty window
 * @throws {TwinError} PAGE_FAILED
 */
export async function cook(
  renderer: Renderer,
  recipe: ClipRecipe,
  to: Pick<ClipOrder, 'out' | 'name' | 'only' | 'onFrame'>,
): Promise<ClipTruth> {
  const { seed, role, plain, story, start, seconds, fps, cameras, light, weather, width, height, quality } =
    recipe;
  const made = makeScene({
    site: recipe.site as TwinSiteName,
    seed,
    light,
    weather,
    seconds: story,
    ...(role === undefined ? {} : { roles: role }),
    ...(plain === undefined ? {} : { plain }),
  });
  const scene = recipe.plates === 'mixed' ? withOddPlates(made) : made;
  const every = scene.fps / fps;
  if (!Number.isInteger(every)) throw new RangeError(`${fps} frames a second do not divide ${scene.fps}`);
  const from = Math.round(start * scene.fps);
  return await writeClip(renderer, {
    ...to,
    scene,
    cameras,
    every,
    quality,
    size: { width, height },
    from,
    to: from + Math.round(seconds * scene.fps),
    recipe,
  });
}
