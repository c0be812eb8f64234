import type { Furniture, SceneSpec } from '../../picture-spec.js';
import { Random, seedOf } from '../random.js';

/** Dressing that a site does not list: trees beyond the rail, houses, lamp posts. Never on the carriageway. */
export function surround(spec: SceneSpec): Furniture[] {
  const random = new Random(seedOf(spec.seed, 'surround'));
  const roads = spec.surfaces.filter((s) => s.kind === 'asphalt').map((s) => s.outline.map((p) => p[0]));
  const lengthwise = roads.filter((xs) => Math.max(...xs) - Math.min(...xs) < 40);
  const left = Math.min(...lengthwise.flat(), -6);
  const right = Math.max(...lengthwise.flat(), 6);
  const items: Furniture[] = [];
  const each = (from: number, to: number, step: number, put: (y: number) => void) => {
    for (let y = from; y <= to; y += step * random.between(0.6, 1.4)) put(y);
  };
  if (spec.surroundings === 'expressway') {
    for (const [edge, sign] of [
      [left, -1],
      [right, 1],
    ] as const) {
      each(-150, 150, 7, (y) =>
        items.push({
          kind: random.chance(0.55) ? 'bush' : 'tree',
          at: [edge + sign * random.between(5, 30), y],
          size: random.between(2.5, 6.5),
        }),
      );
      each(-140, 140, 38, (y) => items.push({ kind: 'lamp-post', at: [edge + sign * 1.2, y], size: 9 }));
      if (random.chance(0.4))
        items.push({
          kind: 'building',
          at: [edge + sign * random.between(28, 50), random.between(60, 110)],
          size: [14, 12, 7],
        });
    }
    items.push({
      kind: 'sign',
      at: [left - 3.5, random.between(85, 100)],
      height: 4.5,
      facing: [0, 1],
      size: [4.2, 2.2],
      text: 'KM 21 HA NOI',
      style: 'direction',
    });
  } else {
    const cross = spec.surfaces
      .filter((s) => s.kind === 'asphalt')
      .find((s) => Math.max(...s.outline.map((p) => p[0])) - Math.min(...s.outline.map((p) => p[0])) >= 40);
    const crossing =
      cross === undefined
        ? null
        : ([
            Math.min(...cross.outline.map((p) => p[1])),
            Math.max(...cross.outline.map((p) => p[1])),
          ] as const);
    const free = (y: number, half: number) =>
      crossing === null || y + half < crossing[0] - 3 || y - half > crossing[1] + 3;
    for (const [edge, sign] of [
      [left, -1],
      [right, 1],
    ] as const) {
      each(-110, 130, 11, (y) => {
        if (free(y, 6))
          items.push({
            kind: 'building',
            at: [edge + sign * random.between(10, 13), y],
            size: [random.between(9, 13), random.between(7, 11), random.between(7, 17)],
          });
      });
      each(-110, 120, 14, (y) => {
        if (free(y, 1.5))
          items.push({
            kind: 'tree',
            at: [edge + sign * random.between(2.2, 3.4), y],
            size: random.between(3.5, 6),
          });
      });
      each(-100, 110, 30, (y) => {
        if (free(y, 1.5)) items.push({ kind: 'lamp-post', at: [edge + sign * 0.9, y], size: 8 });
      });
    }
  }
  return items;
}
