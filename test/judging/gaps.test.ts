import t from 'tap';
import type { SeenFrame } from '../../src/judging/frame.js';
import { judgeFrames } from '../../src/judging/replay.js';
import { attribute } from '../../src/judging/tracking/attribute.js';
import type { TrackPoint } from '../../src/judging/passage.js';
import { seenProgress } from '../../src/judging/way.js';
import { streetFrames } from './street-frames.js';

/** One car that drives the street's first camera through, whole and read in every frame. */
const { site, frames } = streetFrames('just-over-in-town');

/** The same vehicle's frames later: another one on the same way. */
const later = (some: readonly SeenFrame[], ms: number, plate?: string): SeenFrame[] =>
  some.map((frame) => ({
    ...frame,
    id: `${frame.id}+${ms}`,
    at: frame.at + ms,
    sequence: frame.sequence + 1000,
    observations: frame.observations.map((one) => ({
      ...one,
      plate:
        one.plate !== null && plate !== undefined ? { ...one.plate, text: plate, accepted: true } : one.plate,
    })),
  }));
const passages = (seen: readonly SeenFrame[]): number => judgeFrames(seen, site).length;

t.test('a gap of two seconds is bridged', (t) => {
  const middle = Math.floor(frames.length / 3);
  const from = frames[middle]!.at;
  t.equal(passages(frames), 1);
  const before = frames.filter(({ at }) => at < from);
  const after = frames.filter(({ at }) => at >= before.at(-1)!.at + 2000);
  t.ok(after.length >= 3, 'it is seen again');
  t.equal(passages([...before, ...after]), 1);
  t.end();
});

t.test('who would have had to go backwards while he was not seen is another', (t) => {
  // As slowly as one drives before a queue, so that he may stop at any time.
  const slow = frames.map((frame) => ({ ...frame, at: frames[0]!.at + (frame.at - frames[0]!.at) * 2.5 }));
  const half = Math.floor(frames.length / 2);
  const gone = slow.slice(0, half);
  const next = (from: number): SeenFrame[] => {
    const some = slow.slice(from);
    return later(some, gone.at(-1)!.at + 2200 - some[0]!.at);
  };
  t.equal(passages([...gone, ...next(half + 3)]), 1, 'he braked');
  t.equal(passages([...gone, ...next(half - 4)]), 2, 'another follows');
  t.end();
});

t.test('after a gap a sure plate that is none of its own is another vehicle', (t) => {
  const read = frames.map((frame) => ({
    ...frame,
    observations: frame.observations.map((one) => ({
      ...one,
      plate: one.plate === null ? null : { ...one.plate, text: '29A12345', accepted: true, abstentions: [] },
    })),
  }));
  const half = Math.floor(frames.length / 2);
  const from = frames[half]!.at;
  // The other drives a little behind where the first would be.
  const other = (plate?: string): SeenFrame[] =>
    later(
      read.filter(({ at }) => at > from + 550),
      150,
      plate,
    );
  t.equal(passages([...read.slice(0, half), ...other()]), 1, 'it may have braked');
  t.equal(passages([...read.slice(0, half), ...other('29A99999')]), 2);
  t.end();
});

t.test('a claim without a box may mean the vehicle that this frame missed', (t) => {
  const frame: SeenFrame = {
    ...frames[0]!,
    claims: { speeds: [{ kmh: 80, device: 'R24-0001' }] },
  };
  const inLane: SeenFrame = { ...frame, claims: { speeds: [{ kmh: 80, device: 'R24-0001', lane: 'a' }] } };
  const seen = [{ box: [100, 100, 200, 200] as const, lane: 'a' }];
  t.equal(attribute(frame, seen).length, 1, 'alone on the road');
  t.equal(attribute(frame, seen, ['b']).length, 0, 'not alone, though alone in the picture');
  t.equal(attribute(inLane, seen, ['b']).length, 1, 'the other is in another lane');
  t.equal(attribute(inLane, seen, ['a']).length, 0);
  t.end();
});

t.test('metres between looks far apart were not seen', (t) => {
  const point = (at: number, y: number): TrackPoint => ({ at, centre: [0, y] }) as unknown as TrackPoint;
  t.equal(seenProgress([point(0, 0), point(500, 3), point(3000, 30), point(3500, 34)], [0, 1]), 7);
  t.end();
});

t.test('a vehicle on duty that was lost from sight is still on duty when it is seen again', (t) => {
  const duty = streetFrames('bus-on-duty');
  const [before, after] = [duty.frames.slice(0, 16), duty.frames.slice(43)];
  const silent = after.map((frame): SeenFrame => ({ ...frame, claims: {} }));
  const noEntry = (seen: readonly SeenFrame[]) =>
    judgeFrames(seen, duty.site).flatMap(({ findings, notFired }) => [
      ...findings.map(({ rule }) => rule),
      ...notFired.filter(({ rule }) => rule === 'no-entry').map(({ reason }) => reason),
    ]);
  t.strictSame(noEntry(silent), ['no-entry'], 'by itself it breaks the law');
  t.strictSame(noEntry([...before, ...silent]).at(-1), 'not-on-duty');
  const another = later(silent, 5000);
  t.strictSame(noEntry([...before, ...another]).at(-1), 'no-entry', 'who comes later is another');
  t.end();
});
