import fc from 'fast-check';
import t from 'tap';
import type { SeenFrame } from '../../src/judging/frame.js';
import type { PassagePlate } from '../../src/judging/passage.js';
import { judgeFrames } from '../../src/judging/replay.js';
import { likeliest, possibleClasses } from '../../src/judging/vehicle-class.js';
import { makeScene, observedFrame } from '../../src/twin/behaviour/index.js';
import type { VehicleKind } from '../../src/vision/observation.js';

const KINDS: readonly VehicleKind[] = ['car', 'motorcycle', 'bus', 'truck'];
const plate = (text: string, lines = 2): PassagePlate => ({ text, lines, accepted: true }) as PassagePlate;

t.test('which classes a vehicle may be', (t) => {
  const cases: [string, string[], string[]][] = [
    ['all looks agree', possibleClasses({ truck: 900 }, 40, null), ['truck']],
    ['one look in thirty differs', possibleClasses({ truck: 900, bus: 30 }, 31, null), ['truck']],
    [
      'a coach called a lorry in most looks',
      possibleClasses({ truck: 700, bus: 300 }, 40, null),
      ['truck', 'bus'],
    ],
    ['even in seven of eight', possibleClasses({ truck: 875, bus: 125 }, 40, null), ['truck', 'bus']],
    [
      'a motorcycle is rarely mistaken',
      possibleClasses({ motorcycle: 875, car: 125 }, 40, null),
      ['motorcycle'],
    ],
    ['too few looks', possibleClasses({ truck: 90 }, 4, null), ['truck', 'car', 'bus']],
    ['of which a motorcycle needs no more', possibleClasses({ motorcycle: 90 }, 4, null), ['motorcycle']],
    [
      'only glimpsed',
      possibleClasses({ car: 800 }, 8, null, { clear: 2 }),
      ['car', 'motorcycle', 'bus', 'truck'],
    ],
    ['glimpsed, then seen clearly', possibleClasses({ car: 800 }, 8, null, { clear: 3 }), ['car']],
    ['a coach in part', possibleClasses({ bus: 800 }, 8, null, { whole: 1 }), ['bus', 'car', 'truck']],
    ['a coach, seen whole', possibleClasses({ bus: 800 }, 8, null, { whole: 2 }), ['bus']],
    ['a lorry in part', possibleClasses({ truck: 800 }, 8, null, { whole: 1 }), ['truck']],
    ['a plate that it may carry', possibleClasses({ truck: 900 }, 40, plate('29C12345', 1)), ['truck']],
    [
      "a car's plate on a motorcycle",
      possibleClasses({ motorcycle: 900 }, 40, plate('29C12345', 1)),
      ['motorcycle', 'car', 'bus', 'truck'],
    ],
    [
      "a motorcycle's plate on a car",
      possibleClasses({ car: 900 }, 40, plate('29AB12345')),
      ['car', 'motorcycle'],
    ],
    ["a trailer's plate on a coach", possibleClasses({ bus: 900 }, 40, plate('29RM12345')), ['bus', 'truck']],
  ];
  for (const [name, found, want] of cases) t.same(found, want, name);
  t.end();
});

t.test('the likeliest comes first, nothing twice, and more doubt never leaves fewer classes', (t) => {
  const weights = fc.record(
    Object.fromEntries(KINDS.map((kind) => [kind, fc.integer({ min: 1, max: 1000 })])) as Record<
      VehicleKind,
      fc.Arbitrary<number>
    >,
    { requiredKeys: ['car'] },
  );
  fc.assert(
    fc.property(weights, fc.integer({ min: 1, max: 60 }), (votes, looks) => {
      const found = possibleClasses(votes, looks, null);
      const unanimous = possibleClasses({ [found[0]!]: 1 }, looks, null);
      return (
        found[0] === likeliest(votes) &&
        new Set(found).size === found.length &&
        unanimous.every((kind) => found.includes(kind))
      );
    }),
  );
  t.end();
});

t.test('a lorry in the fast lane that some looks call a coach is not accused by its class', (t) => {
  const scene = makeScene({ site: 'expressway', seed: 3, roles: ['lorry-in-the-fast-lane'], plain: 0 });
  const lorry = scene.vehicles.find((vehicle) => vehicle.role === 'lorry-in-the-fast-lane')!;
  const frames = Array.from({ length: scene.frames }, (_, i) => i).flatMap((i) =>
    Object.keys(scene.site.optics).map((camera) => observedFrame(scene, camera, i)),
  );
  /** Every `every`th look of a lorry takes it for a bus. */
  const confused = (every: number): SeenFrame[] =>
    frames.map((frame) => ({
      ...frame,
      observations: frame.observations.map((one) =>
        one.kind === 'truck' && frame.sequence % every === 0 ? { ...one, kind: 'bus' as const } : one,
      ),
    }));
  const outcomeOf = (seen: readonly SeenFrame[]): string => {
    const judged = judgeFrames(seen, scene.site.site).filter(
      ({ passage }) => passage.plate?.text === lorry.plateText || passage.kind !== 'car',
    );
    t.ok(judged.length > 0, 'it is seen');
    return judged.some(({ findings }) => findings.some((finding) => finding.rule === 'wrong-lane'))
      ? 'fired'
      : judged[0]!.notFired.find((one) => one.rule === 'wrong-lane')!.reason;
  };
  t.equal(outcomeOf(frames), 'fired', 'sure looks');
  t.equal(outcomeOf(confused(40)), 'fired', 'a slip of the eye');
  t.equal(outcomeOf(confused(4)), 'class-known', 'one look in four');
  t.not(outcomeOf(confused(2)), 'fired', 'every second look');
  t.end();
});
