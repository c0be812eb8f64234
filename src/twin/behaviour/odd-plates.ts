import type { PlateInk, PlateShape, PlateSpec } from '../picture-spec.js';
import { Random, seedOf } from '../scene/random.js';
import type { Scene, SceneVehicle } from './types.js';

/** Share of plain traffic that an odd plate hangs on, and of its riders with lettering like a plate's on the shirt. */
const ODD = 0.5;
const SHIRTS = 0.3;

/** A number in the way in which its plate groups it: by one row, by two, and on a motorcycle. */
interface Numbered {
  readonly ink: PlateInk;
  readonly one: string;
  readonly two: readonly [string, string];
}

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.whole(0, 9)).join('');
const letters = (random: Random, from: string): string => from[random.whole(0, from.length - 1)]!;

/** Series that are in no civil register, or carry other colours (TT79/2024/TT-BCA Điều 37; TT169/2021/TT-BQP). */
const SERIES: readonly ((random: Random, motorcycle: boolean) => Numbered)[] = [
  function foreign(random, motorcycle) {
    const [place, country] = [random.pick(['80', '29', '51']), digits(random, 3)];
    const number = `${random.pick(['NG', 'QT', 'CV', 'NN'])}-${digits(random, motorcycle ? 3 : 2)}`;
    return { ink: 'white', one: `${place}-${country}-${number}`, two: [`${place}-${country}`, number] };
  },
  function military(random) {
    const [unit, number] = [
      random.pick(['TM', 'KP', 'QA', 'BT']),
      `${digits(random, 2)}-${digits(random, 2)}`,
    ];
    return { ink: 'red', one: `${unit}-${number}`, two: [unit, number] };
  },
  function temporary(random) {
    const [series, number] = [
      `T${random.pick(['29', '30', '51'])}`,
      `${digits(random, 3)}.${digits(random, 2)}`,
    ];
    return { ink: 'paper', one: `${series}-${number}`, two: [series, number] };
  },
  function ofTheState(random, motorcycle) {
    const letter = letters(random, 'ABCDEFGHKLM');
    const series = motorcycle ? `29-${letter}${random.whole(1, 9)}` : `80${letter}`;
    const number = `${digits(random, 3)}.${digits(random, 2)}`;
    return { ink: 'blue', one: `${series}-${number}`, two: [series, number] };
  },
];
const STATES = ['dirty', 'bent', 'covered'] as const;

/**
 * A clip in which half of the plain traffic carries what is rare on the road: dirty, bent and covered plates, foreign, military,
 * temporary ones and those of the state, and shirts with letters like a plate's. Who plays a script keeps his plate, and nobody moves otherwise.
 */
export function withOddPlates(scene: Scene): Scene {
  return { ...scene, vehicles: scene.vehicles.map((vehicle) => odd(scene.seed, vehicle)) };
}

function odd(seed: number, vehicle: SceneVehicle): SceneVehicle {
  const random = new Random(seedOf(seed, `plate of ${vehicle.id}`));
  if (vehicle.role !== 'plain') return vehicle;
  const riders = vehicle.riders.map((rider, i) =>
    i === vehicle.riders.length - 1 && random.chance(SHIRTS)
      ? {
          ...rider,
          shirtText: `${random.whole(11, 99)}${letters(random, 'ABCDEFGH')}-${digits(random, 3)}.${digits(random, 2)}`,
        }
      : rider,
  );
  const dressed = { ...vehicle, riders };
  if (vehicle.plateText === null || !random.chance(ODD)) return dressed;
  const kind = random.whole(0, STATES.length + SERIES.length - 1);
  const state = STATES[kind];
  const hung = (change: (plate: PlateSpec) => PlateSpec): SceneVehicle => ({
    ...dressed,
    front: vehicle.front === null ? null : change(vehicle.front),
    rear: vehicle.rear === null ? null : change(vehicle.rear),
  });
  if (state !== undefined) return hung((plate) => ({ ...plate, state }));
  const number = SERIES[kind - STATES.length]!(random, vehicle.kind === 'motorcycle');
  const text = number.one.replace(/[^0-9A-Z]/g, '');
  return {
    ...hung((plate) => ({ ...plate, text, ink: number.ink, rows: rowsOf(plate.shape, number) })),
    plateText: text,
  };
}

const rowsOf = (shape: PlateShape, { one, two }: Numbered): readonly string[] =>
  shape === 'long' ? [one] : two;
