/**
 * What Node tells the page to draw and what the page answers: plain data that survives JSON.
 * Road coordinates are metres: x to the right, y forward along the camera's axis, z up.
 */
export type RoadPoint = readonly [x: number, y: number];
export type Place = readonly [x: number, y: number, z: number];

export type Light = 'day' | 'low-sun' | 'dusk' | 'night';
export type Weather = 'dry' | 'rain';
export type Surroundings = 'expressway' | 'junction' | 'street';

export type BodyStyle =
  | 'sedan'
  | 'hatchback'
  | 'suv'
  | 'pickup'
  | 'minivan'
  | 'van'
  | 'scooter'
  | 'underbone'
  | 'bicycle'
  | 'coach'
  | 'city-bus'
  | 'small-truck'
  | 'box-truck'
  | 'flatbed-truck'
  | 'tractor-trailer';

export type PlateShape = 'long' | 'short' | 'motorcycle';
export type PlateInk = 'white' | 'yellow' | 'blue' | 'red' | 'paper';
export type PlateState = 'clean' | 'dirty' | 'bent' | 'covered' | 'missing';

/** One plate as it is bolted on. `rows` are what is painted, separators included: ["30F-256.58"] or ["30F", "256.58"]. */
export interface PlateSpec {
  readonly text: string;
  readonly rows: readonly string[];
  readonly shape: PlateShape;
  readonly ink: PlateInk;
  readonly state: PlateState;
}

export interface RiderSpec {
  readonly helmet: boolean;
  /** sRGB hex of shirt, trousers and helmet. */
  readonly shirt: string;
  readonly trousers: string;
  readonly helmetColour: string;
  /** Plate-like lettering on the back of the shirt. */
  readonly shirtText?: string;
}

/** How a vehicle looks: fixed over a clip. */
export interface VehicleLook {
  readonly id: string;
  readonly style: BodyStyle;
  /** sRGB hex of the paint. */
  readonly paint: string;
  readonly seed: number;
  readonly front: PlateSpec | null;
  readonly rear: PlateSpec | null;
  readonly riders: readonly RiderSpec[];
  /** A taxi's roof sign, an emergency vehicle's light bar. */
  readonly roof?: 'taxi' | 'light-bar';
  readonly livery?: 'police' | 'ambulance' | 'fire';
}

/** Where a vehicle is in one frame. */
export interface VehiclePose {
  readonly id: string;
  readonly at: RoadPoint;
  /** Unit vector of the bow. */
  readonly heading: RoadPoint;
  /** Metres a second along the heading; negative while reversing. */
  readonly speed: number;
  readonly braking: boolean;
  readonly indicator: 'left' | 'right' | 'hazard' | null;
  /** Roof beacons flash. */
  readonly beacon: boolean;
}

export type LampState = 'red' | 'amber' | 'green' | 'dark';

export interface CameraSpec {
  readonly position: Place;
  readonly target: Place;
  readonly verticalFovDeg: number;
  readonly width: number;
  readonly height: number;
  /** Seconds that the shutter is open. */
  readonly shutter: number;
}

export interface Surface {
  readonly kind: 'asphalt' | 'concrete' | 'pavement' | 'grass';
  readonly outline: readonly RoadPoint[];
}

export interface Marking {
  readonly points: readonly RoadPoint[];
  /** Metres. */
  readonly width: number;
  /** Metres painted and metres bare; solid if absent. */
  readonly dash?: readonly [number, number];
  readonly colour: 'white' | 'yellow';
}

export interface RoadArrow {
  readonly at: RoadPoint;
  readonly heading: RoadPoint;
  readonly kind: 'straight' | 'left' | 'right' | 'straight-right' | 'straight-left';
}

export interface SignalHead {
  readonly id: string;
  /** Centre of the housing. */
  readonly position: Place;
  /** The direction in which the lamps shine. */
  readonly facing: RoadPoint;
}

export type Furniture =
  | { readonly kind: 'rail' | 'barrier' | 'kerb' | 'noise-wall'; readonly points: readonly RoadPoint[] }
  | {
      readonly kind: 'tree' | 'lamp-post' | 'pole' | 'bush' | 'cone' | 'box';
      readonly at: RoadPoint;
      readonly size: number;
    }
  | {
      readonly kind: 'building';
      readonly at: RoadPoint;
      readonly size: readonly [width: number, depth: number, height: number];
    }
  | {
      readonly kind: 'sign' | 'advert';
      readonly at: RoadPoint;
      readonly height: number;
      readonly facing: RoadPoint;
      readonly size: readonly [width: number, height: number];
      readonly text: string;
      readonly style: 'limit' | 'direction' | 'no-entry' | 'one-way' | 'advert';
    };

/** Everything of a scene that does not move. */
export interface SceneSpec {
  readonly seed: number;
  readonly light: Light;
  readonly weather: Weather;
  readonly surroundings: Surroundings;
  readonly camera: CameraSpec;
  readonly surfaces: readonly Surface[];
  readonly markings: readonly Marking[];
  readonly arrows: readonly RoadArrow[];
  readonly signals: readonly SignalHead[];
  readonly furniture: readonly Furniture[];
}

export interface FrameSpec {
  readonly index: number;
  /** Seconds since the clip began: blinking lamps and rain depend on it. */
  readonly t: number;
  readonly looks: readonly VehicleLook[];
  readonly poses: readonly VehiclePose[];
  readonly lamps: Readonly<Record<string, LampState>>;
}

export type PixelBox = readonly [x0: number, y0: number, x1: number, y1: number];

export interface SeenPlate {
  readonly side: 'front' | 'rear';
  readonly box: PixelBox;
  readonly corners: readonly (readonly [number, number])[];
  readonly heightPx: number;
  readonly visiblePx: number;
}

export interface SeenVehicle {
  readonly id: string;
  readonly box: PixelBox;
  readonly visible: number;
  readonly visiblePx: number;
  readonly plate: SeenPlate | null;
}

/** What the page measured of the frame it drew. */
export interface SeenFrame {
  readonly vehicles: readonly SeenVehicle[];
  readonly lamps: Readonly<Record<string, PixelBox>>;
}

/** A rectangle of whole pixels; y counts from the lower edge upwards. */
export interface PictureArea {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How the camera of an opened scene takes its pictures; its still picture of the empty road goes to Node as RGBA. */
export interface CameraFilm {
  /** Grain, standard deviation in 8-bit steps at mid grey. */
  readonly noise: number;
  /** sRGB of the haze, which lit rain takes on. */
  readonly haze: readonly [number, number, number];
}

/** A frame as the page hands it over: where it differs from the still picture. Its pixels follow as RGBA, area by area. */
export interface DrawnFrame {
  readonly seen: SeenFrame;
  readonly areas: readonly PictureArea[];
}
