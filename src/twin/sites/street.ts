import { siteVersion, type Point } from '../../sites/site-schema.js';
import type { TwinSite } from '../behaviour/types.js';
import { backToBack, certified, mirrored, rectangle, SIGNED, surveyed, unit, VALID } from './parts.js';

/**
 * A one-way street. Lawful travel is -y, so its drivers' right is -x: one camera on the pole sees fronts coming, the other rears
 * leaving; who rides the wrong way shows the second camera nothing new, but the first one a rear plate.
 */
const FAR = 120;
const { front, rear } = backToBack(6.5, 31, 16);
const known: Point[] = [
  [-5.25, 21],
  [5.25, 21],
  [-5.25, 40],
  [5.25, 40],
  [-1.75, 28],
  [1.75, 55],
];

export const street: TwinSite = {
  surroundings: 'street',
  site: siteVersion.parse({
    schema: 'phat-nguoi/site/1',
    siteId: 'pho-mot-chieu-02',
    version: 1,
    name: { vi: 'Phố một chiều mô phỏng Hoa Cúc', en: 'Simulated one-way street Hoa Cúc' },
    road: 'urban',
    place: {
      address: { vi: 'Số 20 phố Hoa Cúc (mô phỏng), Hà Nội', en: '20 Hoa Cúc street (simulated), Hanoi' },
      province: '29',
      lat: 21.03,
      lon: 105.85,
    },
    unit,
    ...VALID,
    signedOff: SIGNED,
    cameras: [
      surveyed('pho02-truoc', 'front', front, known),
      surveyed('pho02-sau', 'rear', rear, mirrored(known)),
    ],
    oneWay: true,
    lanes: [
      {
        id: 'lan-xe-may',
        area: rectangle(-5.25, -FAR, -1.75, FAR),
        kind: 'traffic',
        direction: [0, -1],
        permitted: ['motorcycle'],
      },
      {
        id: 'lan-hon-hop',
        area: rectangle(-1.75, -FAR, 1.75, FAR),
        kind: 'traffic',
        direction: [0, -1],
        permitted: ['car', 'motorcycle', 'bus', 'truck'],
      },
      {
        id: 'lan-o-to',
        area: rectangle(1.75, -FAR, 5.25, FAR),
        kind: 'traffic',
        direction: [0, -1],
        permitted: ['car', 'bus', 'truck'],
      },
    ],
    stopLine: null,
    limits: [{ classes: ['car', 'motorcycle', 'bus', 'truck'], max: 60 }],
    zones: [
      {
        id: 'vach-lien',
        kind: 'solid-line',
        area: [
          [1.75, 45],
          [1.75, -45],
        ],
      },
      {
        id: 'gio-cam-tai',
        kind: 'truck-restricted',
        area: rectangle(-5.25, -FAR, 5.25, FAR),
        classes: ['truck'],
        hours: [
          { from: '06:00', to: '09:00' },
          { from: '16:00', to: '20:00' },
        ],
      },
      { id: 'cam-xe-khach', kind: 'no-entry', area: rectangle(-5.25, -FAR, 5.25, FAR), classes: ['bus'] },
      {
        id: 'cam-dung',
        kind: 'no-stopping',
        area: rectangle(-5.25, 15, 5.25, 60),
        ground: 'no-stopping-sign',
      },
    ],
    certificates: [
      certified('pho02-truoc', 'speed-meter', 'R24-0021'),
      certified('pho02-truoc', 'recorder', 'V8-0021'),
      certified('pho02-sau', 'recorder', 'V8-0022'),
    ],
  }),
  optics: { 'pho02-truoc': front, 'pho02-sau': rear },
  signals: [],
  surfaces: [
    { kind: 'pavement', outline: rectangle(-40, -FAR, 40, FAR) },
    { kind: 'asphalt', outline: rectangle(-5.5, -FAR, 5.5, FAR) },
  ],
  markings: [
    {
      points: [
        [-1.75, -FAR],
        [-1.75, FAR],
      ],
      width: 0.15,
      dash: [2, 4],
      colour: 'white',
    },
    {
      points: [
        [1.75, -FAR],
        [1.75, -45],
      ],
      width: 0.15,
      dash: [2, 4],
      colour: 'white',
    },
    {
      points: [
        [1.75, -45],
        [1.75, 45],
      ],
      width: 0.15,
      colour: 'white',
    },
    {
      points: [
        [1.75, 45],
        [1.75, FAR],
      ],
      width: 0.15,
      dash: [2, 4],
      colour: 'white',
    },
  ],
  arrows: [
    { at: [-3.5, 36], heading: [0, -1], kind: 'straight' },
    { at: [0, 36], heading: [0, -1], kind: 'straight' },
    { at: [3.5, 36], heading: [0, -1], kind: 'straight' },
  ],
  furniture: [
    {
      kind: 'kerb',
      points: [
        [-5.6, -FAR],
        [-5.6, FAR],
      ],
    },
    {
      kind: 'kerb',
      points: [
        [5.6, -FAR],
        [5.6, FAR],
      ],
    },
    {
      kind: 'sign',
      at: [6.4, 70],
      height: 2.6,
      facing: [0, 1],
      size: [0.7, 0.7],
      text: '',
      style: 'one-way',
    },
    {
      kind: 'sign',
      at: [6.4, -40],
      height: 2.6,
      facing: [0, -1],
      size: [0.7, 0.7],
      text: '',
      style: 'no-entry',
    },
    ...[12, 30, 48, 66].flatMap((y) => [
      { kind: 'building' as const, at: [-15, y] as const, size: [12, 16, 9 + (y % 5)] as const },
      { kind: 'building' as const, at: [15, -y] as const, size: [12, 16, 8 + (y % 7)] as const },
      { kind: 'building' as const, at: [15, y] as const, size: [12, 16, 10 + (y % 3)] as const },
    ]),
    { kind: 'tree', at: [-7, 38], size: 4 },
    { kind: 'tree', at: [7, 52], size: 4 },
    {
      kind: 'advert',
      at: [8, 44],
      height: 3,
      facing: [0, -1],
      size: [2.4, 1],
      text: '30F-256.58',
      style: 'advert',
    },
  ],
};
