import { createHash } from 'node:crypto';
import { z } from 'zod';
import { displayOf, formatsOf } from '../plates/index.js';
import { registeredColour, type OwnerRecord, type VehicleRecord } from '../registry/records.js';
import { inventOwner } from './invented-owners.js';
import { randomOf, type Random } from './random.js';

/** One vehicle of the simulated register with its whole past: plates, states and owners by interval. */
export interface RegisteredVehicle {
  readonly vehicleId: string;
  readonly kind: VehicleRecord['kind'];
  readonly make: string;
  readonly model: string;
  readonly bodyColour: VehicleRecord['bodyColour'];
  readonly plates: readonly {
    text: string;
    colour: VehicleRecord['plateColour'];
    identityPlate: boolean;
    from: string;
    to: string | null;
  }[];
  /** In order of time; each holds until the next. */
  readonly statuses: readonly { status: VehicleRecord['status']; from: string }[];
  readonly owners: readonly OwnerRecord[];
  /** What is special about it, for demos and tests. */
  readonly story: Story;
}

export type Story =
  'plain' | 'sold' | 'plate-moved' | 'stolen' | 'scrapped' | 'plate-returned' | 'no-account' | 'colour-twin';

/** A vehicle that somebody else made up (a clip of the twin): what is left out is invented from its plate. */
export const givenVehicle = z.object({
  plate: z.string().regex(/^[A-Z0-9]{6,11}$/),
  colour: registeredColour.optional(),
  kind: z.enum(['car', 'motorcycle', 'bus', 'truck']).optional(),
  make: z.string().optional(),
  model: z.string().optional(),
  bodyColour: z
    .enum(['white', 'black', 'grey', 'red', 'blue', 'green', 'yellow', 'brown', 'unknown'])
    .optional(),
  ownerKind: z.enum(['person', 'organisation']).optional(),
});
export type GivenVehicle = z.infer<typeof givenVehicle>;

const MODELS: Readonly<Record<RegisteredVehicle['kind'], readonly (readonly [make: string, model: string])[]>> = {
  car: [['Toyota', 'Vios'], ['Hyundai', 'Accent'], ['Kia', 'Seltos'], ['Mazda', 'CX-5'], ['Honda', 'City'], ['Ford', 'Ranger'], ['VinFast', 'VF 5'], ['Mitsubishi', 'Xpander']],
  motorcycle: [['Honda', 'Wave Alpha'], ['Honda', 'Vision'], ['Yamaha', 'Exciter'], ['Yamaha', 'Sirius'], ['Piaggio', 'Liberty'], ['VinFast', 'Feliz']],
  bus: [['Thaco', 'TB120'], ['Hyundai', 'Universe'], ['Samco', 'Felix']],
  truck: [['Isuzu', 'QKR'], ['Hino', '500'], ['Thaco', 'Ollin'], ['Hyundai', 'Mighty']],
}; // prettier-ignore
const BODY = [
  'white',
  'white',
  'black',
  'black',
  'grey',
  'grey',
  'red',
  'blue',
  'brown',
  'green',
  'yellow',
] as const;
const CODES = ['29', '30', '51', '15', '43', '61', '60', '14', '36', '99', '88', '20', '75', '65', '72'];
const LETTERS = 'ABCDEFGHKLMNPSTUVXYZ';
const STORIES: Readonly<Record<number, Story>> = {
  7: 'sold', 11: 'plate-moved', 13: 'stolen', 17: 'scrapped', 19: 'plate-returned', 23: 'no-account', 29: 'colour-twin',
}; // prettier-ignore

/** When the stories happen: owners, plates and states differ before and after. */
export const TURNING_POINT = '2026-06-01T00:00:00.000Z';

/** `n` invented vehicles, the same for the same seed; the first `n` of a longer list. No two carry the same plate in the same colour. */
export function inventVehicles(seed: number, n: number): RegisteredVehicle[] {
  const taken = new Set<string>();
  const made: RegisteredVehicle[] = [];
  for (let i = 0; made.length < n; i += 1) {
    const random = randomOf(`vehicle:${seed}:${i}`);
    const kind = pickKind(random);
    const colour = pickColour(random, kind);
    const text = inventPlate(random, kind, colour);
    if (taken.has(text)) continue;
    taken.add(text);
    const story = STORIES[i % 40] ?? 'plain';
    const vehicle = inventVehicle({ plate: text, colour, kind }, random, story);
    if (story === 'plate-moved' && made.length + 1 < n) {
      made.push(
        { ...vehicle, plates: vehicle.plates.map((plate) => ({ ...plate, to: TURNING_POINT })) },
        moveHere(vehicle, random),
      );
      continue;
    }
    made.push(vehicle);
    if (story === 'colour-twin' && kind !== 'motorcycle' && colour !== 'blue' && made.length < n) {
      made.push(
        inventVehicle({ plate: text, colour: colour === 'white' ? 'yellow' : 'white', kind }, random, story),
      );
    }
  }
  return made;
}

