/** What vision says of one frame. Boxes are [x0, y0, x1, y1] in pixels of the frame as it was pushed. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

export type VehicleKind = 'car' | 'motorcycle' | 'bus' | 'truck';
export type PlateColour = 'white' | 'yellow' | 'blue' | 'red' | 'other';
export type BodyColour =
  'white' | 'black' | 'grey' | 'red' | 'blue' | 'green' | 'yellow' | 'brown' | 'unknown';

/** One character of a plate and how sure the reader is of it, 0 to 1. `c` is `?` where it cannot be read. */
export interface PlateCharacter {
  readonly c: string;
  readonly p: number;
}

/** Why the reader abstains. */
export type Abstention =
  'low-confidence' | 'too-small' | 'blurred' | 'dark' | 'clipped' | 'heads-disagree' | 'not-a-plate';

export interface PlateRead {
  /** A-Z0-9 without separators, Đ as D, `?` where unreadable. */
  readonly text: string;
  /** As painted, with separators where the format is known: `30F-256.58`. */
  readonly display: string;
  readonly accepted: boolean;
  readonly abstentions: readonly Abstention[];
  readonly confidence: number;
  readonly chars: readonly PlateCharacter[];
  /** Slot probabilities [slots][LETTERS], kept so that a passage can fuse several frames. Rounded to 4 digits. */
  readonly probs: readonly (readonly number[])[];
  readonly lines: 1 | 2;
  readonly box: Box;
  readonly heightPx: number;
  readonly colour: PlateColour;
  readonly colourConfidence: number;
}

/** One vehicle in one frame. `plate` is null where none was found inside the vehicle's box. */
export interface Observation {
  readonly kind: VehicleKind;
  readonly box: Box;
  readonly score: number;
  readonly bodyColour: BodyColour;
  readonly plate: PlateRead | null;
}

/** The colour of a lamp region of a site's camera, read from the pixels. */
export interface LampReading {
  readonly signal: string;
  readonly state: 'red' | 'amber' | 'green' | 'dark' | 'unknown';
  readonly score: number;
}

/** Everything vision says of one frame. */
export interface FrameReading {
  readonly width: number;
  readonly height: number;
  readonly observations: readonly Observation[];
  /** Plates outside every vehicle box: kept for the record, never judged. */
  readonly strayPlates: readonly PlateRead[];
  readonly lamps: readonly LampReading[];
  /** Names and SHA-256 of the models that made it. */
  readonly models: Readonly<Record<string, string>>;
  readonly ms: Readonly<Record<string, number>>;
}
