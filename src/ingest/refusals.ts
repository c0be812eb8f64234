import { newId } from '../core/ids.js';
import type { Context, Db } from '../storage/context.js';
import type { IngestCode } from './errors.js';
import { tokenBuckets } from './token-buckets.js';

/** A push that was turned away, as much as is known of it. Everything in it came from a stranger. */
export interface Refusal {
  readonly code: IngestCode;
  readonly detail: string;
  readonly cameraId?: string | undefined;
  readonly remote?: string | undefined;
  readonly headers?: readonly (readonly [string, string])[] | undefined;
  readonly sha256?: string | undefined;
}

const MAX_HEADERS = 40;
const MAX_VALUE = 300;
const MAX_DETAIL = 500;
const SECRET = /^(authorization|cookie|proxy-authorization)$/i;

/**
 * Writes refusals down, so that an operator sees why a camera's frames do not come. A flood writes a few rows a minute
 * and then a count: 30 at once and one in 2 s a camera or address, 300 at once and five a second in all.
 */
export function refusalBook(ctx: Pick<Context, 'db' | 'clock' | 'log'>): (refusal: Refusal) => Promise<void> {
  const each = tokenBuckets({ burst: 30, perSecond: 0.5 });
  const all = tokenBuckets({ burst: 300, perSecond: 5 });
  let unwritten = 0;
  return async (refusal) => {
    const at = ctx.clock.now();
    const now = performance.now();
    // Without a proven sender the address is the key: a stranger must not be able to silence a camera's own refusals.
    if (!each(`${refusal.remote ?? ''} ${refusal.cameraId ?? ''}`, now) || !all('', now)) {
      unwritten += 1;
      return;
    }
    const more = unwritten === 0 ? '' : ` (and ${unwritten} refusals not written since the last)`;
    unwritten = 0;
    try {
      await ctx.db
        .insertInto('refusals')
        .values(rowOf(refusal, at, more))
        .execute();
      await noteOnCamera(ctx, refusal, at);
    } catch (error) {
      ctx.log.warn({ err: error, code: refusal.code }, 'refusal could not be written');
    }
  };
}

const KEPT_DAYS = 30;
const KEPT_ROWS = 200_000;

/** Drops refusals older than 30 days and all but the newest 200 000, so that no flood fills the disk in the long run. */
export async function trimRefusals(db: Db, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  const beyond = db.selectFrom('refusals').select('at').orderBy('at', 'desc').offset(KEPT_ROWS).limit(1);
  await db
    .deleteFrom('refusals')
    .where((eb) => eb.or([eb('at', '<', oldest), eb('at', '<=', beyond)]))
    .execute();
}

function rowOf(refusal: Refusal, at: Date, more: string) {
  return {
    id: newId(at.getTime()),
    at,
    camera_id: clean(refusal.cameraId, 64) ?? null,
    code: refusal.code,
    detail: (clean(refusal.detail, MAX_DETAIL) ?? '') + more,
    remote: clean(refusal.remote, 64) ?? null,
    headers: refusal.headers === undefined ? null : JSON.stringify(cleanHeaders(refusal.headers)),
    sha256: refusal.sha256 ?? null,
  };
}

async function noteOnCamera(ctx: Pick<Context, 'db'>, refusal: Refusal, at: Date): Promise<void> {
  if (refusal.cameraId === undefined) return;
  await ctx.db
    .updateTable('cameras')
    .set({ last_refusal_at: at })
    .where('id', '=', refusal.cameraId.slice(0, 64))
    .execute();
}

const cleanHeaders = (headers: readonly (readonly [string, string])[]) =>
  headers
    .slice(0, MAX_HEADERS)
    .map(([name, value]) => [clean(name, 64), SECRET.test(name) ? '[cut]' : clean(value, MAX_VALUE)]);

/** Printable text only: what strangers send is later read by people in terminals and browsers. */
function clean(text: string | undefined, length: number): string | undefined {
  return text?.slice(0, length).replace(/[\p{C}\u2028\u2029]/gu, '\ufffd');
}
