import t from 'tap';
import type { SeenFrame, SeenVehicle } from '../../src/judging/frame.js';
import { addRead, fuse } from '../../src/judging/plate.js';
import { LETTERS } from '../../src/vision/letters.js';
import { judgeFrames } from '../../src/judging/replay.js';
import type { PlateRead } from '../../src/vision/observation.js';
import { streetFrames } from './street-frames.js';

const { site, frames } = streetFrames('just-over-in-town');
const couldBe = (change: (one: SeenVehicle, i: number) => Partial<SeenVehicle>): readonly string[] => {
  const seen: SeenFrame[] = frames.map((frame, i) => ({
    ...frame,
    observations: frame.observations.map((one) => ({ ...one, ...change(one, i) })),
  }));
  const judged = judgeFrames(seen, site);
  t.equal(judged.length, 1, 'one vehicle');
  return judged[0]!.passage.couldBe;
};
const cutAbove = ([x1, , x2, y2]: SeenVehicle['box']): SeenVehicle['box'] => [x1, 0, x2, y2];

t.test("a look at what the picture's rim cuts says a tenth of what a whole one says", (t) => {
  const lorryAtFirst = (cut: boolean) =>
    couldBe(({ box }, i) =>
      i >= frames.length / 2 ? { kind: 'car' } : { kind: 'truck', ...(cut ? { box: cutAbove(box) } : {}) },
    );
  t.strictSame(lorryAtFirst(true), ['car'], 'only while it was cut it was taken for a lorry');
  t.strictSame([...lorryAtFirst(false)].sort(), ['car', 'truck'], 'the same looks, whole');
  t.end();
});

t.test('unsure looks, however many, do not tell the class', (t) => {
  const middle = Math.floor(frames.length / 2);
  const sureLooks = (count: number) =>
    couldBe((_, i) => ({ score: i >= middle && i < middle + count ? 0.9 : 0.45 }));
  t.strictSame([...sureLooks(2)].sort(), ['bus', 'car', 'motorcycle', 'truck'], 'two sure looks');
  t.strictSame(sureLooks(3), ['car'], 'three');
  t.end();
});

t.test('of a fused plate every character must be all but certain', (t) => {
  const text = '30E26317';
  /** All frames agree, with these odds for the third character. */
  const fused = (p: number) => {
    const probs = [...text].map((c, slot) =>
      [...LETTERS].map((other) => {
        const sure = slot === 2 ? p : 0.999;
        return other === c ? sure : (1 - sure) / (LETTERS.length - 1);
      }),
    );
    const read = {
      text,
      accepted: true,
      abstentions: [],
      confidence: p,
      probs,
      lines: 1,
      box: [0, 0, 100, 28],
      heightPx: 28,
      colour: 'white',
      colourConfidence: 0.9,
    } as unknown as PlateRead;
    const add = (sum: Parameters<typeof addRead>[0], i: number) =>
      addRead(sum, read, { frameId: `f${i}`, cameraId: 'c', idx: 0, at: i });
    return fuse([0, 1, 2, 3].reduce(add, null))!;
  };
  t.match(fused(0.97), { text, accepted: true, reason: null });
  t.match(fused(0.93), { text, accepted: false, reason: 'low-confidence' }, 'readable, yet not sure');
  t.match(fused(0.85), { text, accepted: false, reason: 'low-confidence' });
  t.end();
});

t.test('one accepted look is too few where the second head objects to the others', (t) => {
  const text = '43V140494';
  const read = (disputed: boolean): PlateRead => ({
    text,
    display: '43-V1 404.94',
    accepted: !disputed,
    abstentions: disputed ? ['heads-disagree'] : [],
    confidence: 0.995,
    chars: [...text].map((c) => ({ c, p: 0.995 })),
    probs: [...text].map((c) => [...LETTERS].map((other) => (other === c ? 0.995 : 0.0001))),
    lines: 2,
    box: [0, 0, 40, 28],
    heightPx: 28,
    colour: 'white',
    colourConfidence: 0.9,
  });
  const fused = (...looks: boolean[]) =>
    fuse(
      looks.reduce(
        (sum, disputed, i) =>
          addRead(sum, read(disputed), { frameId: `f${i}`, cameraId: 'c', idx: 0, at: i }),
        null as Parameters<typeof addRead>[0],
      ),
    )!;
  t.match(fused(true, false, true, true), { accepted: false, reason: 'low-confidence' });
  t.match(fused(false, true), { accepted: true }, 'one objection');
  t.match(fused(true, false, true, false), { accepted: true }, 'two looks stand by it');
  t.end();
});
