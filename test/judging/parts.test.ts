import t from 'tap';
import type { SeenFrame, SeenVehicle } from '../../src/judging/frame.js';
import { judgeFrames } from '../../src/judging/replay.js';
import { cameraOf } from '../../src/sites/index.js';
import { viewOf } from '../../src/sites/view.js';
import { streetFrames } from './street-frames.js';

const { site, cameraId, frames } = streetFrames('bus-in-a-forbidden-street');
const view = viewOf(cameraOf(site, cameraId)!);

/** The same frames with one more box wherever the coach is large. */
const withMore = (of: (coach: SeenVehicle) => Pick<SeenVehicle, 'kind' | 'box'> | null): SeenFrame[] =>
  frames.map((frame) => {
    const coach = frame.observations.find(({ kind, box }) => kind === 'bus' && box[3] - box[1] > 350);
    const more = coach === undefined ? null : of(coach);
    if (more === null) return frame;
    const one: SeenVehicle = { idx: 9, score: 0.6, bodyColour: 'unknown', plate: null, ...more };
    return { ...frame, observations: [...frame.observations, one] };
  });
const kindsOf = (seen: readonly SeenFrame[]): string[] =>
  judgeFrames(seen, site)
    .map(({ passage }) => passage.kind)
    .sort();

t.test('a part of a coach that fills the picture is no vehicle of its own', (t) => {
  t.strictSame(kindsOf(frames), ['bus'], 'the coach is seen');
  const upper = withMore(({ box: [x1, y1, x2, y2] }) => ({
    kind: 'car',
    box: [x1 + 20, y1 + 5, x2 - 20, y1 + 0.7 * (y2 - y1)],
  }));
  t.strictSame(kindsOf(upper), ['bus'], 'its windscreen');
  const lower = withMore(({ box: [x1, y1, x2, y2] }) => ({
    kind: 'truck',
    box: [x1 + 5, y1 + 0.6 * (y2 - y1), x2 - 5, y2],
  }));
  t.strictSame(kindsOf(lower), ['bus'], 'its bumper');
  t.end();
});

t.test('who rides close before a coach, or beside it, is somebody else, though inside its box', (t) => {
  const at = (
    coach: SeenVehicle,
    before: number,
    aside: number,
  ): Pick<SeenVehicle, 'kind' | 'box'> | null => {
    const [x, y] = view.toRoad((coach.box[0] + coach.box[2]) / 2, coach.box[3]);
    const [u, v] = view.toImage(x + aside, y - before);
    if (v > view.camera.image.height - 10) return null;
    const px = 1 / view.metresPerPixel(u, v).across;
    return { kind: 'motorcycle', box: [u - 0.35 * px, v - 1.6 * px, u + 0.35 * px, v] };
  };
  t.strictSame(kindsOf(withMore((coach) => at(coach, 2.4, 0))), ['bus', 'motorcycle'], 'before it');
  t.strictSame(kindsOf(withMore((coach) => at(coach, -3, 1.8))), ['bus', 'motorcycle'], 'beside it');
  t.end();
});
