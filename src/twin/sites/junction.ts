import { siteVersion } from '../../sites/site-schema.js';
import type { SignalHead } from '../picture-spec.js';
import type { Optics, TwinSite } from '../behaviour/types.js';
import { calibrationOf, certified, lampRegion, rectangle, SIGNED, unit, VALID } from './parts.js';

/**
 * A signalled junction. The judged approach runs +y, so its drivers' right is +x: the rear camera stands behind the queue and
 * sees rear plates and the near lamp; the front camera faces it across the junction.
 */
const FAR = 120;
export const STOP_Y = 30;
/** The crossing road lies between these. */
export const CROSS = { from: 36, to: 56 };
const rear: Optics = {
  position: [0, 0, 8],
  target: [0, 28.6, 0],
  verticalFovDeg: 16,
  width: 1920,
  height: 1080,
};
const front: Optics = {
  position: [0, 72, 8],
  target: [0, 39.4, 0],
  verticalFovDeg: 16,
  width: 1920,
  height: 1080,
};
const head: SignalHead = { id: 'den-chinh', position: [5.85, STOP_Y + 0.6, 3.0], facing: [0, -1] };
const all = ['car', 'motorcycle', 'bus', 'truck'];

export const junction: TwinSite = {
  surroundings: 'junction',
  site: siteVersion.parse({
    schema: 'phat-nguoi/site/1',
    siteId: 'nut-giao-01',
    version: 1,
    name: { vi: 'Nút giao mô phỏng Hoa Sen', en: 'Simulated junction Hoa Sen' },
    road: 'urban',
    place: {
      address: {
        vi: 'Nút giao Hoa Sen – Hoa Mai (mô phỏng), Hà Nội',
        en: 'Hoa Sen – Hoa Mai junction (simulated), Hanoi',
      },
      province: '29',
      lat: 21.02,
      lon: 105.83,
    },
    unit,
    ...VALID,
    signedOff: SIGNED,
    cameras: [
      {
        id: 'nut01-sau',
        sees: 'rear',
        image: { width: rear.width, height: rear.height },
        calibration: calibrationOf(rear, [
          [-5.25, STOP_Y],
          [5.25, STOP_Y],
          [-1.75, 20],
          [1.75, 20],
          [-5.25, 50],
          [5.25, 50],
        ]),
        lamps: [{ signal: head.id, region: lampRegion(rear, head) }],
      },
      {
        id: 'nut01-truoc',
        sees: 'front',
        image: { width: front.width, height: front.height },
        calibration: calibrationOf(front, [
          [-5.25, STOP_Y],
          [5.25, STOP_Y],
          [-5.25, 44],
          [5.25, 44],
          [-1.75, 16],
          [1.75, 16],
        ]),
      },
    ],
    oneWay: false,
    lanes: [
      {
        id: 'lan-1',
        area: rectangle(-5.25, -60, -1.75, STOP_Y),
        kind: 'traffic',
        direction: [0, 1],
        permitted: all,
        movements: ['straight', 'left'],
      },
      {
        id: 'lan-2',
        area: rectangle(-1.75, -60, 1.75, STOP_Y),
        kind: 'traffic',
        direction: [0, 1],
        permitted: all,
        movements: ['straight'],
      },
      {
        id: 'lan-3',
        area: rectangle(1.75, -60, 5.25, STOP_Y),
        kind: 'traffic',
        direction: [0, 1],
        permitted: all,
        movements: ['straight', 'right'],
      },
      {
        id: 'nguoc-1',
        area: rectangle(-9.25, -60, -5.75, STOP_Y),
        kind: 'opposite',
        direction: [0, -1],
        permitted: all,
      },
      {
        id: 'nguoc-2',
        area: rectangle(-12.75, -60, -9.25, STOP_Y),
        kind: 'opposite',
        direction: [0, -1],
        permitted: all,
      },
    ],
    stopLine: [
      [-5.25, STOP_Y],
      [5.25, STOP_Y],
    ],
    signals: [{ id: head.id, lanes: ['lan-1', 'lan-2', 'lan-3'], rightTurnOnRed: true }],
    limits: [{ classes: all, max: 50 }],
    zones: [
      {
        id: 'vach-lien',
        kind: 'solid-line',
        area: [
          [1.75, 10],
          [1.75, STOP_Y],
        ],
      },
    ],
    certificates: [
      certified('nut01-sau', 'recorder', 'V8-0011'),
      certified('nut01-truoc', 'recorder', 'V8-0012'),
    ],
  }),
  optics: { 'nut01-sau': rear, 'nut01-truoc': front },
  signals: [head],
  surfaces: [
    { kind: 'pavement', outline: rectangle(-90, -60, 90, FAR) },
    { kind: 'asphalt', outline: rectangle(-12.9, -60, 5.6, FAR) },
    { kind: 'asphalt', outline: rectangle(-90, CROSS.from, 90, CROSS.to) },
  ],
  markings: [
    {
      points: [
        [-5.25, STOP_Y],
        [5.25, STOP_Y],
      ],
      width: 0.4,
      colour: 'white',
    },
    {
      points: [
        [-1.75, -60],
        [-1.75, STOP_Y],
      ],
      width: 0.15,
      dash: [3, 3],
      colour: 'white',
    },
    {
      points: [
        [1.75, -60],
        [1.75, 10],
      ],
      width: 0.15,
      dash: [3, 3],
      colour: 'white',
    },
    {
      points: [
        [1.75, 10],
        [1.75, STOP_Y],
      ],
      width: 0.15,
      colour: 'white',
    },
    {
      points: [
        [-5.5, -60],
        [-5.5, STOP_Y],
      ],
      width: 0.2,
      colour: 'yellow',
    },
    {
      points: [
        [-9.25, -60],
        [-9.25, STOP_Y],
      ],
      width: 0.15,
      dash: [3, 3],
      colour: 'white',
    },
    ...Array.from({ length: 12 }, (_, i) => ({
      points: [
        [-12 + i * 1.5, 32],
        [-12 + i * 1.5, 35],
      ] as const,
      width: 0.5,
      colour: 'white' as const,
    })),
  ],
  arrows: [
    { at: [-3.5, 21], heading: [0, 1], kind: 'straight-left' },
    { at: [0, 21], heading: [0, 1], kind: 'straight' },
    { at: [3.5, 21], heading: [0, 1], kind: 'straight-right' },
  ],
  furniture: [
    {
      kind: 'kerb',
      points: [
        [5.6, -60],
        [5.6, CROSS.from],
      ],
    },
    {
      kind: 'kerb',
      points: [
        [-12.9, -60],
        [-12.9, CROSS.from],
      ],
    },
    {
      kind: 'kerb',
      points: [
        [5.6, CROSS.to],
        [5.6, FAR],
      ],
    },
    {
      kind: 'kerb',
      points: [
        [-12.9, CROSS.to],
        [-12.9, FAR],
      ],
    },
    { kind: 'pole', at: [5.9, STOP_Y + 0.75], size: 3.8 },
    {
      kind: 'advert',
      at: [11, 62],
      height: 4.5,
      facing: [0, -1],
      size: [4, 2],
      text: '29A-123.45',
      style: 'advert',
    },
    { kind: 'building', at: [24, 76], size: [24, 16, 14] },
    { kind: 'building', at: [-30, 78], size: [26, 18, 18] },
    { kind: 'tree', at: [9, 22], size: 5 },
    { kind: 'tree', at: [-16, 21], size: 6 },
  ],
};
