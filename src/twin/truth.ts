import type { BodyColour, Box, PlateColour, VehicleKind } from '../vision/observation.js';
import type { SiteVersion } from '../sites/site-schema.js';
import type { LampState, Light, PixelBox, PlateState, Weather } from './picture-spec.js';

/** One line of truth.jsonl: everything that is true of one rendered frame. */
export interface FrameTruth {
  readonly file: string;
  readonly frame: number;
  /** Milliseconds since the clip's first instant. */
  readonly t: number;
  readonly camera: string;
  readonly width: number;
  readonly height: number;
  readonly vehicles: readonly VehicleTruth[];
  /** State and, where it is in the picture, box of every signal head. */
  readonly lamps: Readonly<Record<string, { readonly state: LampState; readonly box: PixelBox | null }>>;
}

export interface VehicleTruth {
  readonly id: string;
  readonly kind: VehicleKind | 'bicycle';
  readonly bodyColour: BodyColour;
  /** Whole silhouette, hidden parts included, clipped to the picture. */
  readonly box: Box;
  /** Share of the silhouette's pixels that nothing hides, 0 to 1. */
  readonly visible: number;
  readonly lane: string | null;
  readonly speedKmh: number;
  readonly road: readonly [number, number];
  readonly plate: PlateTruth | null;
  readonly riders: number;
  readonly helmets: number;
}

export interface PlateTruth {
  readonly text: string;
  readonly colour: PlateColour;
  readonly lines: 1 | 2;
  readonly state: PlateState;
  readonly side: 'front' | 'rear';
  readonly box: Box;
  /** Corners clockwise from the upper left as a reader sees them. */
  readonly corners: readonly (readonly [number, number])[];
  readonly heightPx: number;
  /** Pixels of the plate that no vehicle and nothing of the road hides; what covers a `covered` one counts as the plate. */
  readonly visiblePx: number;
}

/** An act of the script with its first and last instant. */
export interface ClipAct {
  readonly rule: string;
  readonly name: string;
  readonly vehicle: string;
  readonly plate: string | null;
  readonly from: string;
  readonly to: string;
}

/** A window of a story as cameras film it: the options of the `twin` command. */
export interface ClipRecipe {
  readonly site: string;
  readonly seed: number;
  readonly role?: readonly string[];
  readonly plain?: number;
  /** `mixed`: plain traffic carries odd plates too; clean civil ones if absent. */
  readonly plates?: 'mixed';
  /** Seconds of the whole story; the window shows a part of it. */
  readonly story: number;
  readonly start: number;
  readonly seconds: number;
  readonly fps: number;
  readonly cameras: readonly string[];
  readonly light: Light;
  readonly weather: Weather;
  readonly width: number;
  readonly height: number;
  /** JPEG quality, 1 to 100. */
  readonly quality: number;
}

/** clip.json: what the whole clip is, for players, benchmarks and the demo's register. */
export interface ClipTruth {
  readonly schema: 'phat-nguoi/clip/1';
  readonly name: string;
  /** The version of the site that was on the road. */
  readonly site: SiteVersion;
  /** Cameras whose frames the clip holds. */
  readonly cameras: readonly string[];
  readonly seed: number;
  readonly light: Light;
  readonly weather: Weather;
  readonly width: number;
  readonly height: number;
  readonly fps: number;
  readonly startsAt: string;
  readonly frames: number;
  /** What was ordered, where the command made the clip: the same order makes it again, byte for byte. */
  readonly recipe?: ClipRecipe;
  readonly violations: readonly ClipAct[];
  readonly nearMisses: readonly ClipAct[];
  /** Acts that did not come about as written, or are not over when the scene ends: nobody is judged by them. */
  readonly void?: readonly ClipAct[];
  /** Those that a civil register could know. */
  readonly vehicles: readonly RegisteredClipVehicle[];
  /** Everybody on the road. */
  readonly cast: readonly ClipVehicle[];
}

/** One line of frames.jsonl: what a player pushes. `at` counts milliseconds from the first frame of the clip. */
export interface ClipFrame {
  readonly file: string;
  readonly camera: string;
  readonly at: number;
  /** As the camera protocol words them. */
  readonly claims: {
    readonly speeds?: readonly {
      readonly kmh: number;
      readonly device: string;
      readonly lane?: string;
      readonly box?: Box;
    }[];
    readonly distances?: readonly {
      readonly metres: number;
      readonly device: string;
      readonly lane?: string;
      readonly box?: Box;
    }[];
    readonly codes?: readonly {
      readonly code: string;
      readonly confidence?: number;
      readonly device?: string;
      readonly box?: Box;
      readonly region?: Box;
    }[];
  };
}

export interface RegisteredClipVehicle {
  readonly plate: string;
  readonly colour: 'white' | 'yellow' | 'blue';
  readonly kind: VehicleKind;
  readonly bodyColour: BodyColour;
}

export interface ClipVehicle {
  readonly id: string;
  readonly kind: VehicleKind | 'bicycle';
  readonly style: string;
  readonly plate: string | null;
  readonly plateColour: PlateColour | null;
  readonly bodyColour: BodyColour;
  readonly role: string;
}
