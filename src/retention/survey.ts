import type { Context } from '../storage/context.js';
import { neededUntil } from './needed.js';
import { letGoBefore } from './policy.js';
import { seeReady } from './ready.js';

const PORTION = 1000;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** What would be let go of one camera now, and what of it is old enough and needed. */
export interface CameraSurvey {
  readonly cameraId: string;
  frames: number;
  bytes: number;
  needed: number;
}

/** What a run would do now, by camera; changes nothing. */
export async function surveyRetention(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
): Promise<CameraSurvey[]> {
  const now = ctx.clock.now();
  const before = letGoBefore(ctx.config, now);
  const cameras = new Map<string, CameraSurvey>();
  for (let last = FIRST; before !== null;) {
    const ready = await seeReady(ctx.db, before, now, last, PORTION);
    if (ready.length === 0) break;
    last = ready.at(-1)!.id;
    const ids = ready.map((frame) => frame.id);
    const needed = await neededUntil(ctx.db, ids, { before, now });
    for (const { id, camera_id: cameraId, bytes } of ready) {
      const sum = cameras.get(cameraId) ?? { cameraId, frames: 0, bytes: 0, needed: 0 };
      cameras.set(cameraId, sum);
      if (needed.has(id)) sum.needed += 1;
      else {
        sum.frames += 1;
        sum.bytes += bytes;
      }
    }
  }
  return [...cameras.values()].sort((a, b) => (a.cameraId < b.cameraId ? -1 : 1));
}
