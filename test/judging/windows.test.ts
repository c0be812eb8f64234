import t from 'tap';
import { mainOwner, ownersOf } from '../../bench/judging/run.js';
import { framesOf } from '../../bench/judging/shown.js';
import { windowPlan, type Window } from '../../bench/judging/windows.js';
import { judgeFrames } from '../../src/judging/replay.js';

/** A small plan of short stories; the bench's own takes half a minute a window. */
function windows(count: number): Window[] {
  const plan = windowPlan({
    roads: [{ site: 'expressway', startsAt: '2026-11-20T03:00:00.000Z' }],
    stories: 1,
    roles: { breaking: 1, near: 0 },
    nearTurn: { breaking: 0, near: 1 },
  });
  return Array.from({ length: count }, () => plan.next().value as Window);
}
const planned = windows(4);

t.test('a plan made twice is the same, on seeds that no training uses', (t) => {
  const words = (all: readonly Window[]) => all.map(({ scene, ...rest }) => ({ ...rest, seed: scene.seed }));
  t.strictSame(words(windows(2)), words(planned.slice(0, 2)));
  t.ok(planned.every(({ scene }) => scene.seed >= 20_000));
  t.equal(new Set(planned.map(({ name }) => name)).size, planned.length, 'no name twice');
  t.end();
});

t.test("a window's own true frames prove its violations", (t) => {
  t.ok(planned.some(({ violations }) => violations.length > 0));
  for (const { scene, cameras, from, to, violations } of planned) {
    const shown = framesOf(scene, cameras).filter(({ frame }) => frame >= from && frame <= to);
    const judged = judgeFrames(
      shown.map(({ as }) => as),
      scene.site.site,
    );
    const owners = ownersOf(new Map(shown.map(({ as, seen }) => [as.id, seen])), judged);
    const found = judged.flatMap(({ passage, findings }) =>
      findings.map(({ rule }) => `${rule} ${mainOwner(owners.get(passage.id)!)}`),
    );
    for (const act of violations) {
      const [rule, , vehicle] = act.split(' ');
      t.ok(found.includes(`${rule!} ${vehicle!}`), act);
    }
  }
  t.end();
});

t.test('windows of all cameras show a vehicle that goes from one into the next', (t) => {
  const plan = windowPlan({
    roads: [{ site: 'expressway', startsAt: '2026-11-20T03:00:00.000Z' }],
    stories: 1,
    roles: { breaking: 2, near: 0 },
    nearTurn: { breaking: 2, near: 0 },
    together: true,
  });
  const { scene, cameras, from, to, violations } = plan.next().value as Window;
  t.same(cameras, Object.keys(scene.site.optics));
  t.ok(violations.length > 0);
  const shown = framesOf(scene, cameras).filter(({ frame }) => frame >= from && frame <= to);
  const judged = judgeFrames(
    shown.map(({ as }) => as),
    scene.site.site,
  );
  const owners = ownersOf(new Map(shown.map(({ as, seen }) => [as.id, seen])), judged);
  for (const act of violations) {
    const [rule, , vehicle] = act.split(' ');
    const told = judged.filter(({ findings }) => findings.some((one) => one.rule === rule));
    const mine = told.filter(({ passage }) => mainOwner(owners.get(passage.id)!) === vehicle);
    t.equal(mine.length, 1, `${act}: one passage, one violation`);
    t.same([...new Set(mine[0]?.passage.points.map(({ cameraId }) => cameraId))].sort(), [...cameras].sort());
  }
  t.end();
});
