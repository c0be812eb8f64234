import { newId } from '../../src/core/ids.js';
import { handlers as evidenceJobs } from '../../src/evidence/jobs.js';
import { acceptFrame } from '../../src/ingest/accept.js';
import { readFrame } from '../../src/ingest/read-frame.js';
import { judgeSite } from '../../src/judging/jobs.js';
import { addSiteVersion } from '../../src/sites/index.js';
import type { TestHouse } from '../../src/storage/test-house.js';
import type { FrameReading } from '../../src/vision/observation.js';
import { junction } from '../cases/acts.js';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const CAMERA = junction.cameras[0]!.id;
/** Beyond the 72 hours of the default policy. */
export const LATER = 73 * HOUR;

const EMPTY = { width: 64, height: 48, observations: [], strayPlates: [], lamps: [] };
let sequence = 1_000_000;

/** A frame that is pushed now; its bytes are its words. */
export async function push(house: TestHouse, words?: string): Promise<string> {
  await addSiteVersion(house.db, junction);
  const row = { id: CAMERA, site_id: junction.siteId, name: CAMERA, secret_sealed: Buffer.from('x') };
  await house.db
    .insertInto('cameras')
    .values(row)
    .onConflict((c) => c.doNothing())
    .execute();
  sequence += 1;
  const { id } = await acceptFrame(house, pushed(house, sequence, words ?? `picture ${sequence}`));
  return id;
}

export const pushed = (house: TestHouse, number: number, words: string) => ({
  camera: { id: CAMERA, siteId: junction.siteId, name: CAMERA, family: 'edge' },
  signature: undefined,
  clockOffsetMs: 0,
  metadata: { sequence: number, capturedAt: house.clock.now(), claims: {} },
  picture: Buffer.from(words),
  contentType: 'image/jpeg',
  original: [],
});

export const read = (house: TestHouse, id: string): Promise<void> =>
  readFrame(house, { read: async () => EMPTY as unknown as FrameReading }, id);

export const seal = (house: TestHouse, id: string): Promise<void> => evidenceJobs.seal!(house, `frame/${id}`);

/** Judges what is read, with all cameras long silent. */
export async function judge(house: TestHouse): Promise<void> {
  house.clock.advance(600_000);
  while (await judgeSite(house, junction.siteId));
}

/** Frames of nobody, with nothing before them any more. */
export async function passing(house: TestHouse, count = 1): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    house.clock.advance(100);
    ids.push(await push(house));
  }
  for (const id of ids) {
    await read(house, id);
    await seal(house, id);
  }
  await judge(house);
  return ids;
}

/** Gives the frames of a violation that was written as it is (`writeAct`) bytes, and takes them through judging and the log. */
export async function settleAct(house: TestHouse, violationId: string): Promise<string[]> {
  const { evidence, track } = await house.db
    .selectFrom('violations as v')
    .innerJoin('passages as p', 'p.id', 'v.passage_id')
    .select(['v.evidence', 'p.track'])
    .where('v.id', '=', violationId)
    .executeTakeFirstOrThrow();
  const ids = [...new Set([...(evidence as Cited[]), ...(track as Cited[])].map((one) => one.frameId))];
  for (const id of ids) {
    const sha256 = await house.blobs.put(Buffer.from(`of an act: ${id}`));
    await house.db
      .updateTable('frames')
      .set({ sha256, judged_at: house.clock.now() })
      .where('id', '=', id)
      .execute();
    await seal(house, id);
  }
  return ids;
}
interface Cited {
  readonly frameId: string;
}

/** Of the frames, those whose bytes are in the store and those that are marked as let go. */
export async function standing(house: TestHouse, ids: readonly string[]) {
  const rows = await house.db.selectFrom('frames').selectAll().where('id', 'in', ids).execute();
  const there = await Promise.all(rows.map((row) => house.blobs.has(row.sha256)));
  return {
    there: there.filter(Boolean).length,
    letGo: rows.filter((row) => row.let_go_at !== null).length,
  };
}

/** Notes pictures as let go, without a turn of the policy: of one frame, or of all. */
export async function noteLetGo(house: TestHouse, at: Date, frameId?: string): Promise<void> {
  const id = newId();
  const received = { received_from: at, received_to: at };
  await house.db
    .insertInto('deletion_records')
    .values({ id, at, policy_hours: 72, frames: 1, bytes: 1, ...received, digest: '' })
    .execute();
  await house.db
    .updateTable('frames')
    .set({ let_go_at: at, deletion_id: id })
    .$if(frameId !== undefined, (update) => update.where('id', '=', frameId!))
    .execute();
}
