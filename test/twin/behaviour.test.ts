import { createHash } from 'node:crypto';
import t from 'tap';
import { makeScene, rolesOf, type Scene, type SceneOrder } from '../../src/twin/behaviour/index.js';
import { heard } from '../../src/twin/behaviour/heard.js';

/** All of a clip but its site, whose geometry has its own tests. */
function digest(order: SceneOrder): string {
  const behaviour = { ...makeScene(order), site: undefined };
  return createHash('sha256').update(JSON.stringify(behaviour)).digest('hex').slice(0, 16);
}
/** Every script of a site once, in one clip. */
const clip = (site: SceneOrder['site'], seed = 7): SceneOrder => ({
  site,
  seed,
  plain: 4,
  roles: rolesOf(site).map((role) => role.name),
});

t.test('a seed gives the same behaviour, today and in every later version', (t) => {
  // Whoever changes behaviour on purpose writes the new digests here: clips of old seeds are other clips from then on.
  const known: Record<SceneOrder['site'], string> = {
    expressway: '718708daff7ff18d',
    junction: '3b6d7bb6eb9d8a5f',
    street: '95f80503bd9a3ea5',
  };
  for (const site of ['expressway', 'junction', 'street'] as const) {
    t.equal(digest(clip(site)), known[site], site);
    t.equal(digest(clip(site)), digest(clip(site)), 'twice the same');
    t.not(digest(clip(site, 8)), known[site], 'another seed, another clip');
  }
  t.end();
});

/** Whether a script, alone on the road, comes to what it says in one of the first clips; a clip may begin too late for it. */
function plays(
  site: SceneOrder['site'],
  { name, rules, violation, when }: ReturnType<typeof rolesOf>[number],
): boolean {
  const startsAt = when === 'hours' ? '2026-11-20T00:30:00.000Z' : '2026-11-20T03:00:00.000Z';
  return [1, 2, 3, 4, 5, 6].some((seed) => {
    const { truth } = makeScene({ site, seed, roles: [name], plain: 0, startsAt });
    const told = (acts: readonly { readonly rule: string }[]) => acts.some((act) => act.rule === rules[0]);
    return violation ? told(truth.violations) : told(truth.nearMisses) && !told(truth.violations);
  });
}

t.test('every script has a name of its own and plays', (t) => {
  for (const site of ['expressway', 'junction', 'street'] as const) {
    const names = rolesOf(site).map((role) => role.name);
    t.same([...new Set(names)], names, `${site} repeats no name`);
    for (const role of rolesOf(site)) t.ok(plays(site, role), `${site} ${role.name}`);
  }
  t.throws(() => makeScene({ site: 'street', seed: 1, roles: ['flies'] }), RangeError);
  t.end();
});

t.test('an act that no device could tell of is no act to be found', (t) => {
  const scene = makeScene({ site: 'street', seed: 3, roles: ['phone-on-a-motorcycle'], plain: 0 });
  const [act] = scene.truth.violations;
  t.equal(act?.rule, 'phone');
  t.ok(heard(scene, act!), 'alone on the road it is seen');
  const rider = scene.vehicles.find((vehicle) => vehicle.id === act!.vehicle)!;
  // A bus between the camera and the rider all the way.
  const bus = {
    ...rider,
    id: 'bus',
    kind: 'bus' as const,
    size: { length: 11, width: 2.5, height: 3.4 },
    poses: rider.poses.map((pose) => ({
      ...pose,
      at: [pose.at[0], pose.at[1] + 4] as const,
    })) as unknown as typeof rider.poses,
  };
  const hidden: Pick<Scene, 'site' | 'vehicles' | 'claims'> = { ...scene, vehicles: [rider, bus] };
  t.notOk(heard(hidden, act!), 'hidden nobody hears of it');
  t.end();
});

t.test('a follower that hides behind its leader is told of by no meter', (t) => {
  const alone = makeScene({ site: 'expressway', seed: 2, roles: ['follows-too-close'], plain: 0 });
  t.same(
    alone.truth.violations.map((act) => act.rule),
    ['too-close'],
  );
  // A clip in which a fire engine slows the leader down, until the follower is 7 m behind it and mostly hidden.
  const slowed = makeScene({
    site: 'expressway',
    seed: 112,
    plain: 3,
    startsAt: '2026-11-20T03:00:00.000Z',
    roles:
      'speeds two-in-the-beam wheels-on-the-edge-line fire-engine-on-duty motorcycle-on-expressway small-car police-against rolls-back-a-little breakdown-with-hazard-lamps just-above-the-minimum follows-too-close cut-in-upon crosses-solid-line no-seat-belt seat-belt-without-pictures phone-without-pictures'.split(
        ' ',
      ),
  });
  const follower = slowed.vehicles.find((vehicle) => vehicle.role === 'follows-too-close')!;
  t.notOk(slowed.truth.violations.some((act) => act.vehicle === follower.id));
  t.ok(slowed.truth.void.some((act) => act.vehicle === follower.id && act.rule === 'too-close'));
  t.end();
});
