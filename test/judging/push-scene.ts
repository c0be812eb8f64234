import { idOf, sha256 } from '../../src/core/ids.js';
import type { SeenFrame } from '../../src/judging/frame.js';
import type { SiteVersion } from '../../src/sites/index.js';
import type { Context } from '../../src/storage/context.js';
import { observedFrame, type Scene } from '../../src/twin/behaviour/index.js';

/** How a frame came: by default read, an eighth of a second after it was captured. */
export interface Came {
  readonly state?: 'received' | 'read' | 'set_aside';
  readonly receivedAt?: number;
}

/** Puts a clip into the house as if its cameras had pushed it and vision had read it with true eyes. */
export async function pushScene(
  ctx: Context,
  scene: Scene,
  options: { skip?: (frame: number) => boolean; unread?: (frame: number) => boolean } = {},
): Promise<void> {
  const frames = framesOf(scene).filter((frame) => options.skip?.(frame.sequence) !== true);
  await pushFrames(ctx, scene.site.site, frames, (frame) =>
    options.unread?.(frame.sequence) === true ? { state: 'received' } : {},
  );
}

/** All frames of all cameras of a clip, as true eyes see them. */
export const framesOf = (scene: Scene): SeenFrame[] =>
  scene.site.site.cameras.flatMap(({ id }) =>
    Array.from({ length: scene.frames }, (_, i) => observedFrame(scene, id, i)),
  );

/** Puts frames into the house, as they came. */
export async function pushFrames(
  ctx: Context,
  { siteId, cameras }: SiteVersion,
  seen: readonly SeenFrame[],
  came: (frame: SeenFrame) => Came = () => ({}),
): Promise<void> {
  await ctx.db
    .insertInto('cameras')
    .values(cameras.map(({ id }) => ({ id, site_id: siteId, name: id, secret_sealed: Buffer.alloc(1) })))
    .onConflict((c) => c.column('id').doNothing())
    .execute();
  const frames = [];
  const observations = [];
  for (const one of seen) {
    const { state = 'read', receivedAt = one.at + 120 } = came(one);
    frames.push({
      id: one.id,
      camera_id: one.cameraId,
      site_id: siteId,
      sequence: one.sequence,
      captured_at: new Date(one.at),
      received_at: new Date(receivedAt),
      clock_offset_ms: one.clockOffsetMs,
      sha256: sha256(one.id),
      bytes: 1,
      content_type: 'image/jpeg',
      headers: '[]',
      claims: JSON.stringify(one.claims),
      state,
      reading: state === 'read' ? JSON.stringify({ lamps: one.lamps }) : null,
    });
    if (state !== 'read') continue;
    for (const vehicle of one.observations) {
      observations.push({
        id: idOf('observation', one.id, vehicle.idx),
        frame_id: one.id,
        site_id: siteId,
        camera_id: one.cameraId,
        captured_at: new Date(one.at),
        idx: vehicle.idx,
        kind: vehicle.kind,
        box: JSON.stringify(vehicle.box),
        score: vehicle.score,
        body_colour: vehicle.bodyColour,
        plate: vehicle.plate === null ? null : JSON.stringify(vehicle.plate),
      });
    }
  }
  for (let i = 0; i < frames.length; i += 500)
    await ctx.db
      .insertInto('frames')
      .values(frames.slice(i, i + 500))
      .onConflict((c) => c.doNothing())
      .execute();
  for (let i = 0; i < observations.length; i += 500)
    await ctx.db
      .insertInto('observations')
      .values(observations.slice(i, i + 500))
      .onConflict((c) => c.doNothing())
      .execute();
}
