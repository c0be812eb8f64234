import sharp from 'sharp';
import { bundledPage, openStudio, TwinError, type Studio } from './browser.js';
import { Film } from './film.js';
import type { FrameSpec, SceneSpec, SeenFrame } from './picture-spec.js';

export { chromiumPath, TwinError, type TwinErrorCode } from './browser.js';

export interface Picture {
  readonly jpeg: Buffer;
  readonly seen: SeenFrame;
}

export interface Renderer {
  /** Sets the stage for the frames that follow. @throws {TwinError} PAGE_FAILED */
  open(scene: SceneSpec): Promise<void>;
  /** Draws one frame and encodes it; the same frame gives the same bytes. @throws {TwinError} PAGE_FAILED */
  frame(frame: FrameSpec, quality: number): Promise<Picture>;
  close(): Promise<void>;
}

/**
 * A camera of the twin. A browser that fails (a lost graphics context, a crash) is replaced once a call:
 * a frame depends on nothing but its stage, so the new one draws the same.
 * @throws {TwinError} NO_CHROMIUM, PAGE_FAILED
 */
export async function startRenderer(): Promise<Renderer> {
  const script = await bundledPage();
  let studio: Studio = await openStudio(script);
  let stage: { readonly scene: SceneSpec; readonly film: Film } | null = null;

  const setUp = async (scene: SceneSpec): Promise<void> => {
    const { told, pixels } = await studio.open(scene);
    stage = { scene, film: new Film(scene.camera, pixels, told, scene.seed, scene.weather) };
  };
  const twice = async <T>(work: () => Promise<T>, afresh: () => Promise<void>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof TwinError)) throw error;
      await studio.close();
      studio = await openStudio(script);
      await afresh();
      return await work();
    }
  };
  return {
    open: (scene) =>
      twice(
        () => setUp(scene),
        () => Promise.resolve(),
      ),
    async frame(frame, quality) {
      if (stage === null) throw new RangeError('open a scene first');
      const { scene } = stage;
      const { told, pixels } = await twice(
        () => studio.frame(frame),
        () => setUp(scene),
      );
      const { width, height } = scene.camera;
      // The stage as it is now: a new browser has painted its own still picture.
      const jpeg = await sharp(stage.film.develop(frame.index, told.areas, pixels), {
        raw: { width, height, channels: 3 },
      })
        .jpeg({ quality, chromaSubsampling: '4:2:0', mozjpeg: false, optimiseCoding: true })
        .toBuffer();
      return { jpeg, seen: told.seen };
    },
    close: () => studio.close(),
  };
}
