import type { Box, BodyColour, LampReading, PlateColour, VehicleKind } from '../vision/observation.js';
import type { Point } from '../sites/site-schema.js';

/** One vehicle as it went by, from all cameras of its site. Instants are epoch milliseconds, places are road metres. */
export interface Passage {
  readonly id: string;
  /** The passage that this one goes on from, if a long stay was cut; else its own id. An act has one root. */
  readonly root: string;
  /** When that one began; absent where the tracker's memory is older. */
  readonly rootStartedAt?: number;
  readonly siteId: string;
  readonly siteVersion: number;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly kind: VehicleKind;
  /** Every class that it may be, `kind` first: looks that differ, or too few of them, leave more than one. */
  readonly couldBe: readonly VehicleKind[];
  readonly bodyColour: BodyColour;
  readonly plate: PassagePlate | null;
  readonly points: readonly TrackPoint[];
  readonly claims: readonly AttributedClaim[];
  /** Who else was on the road near it meanwhile. */
  readonly around: readonly Neighbour[];
}

export interface TrackPoint {
  readonly frameId: string;
  readonly cameraId: string;
  /** Place in the frame's list of observations. */
  readonly idx: number;
  readonly at: number;
  readonly box: Box;
  /** Middle of the footprint, filtered. */
  readonly centre: Point;
  /** Metres a second. */
  readonly velocity: Point;
  /** Unit vector of travel; the lane's direction while standing. */
  readonly heading: Point;
  readonly length: number;
  /** One standard deviation along the heading of the leading and the trailing edge, metres. */
  readonly sigmaFront: number;
  readonly sigmaRear: number;
  readonly lane: string | null;
  /** State of each signal at this instant and since when; absent where it is not known. */
  readonly lamps?: Readonly<Record<string, LampNow>>;
  readonly clockOffsetMs: number;
}

export interface LampNow {
  readonly state: LampReading['state'];
  /** Start of the state as far as it was seen, and the frame that showed it then. */
  readonly since: number;
  /** Whether a frame of this very instant shows it (or a controller says so with it): this one, or another camera's. */
  readonly here: boolean;
  /** By how much the clock of the camera that shows it differs from this frame's, ms; absent where it does not. */
  readonly clocksApart?: number;
}

/** A device's word that could be tied to this one vehicle. */
export interface AttributedClaim {
  readonly kind: 'speed' | 'distance' | 'sighting';
  readonly frameId: string;
  readonly cameraId: string;
  readonly at: number;
  readonly by: 'box' | 'lane' | 'alone';
  readonly value?: number;
  readonly device?: string;
  readonly code?: string;
  readonly confidence?: number;
  readonly region?: Box;
}

/** Another vehicle's way, thinned to about two places a second. */
export interface Neighbour {
  readonly passage: string;
  /** The passage that it goes on from, if a long stay was cut; absent where it is its own. */
  readonly root?: string;
  readonly kind: VehicleKind;
  readonly path: readonly NeighbourStep[];
  /** The frame in which a device saw it on duty, or waved on by police. */
  readonly excusedBy?: string;
}
export interface NeighbourStep {
  readonly at: number;
  readonly centre: Point;
  /** Metres a second. */
  readonly velocity: Point;
  readonly speed: number;
  readonly lane: string | null;
  readonly frameId: string;
}

/** What all frames together say of the plate. */
export interface PassagePlate {
  readonly text: string;
  readonly display: string;
  readonly accepted: boolean;
  readonly reason: 'frames-disagree' | 'low-confidence' | 'unreadable-character' | 'no-such-format' | null;
  readonly confidence: number;
  readonly chars: readonly { readonly c: string; readonly p: number }[];
  readonly lines: 1 | 2;
  readonly colour: PlateColour;
  readonly colourConfidence: number;
  /** Every reading that counted, heaviest first; those that differ from `text` lost. */
  readonly reads: readonly PlateVote[];
}
export interface PlateVote {
  readonly frameId: string;
  readonly cameraId: string;
  readonly idx: number;
  readonly at: number;
  readonly text: string;
  readonly accepted: boolean;
  readonly confidence: number;
  readonly box: Box;
  readonly heightPx: number;
  readonly weight: number;
}
