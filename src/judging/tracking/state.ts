import type { BodyColour, Box, VehicleKind } from '../../vision/observation.js';
import type { Point } from '../../sites/site-schema.js';
import type { AttributedClaim, Neighbour, TrackPoint } from '../passage.js';
import type { PlateSum } from '../plate.js';
import type { Motion } from './filter.js';

/**
 * The tracker's whole memory of a site. It is plain JSON: written and read again between any two frames it goes on the same.
 * It holds the vehicles on the road and those that left while they were there, so it does not grow with the day.
 */
export interface SiteState {
  readonly schema: 1;
  readonly siteId: string;
  /** Frames up to this instant are judged, epoch ms; 0 before the first. */
  readonly watermark: number;
  /** The version under which it was moved last; absent before the first. */
  readonly siteVersion?: number;
  readonly tracks: readonly Track[];
  /** Ways of passages that closed lately, for those still on the road. */
  readonly left: readonly Neighbour[];
  /** Last known state of each signal. */
  readonly lamps: Readonly<
    Record<
      string,
      {
        state: 'red' | 'amber' | 'green' | 'dark' | 'unknown';
        since: number;
        lastAt: number;
        /** Of the camera that told it last, against our clock; absent in older memories. */
        clockOffsetMs?: number;
      }
    >
  >;
  /** Acts found lately, so that a second passage of the same plate does not count one act twice. */
  readonly acts: readonly RecentAct[];
}

export interface RecentAct {
  readonly rule: string;
  /** The row of the law that it fell under; absent in older memories. */
  readonly lawCode?: string;
  /** The passage in which it was found, and its plate if that was sure. */
  readonly root: string;
  readonly plateText: string | null;
  readonly endedAt: number;
  readonly key: string;
}

export interface Track {
  readonly root: string;
  /** When the stay began; absent in older memories. */
  readonly rootAt?: number;
  /** How many passages of this stay were cut off already. */
  readonly segment: number;
  readonly firstAt: number;
  readonly lastAt: number;
  /** The latest frame in which the camera that saw it last should have seen it again and did not; absent where none. */
  readonly missedAt?: number;
  readonly motion: Motion;
  readonly hits: number;
  /** Hits in which the detector was sure; absent in memories from before unsure ones could start a track. */
  readonly sure?: number;
  /** Sure hits that show enough of it to tell its class; absent in older memories. */
  readonly clear?: number;
  /** Sure hits that show it whole; absent in older memories. */
  readonly whole?: number;
  readonly kinds: Readonly<Partial<Record<VehicleKind, number>>>;
  readonly colours: Readonly<Partial<Record<BodyColour, number>>>;
  readonly points: readonly TrackPoint[];
  readonly plate: PlateSum | null;
  readonly claims: readonly AttributedClaim[];
  /** By camera: the last whole box there and the nearer end that went with it. */
  readonly seen: Readonly<Record<string, { box: Box; near: Point; at: number }>>;
}

/** Score from which a detection is sure. */
export const SURE_SCORE = 0.5;

export const emptyState = (siteId: string): SiteState => ({
  schema: 1,
  siteId,
  watermark: 0,
  tracks: [],
  left: [],
  lamps: {},
  acts: [],
});
