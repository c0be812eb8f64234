import { outcomesOf } from '../../src/judging/judge.js';
import type { AttributedClaim, Passage, TrackPoint } from '../../src/judging/passage.js';
import type { SiteVersion } from '../../src/sites/index.js';

export const START = Date.parse('2026-11-20T03:00:00Z');

export interface Way {
  readonly site: SiteVersion;
  readonly kind?: Passage['kind'];
  readonly couldBe?: Passage['couldBe'];
  readonly around?: Passage['around'];
  /** x and y a tenth of a second apart. */
  readonly centres: readonly (readonly [number, number])[];
  /** In the picture, all the time. */
  readonly box?: TrackPoint['box'];
  readonly lane: string | null | ((at: readonly [number, number]) => string | null);
  readonly lamps?: (frame: number) => { state: 'red' | 'amber' | 'green'; since: number };
  readonly claims?: readonly (Partial<AttributedClaim> & { frame: number; kind: AttributedClaim['kind'] })[];
  /** By frame; the site's first by default. */
  readonly camera?: (frame: number) => string;
  readonly clockOffsetMs?: number | ((frame: number) => number);
}

/** A passage as the tracker would hand it over, drawn by hand. */
export function passage(way: Way): Passage {
  const points: TrackPoint[] = way.centres.map((centre, i) => {
    const next = way.centres[Math.min(i + 1, way.centres.length - 1)]!;
    const before = way.centres[Math.max(0, i - 1)]!;
    const steps = Math.max(1, Math.min(i + 1, way.centres.length - 1) - Math.max(0, i - 1));
    const velocity: [number, number] = [
      ((next[0] - before[0]) * 10) / steps,
      ((next[1] - before[1]) * 10) / steps,
    ];
    const speed = Math.hypot(...velocity);
    const lamp = way.lamps?.(i);
    return {
      frameId: `f${i}`,
      cameraId: way.camera?.(i) ?? way.site.cameras[0]!.id,
      idx: 0,
      at: START + i * 100,
      box: way.box ?? [500, 500, 600, 600],
      centre: [centre[0], centre[1]],
      velocity,
      heading: speed > 0.5 ? [velocity[0] / speed, velocity[1] / speed] : [0, 1],
      length: 4.5,
      sigmaFront: 0.1,
      sigmaRear: 0.1,
      lane: typeof way.lane === 'function' ? way.lane(centre) : way.lane,
      ...(lamp === undefined
        ? {}
        : { lamps: { 'den-chinh': { state: lamp.state, since: START + lamp.since * 100, here: true } } }),
      clockOffsetMs:
        typeof way.clockOffsetMs === 'function' ? way.clockOffsetMs(i) : (way.clockOffsetMs ?? 10),
    };
  });
  return {
    id: 'p',
    root: 'p',
    siteId: way.site.siteId,
    siteVersion: 1,
    startedAt: points[0]!.at,
    endedAt: points.at(-1)!.at,
    kind: way.kind ?? 'car',
    couldBe: way.couldBe ?? [way.kind ?? 'car'],
    bodyColour: 'white',
    plate: null,
    points,
    around: way.around ?? [],
    claims: (way.claims ?? []).map(({ frame, ...claim }) => ({
      frameId: `f${frame}`,
      cameraId: way.site.cameras[0]!.id,
      at: START + frame * 100,
      by: 'box' as const,
      ...claim,
    })),
  };
}
export const outcome = (way: Way, rule: string) =>
  outcomesOf(passage(way), way.site).find((one) => one.rule === rule)!;
export const down = (metresPerSecond: number, x: number, frames = 30) =>
  Array.from({ length: frames }, (_, i) => [x, 60 - (i * metresPerSecond) / 10] as const);
