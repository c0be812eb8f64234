import type { Light, Weather } from '../../src/twin/picture-spec.js';
import { rolesOf, type SceneOrder } from '../../src/twin/behaviour/index.js';
import type { TwinSiteName } from '../../src/twin/sites/index.js';

const SITES: readonly TwinSiteName[] = ['expressway', 'junction', 'street'];
const CONDITIONS: readonly (readonly [Light, Weather])[] = [
  ['day', 'dry'],
  ['day', 'dry'],
  ['low-sun', 'dry'],
  ['dusk', 'dry'],
  ['night', 'dry'],
  ['day', 'rain'],
  ['night', 'rain'],
];
const SCRIPTS_A_CLIP = 16;
/** 10:00 and 07:30 in Hà Nội on a Friday: outside and inside the restricted hours of the street. */
const FREE = '2026-11-20T03:00:00.000Z';
const HOURS = '2026-11-20T00:30:00.000Z';

/** Clips enough that every rule has its violations and near misses, every script playing its part in turn. */
export function* scenePlan(wanted: {
  violations: number;
  nearMisses: number;
}): Generator<Required<Pick<SceneOrder, 'light' | 'weather'>> & SceneOrder> {
  const decks = new Map<string, string[]>();
  const total = new Map<string, { violations: number; nearMisses: number }>();
  for (const site of SITES) {
    for (const role of rolesOf(site))
      for (const rule of role.rules) if (!total.has(rule)) total.set(rule, { violations: 0, nearMisses: 0 });
  }
  const owed: { site: TwinSiteName; hours: boolean; name: string }[] = [];
  for (const rule of total.keys()) {
    for (const violation of [true, false]) {
      const roles = SITES.flatMap((site) =>
        rolesOf(site)
          .filter((role) => role.violation === violation && role.rules[0] === rule)
          .map((role) => ({ site, role })),
      );
      // Some come to nothing (traffic hinders them, the clip begins too late), so a few more are played than are asked for.
      const plays = Math.ceil((violation ? wanted.violations : wanted.nearMisses) * 1.2);
      for (let i = 0; i < plays && roles.length > 0; i++) {
        const { site, role } = roles[i % roles.length]!;
        owed.push({ site, hours: role.when === 'hours', name: role.name });
      }
    }
  }
  for (const one of owed) {
    const key = `${one.site} ${one.hours}`;
    decks.set(key, [...(decks.get(key) ?? []), one.name]);
  }
  let seed = 1;
  for (const [key, deck] of decks) {
    const [site, hours] = key.split(' ') as [TwinSiteName, string];
    const shuffled = spread(deck);
    for (let i = 0; i < shuffled.length; i += SCRIPTS_A_CLIP) {
      const [light, weather] = CONDITIONS[seed % CONDITIONS.length]!;
      yield {
        site,
        seed: seed++,
        roles: shuffled.slice(i, i + SCRIPTS_A_CLIP),
        plain: 3,
        light,
        weather,
        startsAt: hours === 'true' ? HOURS : FREE,
      };
    }
  }
}

/** Every k-th, so that a clip holds different scripts; the same order each time. */
function spread(deck: readonly string[]): string[] {
  const step = Math.max(1, Math.ceil(deck.length / SCRIPTS_A_CLIP));
  return Array.from({ length: step }, (_, i) => i).flatMap((i) => deck.filter((_, k) => k % step === i));
}
