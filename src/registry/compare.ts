import { isComplete, routeOf } from '../plates/index.js';
import { held, type Hold } from './holds.js';
import type { RegisteredColour, VehicleRecord } from './records.js';
import type { SeenPlate, SeenVehicle } from './seen.js';

/** Below this a character is pointed at. */
const SURE_CHARACTER = 0.9;
/** Below this the colour seen is not used to choose between two vehicles. */
const SURE_COLOUR = 0.7;

/** What the reading alone holds the case for. Any of these that blocks also stops the look-up. */
export function plateHolds(seen: SeenVehicle): Hold[] {
  const { plate } = seen;
  if (!plate || !isComplete(plate.text)) return [held('PLATE_UNREADABLE', { plate: plate?.text ?? '' })];
  const route = routeOf(plate.text, { lines: plate.lines, colour: plate.colour });
  const found: Hold[] = [];
  if (route !== 'civil' && route !== 'unknown')
    found.push(held('PLATE_ROUTED', { plate: plate.text, route }));
  if (!plate.accepted) found.push(notAccepted(plate));
  else if (route === 'unknown') found.push(held('PLATE_FORMAT', { plate: plate.text }));
  plate.chars.forEach(({ c, p }, i) => {
    if (p < SURE_CHARACTER)
      found.push(held('PLATE_LOW_CONFIDENCE', { position: i + 1, c, percent: Math.round(p * 100) }));
  });
  return found;
}

function notAccepted(plate: SeenPlate): Hold {
  if (plate.reason !== 'frames-disagree') return held('PLATE_NOT_ACCEPTED', { plate: plate.text });
  const other = plate.reads.find((read) => read.accepted && read.text !== plate.text);
  return held('PLATE_DISPUTED', { plate: plate.text, other: other?.text ?? '?' });
}

/** The colour to ask with: what an officer stated, else what was seen if it is sure, else none. */
export function colourToAsk(plate: SeenPlate, stated: RegisteredColour | null): RegisteredColour | null {
  if (stated) return stated;
  const { colour, colourConfidence } = plate;
  return colourConfidence >= SURE_COLOUR && (colour === 'white' || colour === 'yellow' || colour === 'blue')
    ? colour
    : null;
}

// Paints that a camera takes for each other in shade, glare or lamplight. Data of experience, on the lenient side.
const NEAR: readonly (readonly [string, string])[] = [
  ['white', 'grey'], ['grey', 'black'], ['black', 'blue'], ['grey', 'blue'], ['red', 'brown'], ['black', 'brown'],
  ['yellow', 'brown'], ['grey', 'green'], ['black', 'green'], ['blue', 'green'],
]; // prettier-ignore

const looksAlike = (a: string, b: string): boolean =>
  a === b ||
  a === 'unknown' ||
  b === 'unknown' ||
  NEAR.some(([x, y]) => (x === a && y === b) || (x === b && y === a));

/** What was seen against what is registered. The make is not read from pictures: the officer compares it by eye. */
export function vehicleHolds(seen: Pick<SeenVehicle, 'kind' | 'bodyColour'>, vehicle: VehicleRecord): Hold[] {
  const found: Hold[] = [];
  if (seen.kind !== vehicle.kind) {
    const impossible = (seen.kind === 'motorcycle') !== (vehicle.kind === 'motorcycle');
    found.push(
      held(impossible ? 'CLASS_IMPOSSIBLE' : 'CLASS_MISMATCH', { seen: seen.kind, registered: vehicle.kind }),
    );
  }
  if (!looksAlike(seen.bodyColour, vehicle.bodyColour)) {
    found.push(held('BODY_COLOUR_MISMATCH', { seen: seen.bodyColour, registered: vehicle.bodyColour }));
  }
  if (vehicle.status === 'stolen') found.push(held('VEHICLE_STOLEN'));
  if (vehicle.status === 'scrapped') found.push(held('VEHICLE_SCRAPPED'));
  if (vehicle.status === 'plate-returned') found.push(held('PLATE_RETURNED'));
  return found;
}
