import type { SiteVersion } from '../../sites/site-schema.js';
import type { SeenFrame } from '../frame.js';
import type { LampNow } from '../passage.js';
import type { SiteState } from './state.js';

/** A lamp that nobody has seen for this long is not known. */
const STALE_MS = 700;
/** LED lamps flicker against the shutter: dark for less than this is no state. */
const FLICKER_MS = 1000;
/** A state that shows again after longer than this has begun anew, and nothing else is remembered of it. */
const FORGOTTEN_MS = 3000;
const SURE = 0.5;

type Lamps = SiteState['lamps'];

/** A frame without what it says of signals that its site does not have: a controller may report a whole town's. */
export function withSignalsOf(site: SiteVersion, frame: SeenFrame): SeenFrame {
  const ours = ({ signal }: { readonly signal: string }): boolean =>
    site.signals.some((one) => one.id === signal);
  const { signals } = frame.claims;
  if (frame.lamps.every(ours) && (signals ?? []).every(ours)) return frame;
  return {
    ...frame,
    lamps: frame.lamps.filter(ours),
    claims: signals === undefined ? frame.claims : { ...frame.claims, signals: signals.filter(ours) },
  };
}

/**
 * The signals after a frame: what its picture shows and what its controller says. Where the two differ nobody knows the state.
 */
export function lampsAfter(lamps: Lamps, frame: SeenFrame): Lamps {
  const seen = new Map<string, Lamps[string]['state']>();
  for (const lamp of frame.lamps)
    if (lamp.score >= SURE && lamp.state !== 'unknown') seen.set(lamp.signal, lamp.state);
  for (const claim of frame.claims.signals ?? []) {
    const pictured = seen.get(claim.signal);
    const agree = pictured === undefined || pictured === claim.state || pictured === 'dark';
    seen.set(claim.signal, agree ? claim.state : 'unknown');
  }
  if (seen.size === 0) return lamps;
  const after: Record<string, Lamps[string]> = Object.fromEntries(
    Object.entries(lamps).filter(([, lamp]) => frame.at - lamp.lastAt < FORGOTTEN_MS),
  );
  for (const [signal, state] of seen) {
    const before = lamps[signal];
    if (
      before !== undefined &&
      state === 'dark' &&
      before.state !== 'dark' &&
      frame.at - before.lastAt < FLICKER_MS
    )
      continue;
    const goesOn = before !== undefined && before.state === state && frame.at - before.lastAt < FORGOTTEN_MS;
    after[signal] = {
      state,
      since: goesOn ? before.since : frame.at,
      lastAt: frame.at,
      clockOffsetMs: frame.clockOffsetMs,
    };
  }
  return after;
}

/** The signals as they stand for a frame; `here` where a frame of this very instant shows or reports them. */
export function lampsFor(lamps: Lamps, frame: SeenFrame): Record<string, LampNow> | undefined {
  const known = Object.entries(lamps).filter(([, lamp]) => frame.at - lamp.lastAt <= STALE_MS);
  if (known.length === 0) return undefined;
  return Object.fromEntries(
    known.map(([signal, lamp]) => {
      const here = lamp.lastAt === frame.at;
      const clocksApart = Math.abs((lamp.clockOffsetMs ?? frame.clockOffsetMs) - frame.clockOffsetMs);
      return [
        signal,
        { state: lamp.state, since: lamp.since, here, ...(here && clocksApart > 0 ? { clocksApart } : {}) },
      ];
    }),
  );
}
