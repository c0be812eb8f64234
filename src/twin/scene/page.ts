import * as THREE from 'three';
import type { FrameSpec, SceneSpec, SeenFrame } from '../picture-spec.js';
import { Engine } from './engine.js';

/** The page's door: Node opens a scene, asks for frames, and receives raw pixels by POST. */
declare global {
  interface Window {
    twin: { open(spec: SceneSpec): void; frame(frame: FrameSpec, uploadTo: string): Promise<SeenFrame> };
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
// A lost context comes back by itself, but without the backdrop: the clip must end here, not go on in the dark.
let lost = false;
canvas.addEventListener('webglcontextlost', () => {
  lost = true;
});

window.twin = {
  open(spec) {
    if (lost) throw new Error('the graphics context was lost');
    engine?.dispose();
    engine = new Engine(renderer, spec);
  },
  async frame(frame, uploadTo) {
    if (engine === null) throw new Error('open a scene first');
    const { seen, pixels } = engine.draw(frame);
    if (lost) throw new Error('the graphics context was lost');
    const answer = await fetch(uploadTo, { method: 'POST', body: pixels as Uint8Array<ArrayBuffer> });
    if (!answer.ok) throw new Error(`upload answered ${answer.status}`);
    return seen;
  },
};
