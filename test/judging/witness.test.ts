import t from 'tap';
import type { SeenFrame } from '../../src/judging/frame.js';
import { LETTERS } from '../../src/vision/letters.js';
import { judgeFrames } from '../../src/judging/replay.js';
import { makeScene, observedFrame, type Scene } from '../../src/twin/behaviour/index.js';

/** All frames of a camera of a scene, without what devices say. */
const framesOf = (scene: Scene, camera: string): SeenFrame[] =>
  Array.from({ length: scene.frames }, (_, i) => ({ ...observedFrame(scene, camera, i), claims: {} }));
const rulesOf = (judged: ReturnType<typeof judgeFrames>): string[] =>
  judged.flatMap((one) => one.findings.map((finding) => finding.rule));

t.test(
  'a broken-down vehicle excuses who goes round it, also when its long stay is cut just then',
  async (t) => {
    const scene = makeScene({ site: 'expressway', seed: 3, roles: ['crosses-solid-line'], plain: 0 });
    const { site } = scene.site;
    const all = Object.keys(scene.site.optics).flatMap((camera) => framesOf(scene, camera));
    const [driver] = judgeFrames(all, site);
    const crossing = driver!.findings.find((finding) => finding.rule === 'solid-line')!;
    const place = driver!.passage.points.findLast((point) => point.at < crossing.occurredAt - 600)!;
    const there = all.find((frame) => frame.id === place.frameId)!;
    const stranded = { ...there.observations[0]!, idx: 77, plate: null };
    const start = Math.min(...all.map((frame) => frame.at));
    const withStranded = (seconds: number): SeenFrame[] => [
      ...Array.from({ length: seconds * 4 }, (_, k) => ({
        ...there,
        id: `before ${k}`,
        at: start - (k + 1) * 250,
        sequence: -k - 1,
        observations: [stranded],
      })),
      ...all.map((frame) =>
        frame.cameraId === there.cameraId
          ? { ...frame, observations: [...frame.observations, stranded] }
          : frame,
      ),
    ];
    // Cut at 300 s: never while the driver is there, and between his crossing and his leaving.
    for (const seconds of [60, 290, 292])
      t.notOk(rulesOf(judgeFrames(withStranded(seconds), site)).includes('solid-line'), `${seconds} s`);
  },
);

t.test(
  'a stay that came and went by remains in memory as long as somebody is there who saw it',
  async (t) => {
    const scene = makeScene({ site: 'expressway', seed: 11, roles: ['limps-with-hazard-lamps'], plain: 0 });
    const { site } = scene.site;
    const camera = 'ct20-truoc';
    const alone = framesOf(scene, camera).filter((frame) => frame.observations.length === 1);
    const way = judgeFrames(alone, site)[0]!.passage.points.map(({ centre, box }) => ({ y: centre[1], box }));
    const boxAt = (y: number) => way.find((point) => point.y <= y)?.box;
    const [top, end] = [way[1]!.y - 1, way.at(-2)!.y + 1];
    const path = (knots: readonly (readonly [number, number])[]) => (at: number) => {
      const k = knots.findIndex(([time]) => time >= at);
      if (k <= 0) return undefined;
      const [[t0, y0], [t1, y1]] = [knots[k - 1]!, knots[k]!];
      return boxAt(y0 + ((y1 - y0) * (at - t0)) / (t1 - t0));
    };
    const [stop, rest] = [top - 30, 40];
    const drivers = [
      path([
        [0, top],
        [4, stop],
        [44, stop],
        [50, end],
      ]),
      path([
        [2, top],
        [5, stop + 10],
        [46, stop + 10],
        [52, end + 3],
        [52 + rest, end + 3],
      ]),
    ];
    const frames = Array.from({ length: (60 + rest) * 5 }, (_, k): SeenFrame => ({
      ...alone[0]!,
      id: `f${k}`,
      at: alone[0]!.at + k * 200,
      sequence: k,
      observations: drivers.flatMap((driver, idx) => {
        const box = driver(k / 5);
        return box === undefined ? [] : [{ ...alone[0]!.observations[0]!, idx, box, plate: null }];
      }),
    }));
    const [first, second] = judgeFrames(frames, site);
    t.same(
      first!.findings.map((finding) => finding.rule),
      ['stopping'],
      'who stood at the head',
    );
    t.same(second!.findings, []);
    t.equal(
      second!.notFired.find((one) => one.rule === 'stopping')?.reason,
      'no-queue',
      'and who had to stand behind him',
    );
  },
);

