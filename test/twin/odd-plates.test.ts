import t from 'tap';
import { makeScene, withOddPlates } from '../../src/twin/behaviour/index.js';
import { formatsOf, routeOf } from '../../src/plates/index.js';

t.test('plain traffic carries odd plates where it is told to, and moves as it did', (t) => {
  const seen = { states: new Set<string>(), inks: new Set<string>(), shirts: 0 };
  for (const site of ['expressway', 'street', 'junction'] as const)
    for (let seed = 1; seed <= 6; seed++) {
      const scene = makeScene({ site, seed, plain: 12 });
      const mixed = withOddPlates(scene);
      t.same(withOddPlates(scene), mixed, 'the same seed, the same plates');
      t.same(mixed.truth, scene.truth);
      scene.vehicles.forEach((before, i) => {
        const after = mixed.vehicles[i]!;
        const { front, rear, riders } = after;
        const { front: frontWas, rear: rearWas, riders: ridersWere, plateText } = before;
        t.same({ ...after, front: frontWas, rear: rearWas, riders: ridersWere, plateText }, before);
        if (before.role !== 'plain') t.same(after, before);
        seen.shirts += riders.filter((rider) => rider.shirtText !== undefined).length;
        for (const plate of [front, rear].filter((one) => one !== null)) {
          seen.states.add(plate.state);
          seen.inks.add(plate.ink);
          t.equal(plate.rows.join('').replace(/[-.]/g, ''), plate.text, 'painted is what is true');
          t.ok(formatsOf(plate.text).length > 0, `${plate.text} is a number of the law`);
          if (plate.ink === 'red') t.equal(routeOf(plate.text, { colour: 'red' }), 'military');
        }
      });
    }
  t.same([...seen.states].sort(), ['bent', 'clean', 'covered', 'dirty']);
  t.same([...seen.inks].sort(), ['blue', 'paper', 'red', 'white', 'yellow']);
  t.ok(seen.shirts > 0, 'and shirts with letters');
  t.end();
});
