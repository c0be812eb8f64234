import { DateTime } from 'luxon';
import { ZONE } from '../law/index.js';
import { siteVersionOf, type SiteVersion } from '../sites/index.js';
import type { Db } from '../storage/context.js';
import { held, type Hold } from './holds.js';

/** Nothing on Vietnamese roads goes this fast from one site to another. */
const POSSIBLE_KMH = 200;
/** Sites nearer than this prove nothing: clocks and positions are not that exact. */
const NEAR_KM = 2;
const WINDOW_MS = 12 * 3_600_000;
/** Two clocks may differ by this in favour of the driver. */
const CLOCKS_MS = 10_000;

export interface Sighting {
  readonly siteId: string;
  readonly at: Date;
  readonly place: { readonly lat: number; readonly lon: number };
}

/** Great-circle distance in km. */
export function kilometres(a: Sighting['place'], b: Sighting['place']): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The speed that one vehicle would need to be at both, km/h, if no vehicle can have it; else null. */
export function impossibleSpeed(a: Sighting, b: Sighting): number | null {
  const km = kilometres(a.place, b.place);
  if (a.siteId === b.siteId || km < NEAR_KM) return null;
  const hours = (Math.abs(a.at.getTime() - b.at.getTime()) + CLOCKS_MS) / 3_600_000;
  return km / hours > POSSIBLE_KMH ? Math.round(km / hours) : null;
}

export interface CloneSuspicion {
  readonly hold: Hold;
  readonly passageId: string;
}

/**
 * Whether the same plate, read and accepted, went by another site too soon before or after. One of the two is then a
 * clone or a misread, and nobody can tell which from here.
 */
export async function cloneSuspicion(
  db: Db,
  plate: string,
  here: SiteVersion,
  at: Date,
): Promise<CloneSuspicion | null> {
  const others = await db
    .selectFrom('passages')
    .select(['id', 'site_id', 'site_version', 'started_at', 'plate'])
    .where('plate_text', '=', plate)
    .where('site_id', '!=', here.siteId)
    .where('started_at', '>', new Date(at.getTime() - WINDOW_MS))
    .where('started_at', '<', new Date(at.getTime() + WINDOW_MS))
    .orderBy('started_at')
    .execute();
  for (const other of others) {
    if (!isAccepted(other.plate)) continue;
    const there = await siteVersionOf(db, other.site_id, other.site_version);
    const seenThere = { siteId: other.site_id, at: other.started_at, place: there.place };
    const kmh = impossibleSpeed({ siteId: here.siteId, at, place: here.place }, seenThere);
    if (kmh === null) continue;
    const time = DateTime.fromJSDate(other.started_at, { zone: ZONE }).toFormat('HH:mm dd/MM/yyyy');
    const km = Math.round(kilometres(here.place, there.place));
    return { passageId: other.id, hold: held('CLONE_SUSPECTED', { site: there.name.vi, at: time, km, kmh }) };
  }
  return null;
}

const isAccepted = (plate: unknown): boolean =>
  typeof plate === 'object' && plate !== null && 'accepted' in plate && plate.accepted === true;
