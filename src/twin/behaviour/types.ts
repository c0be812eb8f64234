import type { BodyColour, VehicleKind } from '../../vision/observation.js';
import type { Point, SiteVersion } from '../../sites/site-schema.js';
import type {
  BodyStyle,
  FrameSpec,
  Furniture,
  LampState,
  Light,
  Marking,
  Place,
  PlateSpec,
  RiderSpec,
  RoadArrow,
  SignalHead,
  Surface,
  Surroundings,
  Weather,
} from '../picture-spec.js';

/**
 * A clip as it happens, without a picture of it. The renderer draws exactly this.
 * The world is the site's road metres with z up (right-handed): x right, y forward; in three.js `camera.up` is (0, 0, 1).
 */
export interface Scene {
  readonly name: string;
  readonly seed: number;
  readonly site: TwinSite;
  /** Instant of frame 0, UTC. Frame i of every camera is taken i * 1000 / fps ms later. */
  readonly startsAt: string;
  readonly fps: number;
  readonly frames: number;
  readonly light: Light;
  readonly weather: Weather;
  readonly vehicles: readonly SceneVehicle[];
  /** State of each signal in each frame. */
  readonly lamps: Readonly<Record<string, readonly LampState[]>>;
  /** What the site's devices say, frame by frame; pushed with the frame as its claims. */
  readonly claims: readonly SceneClaim[];
  readonly truth: SceneTruth;
}

/** A site with what only the twin knows: where the lenses and lamps are, and what to paint. */
export interface TwinSite {
  readonly surroundings: Surroundings;
  readonly site: SiteVersion;
  /** By camera id. The site's calibration points are these lenses' own projection. */
  readonly optics: Readonly<Record<string, Optics>>;
  readonly signals: readonly SignalHead[];
  readonly surfaces: readonly Surface[];
  readonly markings: readonly Marking[];
  readonly arrows: readonly RoadArrow[];
  readonly furniture: readonly Furniture[];
}

/** A pinhole without distortion or roll. */
export interface Optics {
  readonly position: Place;
  readonly target: Place;
  readonly verticalFovDeg: number;
  readonly width: number;
  readonly height: number;
}

export interface Dimensions {
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

export interface SceneVehicle {
  readonly id: string;
  readonly style: BodyStyle;
  /** What a detector should call it; a bicycle is in no class of ours. */
  readonly kind: VehicleKind | 'bicycle';
  readonly size: Dimensions;
  /** sRGB hex of the paint, and the name that a register would give it. */
  readonly paint: string;
  readonly bodyColour: BodyColour;
  readonly front: PlateSpec | null;
  readonly rear: PlateSpec | null;
  /** Text of the number plate without separators; null for a bicycle. */
  readonly plateText: string | null;
  readonly riders: readonly RiderSpec[];
  readonly roof?: 'taxi' | 'light-bar';
  readonly livery?: 'police' | 'ambulance' | 'fire';
  /** What it is there to do: a violation, a near miss, or plain traffic. */
  readonly role: string;
  /** Frame of `poses[0]`; it is on the road for poses.length frames. */
  readonly enters: number;
  readonly poses: readonly ScenePose[];
}

export interface ScenePose {
  /** Centre of the footprint, road metres. */
  readonly at: Point;
  /** Unit vector of the bow. */
  readonly heading: Point;
  /** Metres a second along the heading; negative while reversing. */
  readonly speed: number;
  /** Lane of the centre; null between and beyond lanes. */
  readonly lane: string | null;
  readonly braking: boolean;
  readonly indicator: 'left' | 'right' | 'hazard' | null;
  readonly beacon: boolean;
}

/** One word of a device about one vehicle in one frame. The box is the vehicle's in that camera. */
export interface SceneClaim {
  readonly frame: number;
  readonly cameraId: string;
  readonly vehicle: string;
  readonly kind: 'speed' | 'distance' | 'code';
  /** km/h or metres; the device's serial number. */
  readonly value?: number;
  readonly device?: string;
  /** `seat-belt`, `phone`, `helmet`, `hazard-lamps`, `on-duty`, `lane-blocked` … */
  readonly code?: string;
  readonly confidence?: number;
  /** The claim shows the cabin or rider that it speaks of. */
  readonly withRegion?: boolean;
  /** The device does not say which vehicle it means. */
  readonly bare?: boolean;
}

export interface SceneTruth {
  readonly violations: readonly TrueAct[];
  readonly nearMisses: readonly TrueAct[];
  /** Acts that did not come about as written, or that no device could tell of: nobody is judged by them. */
  readonly void: readonly TrueAct[];
}

/** An act of one vehicle: `rule` is the rule that must (or, for a near miss, must not) fire for it. */
export interface TrueAct {
  readonly rule: string;
  /** Name of the script: `runs-red`, `crosses-on-amber` … */
  readonly name: string;
  readonly vehicle: string;
  readonly plateText: string | null;
  readonly from: number;
  readonly to: number;
}

/** What one camera sees of one vehicle in one frame, by geometry alone. */
export interface SeenTruth {
  readonly id: string;
  readonly kind: VehicleKind | 'bicycle';
  /** Clipped to the picture; hidden parts included. */
  readonly box: readonly [number, number, number, number];
  /** Share of the box that is in the picture and not behind a nearer vehicle's box. */
  readonly visible: number;
  readonly side: 'front' | 'rear' | 'flank';
  readonly plate: {
    readonly text: string;
    readonly box: readonly [number, number, number, number];
    readonly heightPx: number;
  } | null;
}

export type { FrameSpec };
