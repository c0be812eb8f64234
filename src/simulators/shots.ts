import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { frameClaims, type FrameClaims } from '../ingest/claims.js';

/** A picture that a simulated camera will push: read from disk only when its turn comes. */
export interface Planned {
  readonly file: string;
  readonly sequence: number;
  /** From the start of the clip, ms. */
  readonly offsetMs: number;
  readonly claims: FrameClaims;
  read(): Promise<Buffer>;
}

/**
 * One line of a clip's `frames.jsonl`. `camera` may be left out where the folder is one camera's.
 * `at` counts milliseconds from the start of the clip.
 */
export const frameLine = z.looseObject({
  file: z.string().min(1),
  camera: z.string().optional(),
  sequence: z.int().min(0).optional(),
  at: z.number().min(0),
  claims: frameClaims.default({}),
});

const PICTURE = /\.jpe?g$/i;

/**
 * What to push from a file, a folder of JPEGs (by name, `fps` a second) or a clip (a folder with `frames.jsonl`, which
 * sets the times and the claims; then `camera` picks one camera's frames).
 */
export async function planShots(path: string, options: { fps: number; camera?: string }): Promise<Planned[]> {
  if (!(await stat(path)).isDirectory()) return [planned(path, 0, 0, {})];
  const lines = await readFile(join(path, 'frames.jsonl'), 'utf8').catch(() => undefined);
  if (lines !== undefined) return planClip(path, lines, options.camera);
  const names = (await readdir(path, { recursive: true })).filter((name) => PICTURE.test(name)).sort();
  return names.map((name, i) => planned(join(path, name), i, (i * 1000) / options.fps, {}));
}

function planClip(folder: string, lines: string, camera: string | undefined): Planned[] {
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => frameLine.parse(JSON.parse(line)))
    .filter((line) => camera === undefined || line.camera === undefined || line.camera === camera)
    .sort((a, b) => a.at - b.at)
    .map((line, i) => planned(join(folder, line.file), line.sequence ?? i, line.at, line.claims));
}

const planned = (file: string, sequence: number, offsetMs: number, claims: FrameClaims): Planned => ({
  file,
  sequence,
  offsetMs,
  claims,
  read: () => readFile(file),
});