/** Fills in what is not given, the same for the same plate. */
export function completeVehicle(given: GivenVehicle): RegisteredVehicle {
  const random = randomOf(`given:${given.plate}:${given.colour ?? ''}`);
  const kind = given.kind ?? formatsOf(given.plate)[0]?.vehicles[0] ?? 'car';
  return inventVehicle({ ...given, kind, colour: given.colour ?? 'white' }, random, 'plain');
}

type Known = GivenVehicle & {
  readonly kind: RegisteredVehicle['kind'];
  readonly colour: VehicleRecord['plateColour'];
};

function inventVehicle(known: Known, random: Random, story: Story): RegisteredVehicle {
  const { plate: text, colour, kind } = known;
  const [make, model] = random.pick(MODELS[kind]);
  const from = `${random.between(2016, 2024)}-0${random.between(1, 9)}-1${random.between(0, 9)}T00:00:00.000Z`;
  const business = colour === 'yellow' || kind === 'bus' || kind === 'truck';
  const ownerKind =
    known.ownerKind ??
    (colour === 'blue' || random.chance(business ? 0.6 : 0.12) ? 'organisation' : 'person');
  const owner = (ownedFrom: string, ownedTo: string | null): OwnerRecord => ({
    ...inventOwner(random, ownerKind, story === 'no-account'),
    ownedFrom,
    ownedTo,
  });
  const plate = { text, colour, identityPlate: formatsOf(text, { colour })[0]?.issuedNow ?? false };
  const after =
    story === 'stolen' || story === 'scrapped' || story === 'plate-returned'
      ? [{ status: story, from: TURNING_POINT }]
      : [];
  return {
    vehicleId: `xe-${createHash('sha256').update(`${text}:${colour}`).digest('hex').slice(0, 12)}`,
    kind,
    make: known.make ?? make,
    model: known.model ?? model,
    bodyColour: known.bodyColour ?? random.pick(BODY),
    plates: [{ ...plate, from, to: null }],
    statuses: [{ status: 'active', from }, ...after],
    owners: story === 'sold' ? [owner(from, TURNING_POINT), owner(TURNING_POINT, null)] : [owner(from, null)],
    story,
  };
}

/** An identity plate goes with its owner: `before` gave it up at the turning point, this vehicle has it since. */
function moveHere(before: RegisteredVehicle, random: Random): RegisteredVehicle {
  const [make, model] = random.pick(MODELS[before.kind]);
  return {
    ...before,
    vehicleId: `${before.vehicleId}-moi`,
    make,
    model,
    bodyColour: random.pick(BODY),
    plates: before.plates.map((plate) => ({ ...plate, from: TURNING_POINT })),
    statuses: [{ status: 'active', from: TURNING_POINT }],
  };
}

function pickKind(random: Random): RegisteredVehicle['kind'] {
  const at = random.next();
  return at < 0.58 ? 'car' : at < 0.85 ? 'motorcycle' : at < 0.94 ? 'truck' : 'bus';
}

function pickColour(random: Random, kind: RegisteredVehicle['kind']): VehicleRecord['plateColour'] {
  if (kind === 'motorcycle') return 'white';
  const at = random.next();
  if (kind === 'bus') return 'yellow';
  if (kind === 'truck') return at < 0.5 ? 'yellow' : 'white';
  return at < 0.75 ? 'white' : at < 0.95 ? 'yellow' : 'blue';
}

function inventPlate(
  random: Random,
  kind: RegisteredVehicle['kind'],
  colour: VehicleRecord['plateColour'],
): string {
  const code = random.pick(CODES);
  const letter = colour === 'blue' ? random.pick([...'ABCD']) : random.pick([...LETTERS]);
  const second =
    kind !== 'motorcycle'
      ? ''
      : random.chance(0.6)
        ? random.pick([...'ABCDEFHKL'])
        : String(random.between(1, 9));
  return `${code}${letter}${second}${String(random.between(1, 99_999)).padStart(5, '0')}`;
}

/** For lists that people read. */
export function describe(vehicle: RegisteredVehicle): string {
  const { text, colour } = vehicle.plates[0]!;
  const lines = vehicle.kind === 'motorcycle' ? 2 : 1;
  return `${displayOf(text, lines, { vehicleClass: vehicle.kind })} (${colour}) ${vehicle.make} ${vehicle.model}`;
}
