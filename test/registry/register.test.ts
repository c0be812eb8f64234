import t from 'tap';
import { HttpVehicleRegister } from '../../src/registry/index.js';
import { inventVehicles, TURNING_POINT } from '../../src/simulators/invented-vehicles.js';
import { startVehicleRegister } from '../../src/simulators/vehicle-register.js';
import { isComplete, formatsOf } from '../../src/plates/index.js';
import { personalId } from '../../src/registry/records.js';

const asked = { actor: 'system:registry', purpose: 'match-violation', caseId: 'c-1' };
const before = new Date(Date.parse(TURNING_POINT) - 1);
const after = new Date(TURNING_POINT);

t.test(
  'invented vehicles: the same for a seed, plates of known formats, IDs of the right build',
  async (t) => {
    const vehicles = inventVehicles(7, 300);
    t.equal(vehicles.length, 300);
    // Compared as text: the differ is slow on large objects.
    const text = (seed: number) => JSON.stringify(inventVehicles(seed, 300));
    t.ok(text(7) === JSON.stringify(vehicles), 'same seed, same vehicles');
    t.ok(text(8) !== JSON.stringify(vehicles), 'another seed, others');
    for (const vehicle of vehicles) {
      const { text, colour } = vehicle.plates[0]!;
      const known = isComplete(text) && formatsOf(text, { colour, vehicleClass: vehicle.kind }).length > 0;
      const ids = vehicle.owners.every(
        (owner) => owner.kind === 'organisation' || personalId.safeParse(owner.id).success,
      );
      if (!known || !ids) t.fail(`${text} ${colour} ${vehicle.kind}`);
    }
    const stories = new Set(vehicles.map((vehicle) => vehicle.story));
    for (const story of [
      'sold',
      'plate-moved',
      'stolen',
      'scrapped',
      'plate-returned',
      'no-account',
      'colour-twin',
    ] as const)
      t.ok(stories.has(story), story);
  },
);

t.test('one plate, one instant, one answer', async (t) => {
  const simulator = await startVehicleRegister({ count: 120 });
  t.teardown(() => simulator.close());
  const register = new HttpVehicleRegister({
    url: simulator.url,
    key: 'register-dev-key',
    retryDelayMs: 5,
    timeoutMs: 2000,
  });
  const story = (name: string) => simulator.vehicles.find((vehicle) => vehicle.story === name)!;
  const ask = (vehicle: ReturnType<typeof story>, instant: Date) =>
    register.vehicleAsOf(vehicle.plates[0]!.text, vehicle.plates[0]!.colour, instant, asked);
  const owner = (vehicle: ReturnType<typeof story>, instant: Date) =>
    register.ownerAsOf(vehicle.plates[0]!.text, vehicle.plates[0]!.colour, instant, asked);

  t.test('as of the instant: sold, moved, stolen, returned', async (t) => {
    const sold = story('sold');
    t.equal((await owner(sold, before)).name, sold.owners[0]!.name);
    t.equal((await owner(sold, after)).name, sold.owners[1]!.name);
    const moved = story('plate-moved');
    t.equal((await ask(moved, before)).vehicleId, moved.vehicleId);
    t.equal(
      (await ask(moved, after)).vehicleId,
      `${moved.vehicleId}-moi`,
      'an identity plate goes to another vehicle',
    );
    t.equal((await ask(story('stolen'), before)).status, 'active');
    t.equal((await ask(story('stolen'), after)).status, 'stolen');
    t.equal((await ask(story('plate-returned'), after)).status, 'plate-returned');
  });

  t.test('the colour decides between two, and without it nobody is chosen', async (t) => {
    const twin = story('colour-twin').plates[0]!;
    await t.rejects(register.vehicleAsOf(twin.text, null, after, asked), { code: 'AMBIGUOUS' });
    t.equal((await register.vehicleAsOf(twin.text, 'yellow', after, asked)).plateColour, 'yellow');
    const plain = story('plain').plates[0]!;
    const other = plain.colour === 'white' ? 'yellow' : 'white';
    await t.rejects(register.vehicleAsOf(plain.text, other, after, asked), {
      code: 'NOT_FOUND',
      details: { otherColours: [plain.colour] },
    });
  });

  t.test('nothing but an exact, complete plate is asked', async (t) => {
    const text = story('plain').plates[0]!.text;
    await t.rejects(register.vehicleAsOf(`${text.slice(0, -1)}?`, 'white', after, asked), {
      code: 'PLATE_NOT_ASKABLE',
    });
    await t.rejects(register.vehicleAsOf('%', 'white', after, asked), { code: 'PLATE_NOT_ASKABLE' });
    await t.rejects(register.vehicleAsOf('99Z99999', 'white', after, asked), { code: 'NOT_FOUND' });
    const { seen } = (await (await fetch(`${simulator.url}/_seen`)).json()) as {
      seen: { plate?: string; actor?: string; purpose?: string }[];
    };
    t.ok(
      seen.every(
        (one) =>
          /^[A-Z0-9]+$/.test(one.plate ?? '') && one.actor === asked.actor && one.purpose === asked.purpose,
      ),
    );
  });

  t.test('late, twice, wrong, never', async (t) => {
    const vehicle = story('plain');
    const fault = (mode: string, count?: number, ms?: number) =>
      fetch(`${simulator.url}/_faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ mode, count, ms }),
      });
    await fault('twice', 1);
    t.equal((await ask(vehicle, after)).vehicleId, vehicle.vehicleId, 'asked again after a cut connection');
    await fault('late', 1, 3000);
    t.equal((await ask(vehicle, after)).vehicleId, vehicle.vehicleId, 'asked again after the time limit');
    await fault('never', 2);
    t.equal((await ask(vehicle, after)).vehicleId, vehicle.vehicleId, 'asked a third time');
    await fault('never');
    await t.rejects(ask(vehicle, after), { code: 'UNAVAILABLE' });
    await fault('wrong');
    await t.rejects(ask(vehicle, after), { code: 'BAD_ANSWER' });
    await fault('none');
    await t.rejects(
      new HttpVehicleRegister({ url: simulator.url, key: 'wrong' }).vehicleAsOf(
        '30F25658',
        null,
        after,
        asked,
      ),
      { code: 'REFUSED' },
    );
  });
});
