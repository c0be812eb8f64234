import * as THREE from 'three';
import type { CameraFilm, DrawnFrame, FrameSpec, SceneSpec } from '../picture-spec.js';
import { Engine } from './engine.js';

/** The page's door: Node opens a scene, asks for frames, and receives raw pixels by POST. */
declare global {
  interface Window {
    twin: {
      open(spec: SceneSpec, uploadTo: string): Promise<CameraFilm>;
      frame(frame: FrameSpec, uploadTo: string): Promise<DrawnFrame>;
    };
  }
}

const canvas = document.createElement('canvas');
const renderer = new THREE.WebGLRenderer({
  canvas,
  antialias: false,
  preserveDrawingBuffer: false,
  powerPreference: 'high-performance',
});
renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
let engine: Engine | null = null;
// A lost context comes back by itself, but without the backdrop: this page must end here, not go on in the dark.
let lost = false;
canvas.addEventListener('webglcontextlost', () => {
  lost = true;
});

async function upload(pixels: Uint8Array, to: string): Promise<void> {
  // A lost context reads black without a word, and its event comes late: such a picture must never be written.
  const context = renderer.getContext();
  context.getError();
  await new Promise((resolve) => setTimeout(resolve, 0));
  const drawn = pixels.length === 0 || (pixels[3] === 255 && pixels[pixels.length - 1] === 255);
  if (lost || context.isContextLost() || !drawn) throw new Error('the graphics context was lost');
  const answer = await fetch(to, { method: 'POST', body: pixels as Uint8Array<ArrayBuffer> });
  if (!answer.ok) throw new Error(`upload answered ${answer.status}`);
}

window.twin = {
  async open(spec, uploadTo) {
    engine?.dispose();
    engine = new Engine(renderer, spec);
    await upload(engine.still, uploadTo);
    return engine.film;
  },
  async frame(frame, uploadTo) {
    if (engine === null) throw new Error('open a scene first');
    const { seen, areas, pixels } = engine.draw(frame);
    await upload(pixels, uploadTo);
    return { seen, areas };
  },
};
