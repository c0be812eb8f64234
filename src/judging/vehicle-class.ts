import { formatsOf } from '../plates/index.js';
import { VEHICLE_CLASSES } from '../sites/site-schema.js';
import type { VehicleKind } from '../vision/observation.js';
import type { PassagePlate } from './passage.js';

/** Seen weight by class: the score of each look times the height of its box. */
export type ClassWeights = Readonly<Partial<Record<VehicleKind, number>>>;

/**
 * Share of the weight from which another class stays possible. The looks at one vehicle err together: a detector that takes a
 * coach for a lorry does so in frame after frame, so that a majority among cars, buses and lorries proves little.
 */
const DOUBT = { lookAlike: 0.1, other: 0.2 };
/** With fewer looks than this every look-alike stays possible, whatever they say. */
const LEAST_LOOKS = 5;
/** With fewer clear looks than this every class stays possible: two lamps at the picture's rim may be anybody's. */
const LEAST_CLEAR = 3;

/** With fewer whole looks than this what seems a coach may be any look-alike: so does the front of a lorry whose trailer is not in the picture. */
const LEAST_WHOLE = 2;

/** The class that most of the weight speaks for. */
export function likeliest(weights: ClassWeights): VehicleKind {
  return ordered(weights)[0]![0];
}

/**
 * Every class that a vehicle may be, likeliest first. What follows from a class may be said of it only if it follows from each of these.
 * `clear` counts the sure looks that showed more of it than a glimpse at the picture's rim, `whole` those that showed all of it. A plate that no vehicle of the likeliest class carries makes the classes that do carry it possible.
 */
export function possibleClasses(
  weights: ClassWeights,
  looks: number,
  plate: PassagePlate | null,
  { clear = looks, whole = looks }: { readonly clear?: number; readonly whole?: number } = {},
): VehicleKind[] {
  const votes = ordered(weights);
  const total = votes.reduce((sum, [, weight]) => sum + weight, 0);
  const first = votes[0]![0];
  const carries = plate?.accepted === true ? classesOfPlate(plate) : null;
  const possible = votes
    .filter(([kind, weight]) => kind === first || weight / total >= doubtBetween(first, kind))
    .map(([kind]) => kind);
  const besides = VEHICLE_CLASSES.filter(
    (kind) =>
      !possible.includes(kind) &&
      (clear < Math.min(LEAST_CLEAR, looks) ||
        (first === 'bus' && whole < LEAST_WHOLE && alike(first, kind)) ||
        (looks < LEAST_LOOKS && alike(first, kind)) ||
        (carries !== null && !carries.has(first) && carries.has(kind))),
  );
  return [...possible, ...besides];
}

const ordered = (weights: ClassWeights): [VehicleKind, number][] =>
  (Object.entries(weights) as [VehicleKind, number][]).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));

/** A motorcycle is told from anything with four wheels; cars, buses and lorries are taken for each other. */
const alike = (a: VehicleKind, b: VehicleKind): boolean => a !== 'motorcycle' && b !== 'motorcycle';
const doubtBetween = (a: VehicleKind, b: VehicleKind): number =>
  alike(a, b) ? DOUBT.lookAlike : DOUBT.other;

function classesOfPlate(plate: PassagePlate): ReadonlySet<VehicleKind> | null {
  const carried = formatsOf(plate.text, { lines: plate.lines }).flatMap((format) => format.vehicles);
  return carried.length === 0 ? null : new Set(carried);
}
