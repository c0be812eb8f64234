import type { Db } from '../storage/context.js';
import { hasOpenJob } from '../storage/set-aside.js';

/** Frames of one site overtake each other by no more than this on their way. */
const REORDER_MS = 1500;
/** Who has sent nothing new for this long is silent: nothing of his is on its way any more, unless his link is down. */
export const SILENT_MS = 6000;
/** For so long a silent camera is waited for, so that it may send afterwards what it kept; then it counts as gone. */
const AWAITED_MS = 120_000;
/** Cameras whose last pictures lie no further apart have stopped together. */
const TOGETHER_MS = 1000;
/** An unread frame that nobody is reading holds the watermark until frames captured this much later are read. */
const STUCK_MS = 60_000;
/**
 * One whose job is open is waited for: after an outage of the store new frames are read before old ones, which must not
 * count as seen empty for it. Not for ever, or a single file that the disk cannot give would stop its site.
 */
const HELD_MS = 3 * 86_400_000;

export interface Horizon {
  /** Judging may go up to here. */
  readonly until: Date;
  /**
   * All is read up to the last frame and all cameras are silent: what would be over by here, had they gone on, may be ended.
   * Null while something may come.
   */
  readonly unseenTo: number | null;
  /** Frames are known that lie beyond `until`. */
  readonly more: boolean;
}

/** A camera that has sent anything: the instant of its newest picture, and when that came. */
interface Heard {
  readonly cameraId: string;
  readonly active: boolean;
  readonly captured: number;
  readonly received: number;
  /** Its clock minus ours. */
  readonly offset: number;
}

/**
 * How far a site may be judged now, by the capture instants of its frames and not by our clock: a camera whose clock is a
 * minute behind is judged a minute behind. Our clock says only who is silent. Null where it has no frames.
 */
export async function horizon(db: Db, siteId: string, now: Date): Promise<Horizon | null> {
  const heard = await heardOf(db, siteId);
  if (heard.length === 0) return null;
  const last = Math.max(...heard.map((one) => one.captured));
  const unread = await oldestUnread(db, siteId, heard, now);
  const settled = Math.min(settledBy(heard, now.getTime()), unread === null ? Infinity : unread - 1);
  const quiet = heard.every((one) => isSilent(one, now.getTime()));
  const quietFor = now.getTime() - Math.max(...heard.map((one) => one.received));
  return {
    until: new Date(settled),
    unseenTo: quiet && unread === null && settled >= last ? last + quietFor - SILENT_MS : null,
    more: settled < last,
  };
}

const isSilent = (one: Heard, now: number): boolean => now - one.received >= SILENT_MS;

/** What no camera that is waited for can send anything before, nor any other that speaks again this moment. */
function settledBy(heard: readonly Heard[], now: number): number {
  const active = heard.filter((one) => one.active);
  const awaited = active.filter((one) => now - one.received < AWAITED_MS);
  const last = Math.max(...heard.map((one) => one.captured));
  const own = Math.min(...awaited.map((one) => one.captured - (isSilent(one, now) ? 0 : REORDER_MS)));
  const stopped = awaited.every((one) => isSilent(one, now));
  const settled = stopped && last - own <= TOGETHER_MS ? last : Math.min(own, last);
  // A neighbour's fast clock must not take the time that lies before a camera which comes back.
  const gone = active.filter((one) => !awaited.includes(one));
  return Math.min(settled, ...gone.map((one) => now + one.offset - SILENT_MS));
}

async function heardOf(db: Db, siteId: string): Promise<Heard[]> {
  const cameras = await db
    .selectFrom('cameras')
    .select(['id', 'state'])
    .where('site_id', '=', siteId)
    .execute();
  const heard: Heard[] = [];
  for (const camera of cameras) {
    // The first that came of the newest instant: a capture clock that stands still says nothing new.
    const row = await db
      .selectFrom('frames')
      .select(['captured_at', 'received_at', 'clock_offset_ms'])
      .where('camera_id', '=', camera.id)
      .where('site_id', '=', siteId)
      .orderBy('captured_at', 'desc')
      .orderBy('received_at')
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined)
      heard.push({
        cameraId: camera.id,
        active: camera.state === 'active',
        captured: row.captured_at.getTime(),
        received: row.received_at.getTime(),
        offset: row.clock_offset_ms,
      });
  }
  return heard;
}

/** By our clock, so that a fast one makes nothing of its neighbour look stuck. */
async function oldestUnread(
  db: Db,
  siteId: string,
  heard: readonly Heard[],
  now: Date,
): Promise<number | null> {
  const frames = (one: Heard) =>
    db
      .selectFrom('frames')
      .select('captured_at')
      .where('camera_id', '=', one.cameraId)
      .where('site_id', '=', siteId);
  const read: number[] = [];
  for (const one of heard) {
    const row = await frames(one)
      .where('state', '<>', 'received')
      .orderBy('captured_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) read.push(row.captured_at.getTime() - one.offset);
  }
  const unread: number[] = [];
  for (const one of heard) {
    let open = frames(one).where('judged_at', 'is', null).where('state', '=', 'received');
    if (read.length > 0)
      open = open.where((eb) =>
        eb.or([
          eb('captured_at', '>', new Date(Math.max(...read) + one.offset - STUCK_MS)),
          eb.and([
            eb('received_at', '>', new Date(now.getTime() - HELD_MS)),
            hasOpenJob('read', eb.ref('frames.id')),
          ]),
        ]),
      );
    const row = await open.orderBy('captured_at').limit(1).executeTakeFirst();
    if (row !== undefined) unread.push(row.captured_at.getTime());
  }
  return unread.length === 0 ? null : Math.min(...unread);
}
