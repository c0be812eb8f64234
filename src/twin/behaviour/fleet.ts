import type { BodyColour, VehicleKind } from '../../vision/observation.js';
import type { BodyStyle, PlateInk, PlateSpec, RiderSpec } from '../picture-spec.js';
import type { Random } from '../scene/random.js';
import { DIMENSIONS, KIND } from './dimensions.js';
import type { SceneVehicle } from './types.js';

const STYLES: Readonly<Record<VehicleKind | 'bicycle', readonly BodyStyle[]>> = {
  car: ['sedan', 'sedan', 'hatchback', 'suv', 'suv', 'pickup', 'minivan', 'van'],
  motorcycle: ['scooter', 'underbone'],
  bus: ['coach', 'city-bus'],
  truck: ['small-truck', 'box-truck', 'flatbed-truck', 'tractor-trailer'],
  bicycle: ['bicycle'],
};

const PAINTS: readonly (readonly [readonly [string, BodyColour], number])[] = [
  [['#e9eaeb', 'white'], 30],
  [['#17181a', 'black'], 20],
  [['#8d9195', 'grey'], 20],
  [['#a31a1d', 'red'], 10],
  [['#1f3f86', 'blue'], 8],
  [['#2d6b3f', 'green'], 3],
  [['#d8a520', 'yellow'], 3],
  [['#6b4a30', 'brown'], 5],
];

/** Codes of provinces, letters of series: enough of the law's sets to be lawful plates, invented all the same. */
const PROVINCES = ['29', '30', '31', '15', '34', '36', '37', '43', '51', '60', '61', '65', '75', '98', '99'];
const LETTERS = 'ABCDEFGHKLMNPSTUVXYZ';

export type Looks = Omit<SceneVehicle, 'id' | 'role' | 'enters' | 'poses'>;

/** One vehicle as it comes off a Vietnamese road: body, paint, plates front and rear as the law has them, riders. */
export function someVehicle(random: Random, kind: VehicleKind | 'bicycle', style?: BodyStyle): Looks {
  const body = style ?? random.pick(STYLES[kind]);
  const [paint, bodyColour] = random.weighted(PAINTS);
  const business =
    (kind === 'bus' && random.chance(0.9)) ||
    (kind === 'truck' && random.chance(0.8)) ||
    (kind === 'car' && random.chance(0.12));
  const plates =
    kind === 'bicycle'
      ? { front: null, rear: null, text: null }
      : platesOf(random, body, business ? 'yellow' : 'white');
  return {
    style: body,
    kind: KIND[body],
    size: DIMENSIONS[body],
    paint,
    bodyColour,
    front: plates.front,
    rear: plates.rear,
    plateText: plates.text,
    riders: kind === 'motorcycle' || kind === 'bicycle' ? someRiders(random, kind === 'motorcycle') : [],
  };
}

function platesOf(
  random: Random,
  style: BodyStyle,
  ink: PlateInk,
): { front: PlateSpec | null; rear: PlateSpec | null; text: string } {
  const province = random.pick(PROVINCES);
  const digits = String(random.whole(101, 99_998)).padStart(5, '0');
  const number = `${digits.slice(0, 3)}.${digits.slice(3)}`;
  if (style === 'scooter' || style === 'underbone') {
    const series = `${letter(random)}${letter(random)}`;
    const text = `${province}${series}${digits}`;
    return {
      front: null,
      rear: {
        text,
        rows: [`${province}-${series}`, number],
        shape: 'motorcycle',
        ink: 'white',
        state: 'clean',
      },
      text,
    };
  }
  const series = letter(random);
  const text = `${province}${series}${digits}`;
  const long: PlateSpec = {
    text,
    rows: [`${province}${series}-${number}`],
    shape: 'long',
    ink,
    state: 'clean',
  };
  const short: PlateSpec = {
    text,
    rows: [`${province}${series}`, number],
    shape: 'short',
    ink,
    state: 'clean',
  };
  if (style !== 'tractor-trailer') return { front: long, rear: short, text };
  // A trailer has a number of its own: the rear plate is not the tractor's.
  const trailer = `${province}RM${digits.split('').reverse().join('')}`;
  return {
    front: long,
    rear: {
      text: trailer,
      rows: [`${province}RM`, `${trailer.slice(4, 7)}.${trailer.slice(7)}`],
      shape: 'short',
      ink,
      state: 'clean',
    },
    text,
  };
}

const letter = (random: Random): string => LETTERS[random.whole(0, LETTERS.length - 1)]!;

const CLOTH = ['#2b3a55', '#7a2230', '#d9d4c7', '#35523b', '#20242a', '#b8863b', '#5d6d7e'];

function someRiders(random: Random, motor: boolean): RiderSpec[] {
  const rider = (): RiderSpec => ({
    helmet: motor ? true : random.chance(0.1),
    shirt: random.pick(CLOTH),
    trousers: random.pick(CLOTH),
    helmetColour: random.pick(['#1d1f22', '#c9c9c9', '#a81d22', '#2f58a8']),
  });
  return random.chance(0.25) && motor ? [rider(), rider()] : [rider()];
}
