import { randomBytes } from 'node:crypto';
import type { Context, Db } from '../storage/context.js';
import { seal, unseal } from '../storage/sealing.js';
import { CameraError, IngestError } from './errors.js';

/** A camera as ingest needs it. */
export interface Camera {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly family: string;
}

export interface NewCamera {
  readonly id: string;
  readonly siteId: string;
  readonly name: string;
  readonly family?: string;
  /** 32 characters or more; made here if absent. */
  readonly secret?: string;
}

type House = Pick<Context, 'db' | 'keys'>;
const ID = /^[a-z0-9][a-z0-9-]{1,62}$/;
const place = (id: string): string => `camera:${id}`;

/**
 * Enters a camera and gives its secret, which is shown this once and kept sealed.
 * @throws {CameraError} `CAMERA_EXISTS` | `CAMERA_ID_INVALID`
 */
export async function registerCamera(ctx: House, camera: NewCamera): Promise<{ id: string; secret: string }> {
  if (!ID.test(camera.id))
    throw new CameraError('CAMERA_ID_INVALID', `${camera.id}: 2 to 63 of a-z, 0-9 and "-"`);
  const secret = camera.secret ?? randomBytes(32).toString('base64url');
  const made = await ctx.db
    .insertInto('cameras')
    .values({
      id: camera.id,
      site_id: camera.siteId,
      name: camera.name,
      family: camera.family ?? 'edge',
      secret_sealed: seal(ctx.keys, secret, place(camera.id)),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) throw new CameraError('CAMERA_EXISTS', `camera ${camera.id} is registered already`);
  return { id: camera.id, secret };
}

/** The secret of a camera, for the programs that play one in the demo. @throws {CameraError} `CAMERA_NOT_FOUND` */
export async function cameraSecret(ctx: House, id: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('cameras')
    .select('secret_sealed')
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new CameraError('CAMERA_NOT_FOUND', `no camera ${id}`);
  return unseal(ctx.keys, row.secret_sealed, place(id)).toString();
}

/** @throws {CameraError} `CAMERA_NOT_FOUND` */
export async function setCameraState(db: Db, id: string, state: 'active' | 'suspended'): Promise<void> {
  const done = await db.updateTable('cameras').set({ state }).where('id', '=', id).executeTakeFirst();
  if (done.numUpdatedRows === 0n) throw new CameraError('CAMERA_NOT_FOUND', `no camera ${id}`);
}

/**
 * The camera that a request says it comes from, and its secret. Whether it does is for the adapter to check.
 * @throws {IngestError} `CAMERA_MISSING` | `CAMERA_UNKNOWN` | `CAMERA_SUSPENDED`
 */
export async function claimedCamera(
  ctx: House,
  id: string | undefined,
): Promise<{ camera: Camera; secret: string }> {
  if (id === undefined || id === '')
    throw new IngestError('CAMERA_MISSING', 'X-Camera says who is speaking', { field: 'X-Camera' });
  const row = ID.test(id) ? await rowOf(ctx.db, id) : undefined;
  if (row === undefined)
    throw new IngestError('CAMERA_UNKNOWN', 'no such camera is registered', { field: 'X-Camera' });
  if (row.state !== 'active')
    throw new IngestError('CAMERA_SUSPENDED', 'this camera is suspended', { field: 'X-Camera' });
  return {
    camera: { id: row.id, siteId: row.site_id, name: row.name, family: row.family },
    secret: unseal(ctx.keys, row.secret_sealed, place(row.id)).toString(),
  };
}

const rowOf = (db: Db, id: string) =>
  db
    .selectFrom('cameras')
    .select(['id', 'site_id', 'name', 'family', 'state', 'secret_sealed'])
    .where('id', '=', id)
    .executeTakeFirst();

/** Notes that the camera spoke. Written at most once a second a camera, so that its row is no bottleneck. */
export async function noteSpoke(db: Db, cameraId: string, at: Date, clockOffsetMs: number): Promise<void> {
  await db
    .updateTable('cameras')
    .set({ last_seen_at: at, last_clock_offset_ms: clockOffsetMs })
    .where('id', '=', cameraId)
    .where((or) =>
      or.or([or('last_seen_at', 'is', null), or('last_seen_at', '<', new Date(at.getTime() - 1000))]),
    )
    .execute();
}