t.test('who drove forward and then backs does not go the wrong way', async (t) => {
  const scene = makeScene({ site: 'street', seed: 5, roles: ['just-over-in-town'], plain: 0 });
  const { site } = scene.site;
  const forward = framesOf(scene, Object.keys(scene.site.optics)[0]!)
    .filter((frame) => frame.observations.length > 0)
    .slice(0, 24);
  const last = forward.at(-1)!;
  const again = (frame: SeenFrame, k: number): SeenFrame => ({
    ...frame,
    id: `again ${k}`,
    at: last.at + (k + 1) * 100,
    sequence: 1000 + k,
    observations: frame.observations.map((one) => ({ ...one, plate: null })),
  });
  const stands = Array.from({ length: 15 }, () => last);
  // The way back a third as fast as the way there.
  const back = forward
    .slice(4)
    .reverse()
    .flatMap((frame, i, all) => {
      const next = all[i + 1] ?? frame;
      const between = (share: number): SeenFrame => ({
        ...frame,
        observations: frame.observations.map((one, n) => ({
          ...one,
          box: one.box.map(
            (v, k) => v + (next.observations[n]!.box[k]! - v) * share,
          ) as unknown as typeof one.box,
        })),
      });
      return [between(0), between(1 / 3), between(2 / 3)];
    });
  const judged = judgeFrames([...forward, ...[...stands, ...back].map(again)], site);
  t.notOk(rulesOf(judged).includes('wrong-way'));
  t.equal(judged[0]!.notFired.find((one) => one.rule === 'wrong-way')?.reason, 'never-forward');
});

t.test(
  'one act of one law row is one violation, whichever rules tell of it in a second passage',
  async (t) => {
    const scene = makeScene({ site: 'expressway', seed: 1, roles: ['motorcycle-on-expressway'], plain: 0 });
    const text = '29XL05495';
    const probs = [...text].map((c) => [...LETTERS].map((letter) => (letter === c ? 0.99 : 0.0002)));
    const frames = framesOf(scene, 'ct20-sau').map((frame, i) => ({
      ...frame,
      at: frame.at + i * 100,
      observations: frame.observations.map((one) => ({
        ...one,
        plate: {
          text,
          display: text,
          accepted: true,
          abstentions: [],
          confidence: 0.99,
          chars: [],
          lines: 2 as const,
          heightPx: 40,
          colour: 'white' as const,
          colourConfidence: 0.9,
          probs,
          box: [
            (one.box[0] + one.box[2]) / 2 - 5,
            one.box[3] - 30,
            (one.box[0] + one.box[2]) / 2 + 5,
            one.box[3] - 15,
          ] as const,
        },
      })),
    }));
    const hidden = frames.filter((frame) => frame.observations.length > 0)[14]!.at;
    const judged = judgeFrames(
      frames.filter(({ at }) => at < hidden || at > hidden + 3000),
      scene.site.site,
    );
    t.equal(judged.length, 2, 'two passages');
    t.same(rulesOf(judged), ['forbidden-class']);
  },
);

t.test(
  'a reading without a box is not given to the one vehicle that is followed while another is in the picture',
  async (t) => {
    const scene = makeScene({ site: 'street', seed: 5, roles: ['just-over-in-town'], plain: 0 });
    const { site } = scene.site;
    const camera = Object.keys(scene.site.optics)[0]!;
    const { width, height } = scene.site.optics[camera]!;
    const frames = framesOf(scene, camera).filter((frame) => frame.observations.length > 0);
    const device = site.certificates.find((one) => one.device === 'speed-meter')!.serial;
    const lane = judgeFrames(frames, site)[0]!.passage.points[20]!.lane!;
    const read = (
      word: { lane?: string },
      box?: readonly [number, number, number, number],
      score = 0.9,
    ): string[] =>
      rulesOf(
        judgeFrames(
          frames.map((frame, i) =>
            i !== 20
              ? frame
              : {
                  ...frame,
                  observations: [
                    ...frame.observations,
                    ...(box === undefined
                      ? []
                      : [{ ...frame.observations[0]!, idx: 5, box, score, plate: null }]),
                  ],
                  claims: { speeds: [{ kmh: 72, device, ...word }] },
                },
          ),
          site,
        ),
      );
    t.same(read({}), ['speeding'], 'alone');
    t.same(read({ lane }), ['speeding'], 'alone in its lane');
    const leaving = [width / 10, height - 300, width / 10 + 320, height] as const;
    t.same(read({}, leaving), [], 'another at the lower rim, nearest to the radar');
    t.same(read({ lane }, leaving), [], 'whose lane is not seen');
    t.same(read({}, [200, 600, 420, 820], 0.3), [], 'another that the detector is not sure of');
  },
);
