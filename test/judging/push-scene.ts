import { idOf, sha256 } from '../../src/core/ids.js';
import type { Context } from '../../src/storage/context.js';
import { observedFrame, type Scene } from '../../src/twin/behaviour/index.js';

/** Puts a clip into the house as if its cameras had pushed it and vision had read it with true eyes. */
export async function pushScene(
  ctx: Context,
  scene: Scene,
  options: { skip?: (frame: number) => boolean; unread?: (frame: number) => boolean } = {},
): Promise<void> {
  const { siteId } = scene.site.site;
  for (const camera of scene.site.site.cameras) {
    await ctx.db
      .insertInto('cameras')
      .values({ id: camera.id, site_id: siteId, name: camera.id, secret_sealed: Buffer.alloc(1) })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    const frames = [];
    const observations = [];
    for (let i = 0; i < scene.frames; i++) {
      if (options.skip?.(i) === true) continue;
      const seen = observedFrame(scene, camera.id, i);
      const unread = options.unread?.(i) === true;
      frames.push({
        id: seen.id,
        camera_id: camera.id,
        site_id: siteId,
        sequence: i,
        captured_at: new Date(seen.at),
        received_at: new Date(seen.at + 120),
        clock_offset_ms: seen.clockOffsetMs,
        sha256: sha256(seen.id),
        bytes: 1,
        content_type: 'image/jpeg',
        headers: '[]',
        claims: JSON.stringify(seen.claims),
        state: unread ? ('received' as const) : ('read' as const),
        reading: JSON.stringify({ lamps: seen.lamps }),
      });
      if (unread) continue;
      for (const one of seen.observations) {
        observations.push({
          id: idOf('observation', seen.id, one.idx),
          frame_id: seen.id,
          site_id: siteId,
          camera_id: camera.id,
          captured_at: new Date(seen.at),
          idx: one.idx,
          kind: one.kind,
          box: JSON.stringify(one.box),
          score: one.score,
          body_colour: one.bodyColour,
          plate: one.plate === null ? null : JSON.stringify(one.plate),
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
}
