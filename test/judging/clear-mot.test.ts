import t from 'tap';
import { clearMot, type MotFrame } from '../../bench/judging/clear-mot.js';
import { runScene, trueBoxes, type Observe } from '../../bench/judging/run.js';
import { tracking } from '../../bench/judging/score.js';

const box = (x: number) => [x, 0, x + 10, 10] as const;
const frame = (truth: Record<string, number>, said: Record<string, number>, owed = true): MotFrame => ({
  truth: Object.entries(truth).map(([id, x]) => ({ id, box: box(x), owed })),
  said: Object.entries(said).map(([passage, x]) => ({ passage, box: box(x) })),
});

t.test('what nobody found is missed, what is not there is false', (t) => {
  const frames = [frame({ a: 0, b: 50 }, { p: 1 }), frame({ a: 0, b: 50 }, { p: 1, q: 200 })];
  t.same(clearMot(frames), { truth: 4, missed: 2, falsely: 1, switches: 0, hypotheses: 3, idTrue: 2 });
  t.end();
});

t.test('another passage on the same vehicle is a switch, and only one bears its identity', (t) => {
  const frames = [frame({ a: 0 }, { p: 0 }), frame({ a: 0 }, { p: 0 }), frame({ a: 0 }, { q: 0 })];
  t.same(clearMot(frames), { truth: 3, missed: 0, falsely: 0, switches: 1, hypotheses: 3, idTrue: 2 });
  t.end();
});

t.test('who is found stays with his passage though another fits better for a moment', (t) => {
  const frames = [frame({ a: 0, b: 4 }, { p: 0, q: 4 }), frame({ a: 0, b: 4 }, { p: 3, q: 1 })];
  t.match(clearMot(frames), { switches: 0, missed: 0 });
  t.end();
});

t.test('whoever need not be found counts neither way', (t) => {
  const none = { truth: 0, missed: 0, falsely: 0, switches: 0, hypotheses: 0, idTrue: 0 };
  t.same(clearMot([frame({ a: 0 }, { p: 0 }, false), frame({ a: 0 }, {}, false)]), none);
  t.end();
});

t.test('eyes that see only every second vehicle are told so', (t) => {
  const order = { site: 'street', seed: 5, roles: ['just-over-in-town'], plain: 3 } as const;
  const half: Observe = (scene, cameraId, i, seen) => {
    const kept = seen.filter((one) => scene.vehicles.findIndex(({ id }) => id === one.id) % 2 === 0);
    return trueBoxes(scene, cameraId, i, kept);
  };
  const [whole, blind] = [tracking(), tracking()];
  runScene({ ...order, roles: [...order.roles] }, trueBoxes, whole);
  runScene({ ...order, roles: [...order.roles] }, half, blind);
  t.equal(blind.counts.truth, whole.counts.truth, 'there is as much to be found');
  t.equal(blind.vehicles, whole.vehicles);
  t.ok(whole.figures().mota > 0.8, `${whole.figures().mota}`);
  t.ok(blind.figures().mota < 0.7, `${blind.figures().mota}`);
  t.end();
});
