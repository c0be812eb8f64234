import { siteVersion, type Point } from '../../sites/site-schema.js';
import type { TwinSite } from '../behaviour/types.js';
import { backToBack, certified, mirrored, rectangle, SIGNED, surveyed, unit, VALID } from './parts.js';

/**
 * An expressway under a gantry: the near carriageway comes towards the front camera (-y) and leaves before the rear one;
 * its drivers' right is -x. The far carriageway runs the other way.
 */
const FAR = 140;
const { front, rear } = backToBack(7, 29.4, 18);
const known: Point[] = [
  [-5.25, 22],
  [5.25, 22],
  [-5.25, 40],
  [5.25, 40],
  [-2.25, 30],
  [1.5, 60],
];
const lane = (
  id: string,
  x0: number,
  x1: number,
  down: boolean,
  kind: 'traffic' | 'emergency' | 'opposite',
  permitted: string[],
) => ({
  id,
  area: rectangle(x0, -FAR, x1, FAR),
  kind,
  direction: [0, down ? -1 : 1],
  permitted,
});
const motor = ['car', 'bus', 'truck'];

export const expressway: TwinSite = {
  surroundings: 'expressway',
  site: siteVersion.parse({
    schema: 'phat-nguoi/site/1',
    siteId: 'cao-toc-km20',
    version: 1,
    name: { vi: 'Cao tốc mô phỏng, km 20+300', en: 'Simulated expressway, km 20+300' },
    road: 'expressway',
    place: {
      address: { vi: 'Km 20+300 cao tốc mô phỏng, Hà Nội', en: 'Km 20+300 simulated expressway, Hanoi' },
      province: '29',
      lat: 21.2,
      lon: 105.8,
    },
    unit,
    ...VALID,
    signedOff: SIGNED,
    cameras: [
      surveyed('ct20-truoc', 'front', front, known),
      surveyed('ct20-sau', 'rear', rear, mirrored(known)),
    ],
    oneWay: true,
    lanes: [
      lane('lan-khan-cap', -5.25, -2.25, true, 'emergency', motor),
      lane('lan-2', -2.25, 1.5, true, 'traffic', motor),
      lane('lan-1', 1.5, 5.25, true, 'traffic', ['car', 'bus']),
      lane('nguoc-1', 7.25, 11, false, 'opposite', motor),
      lane('nguoc-2', 11, 14.75, false, 'opposite', motor),
      lane('nguoc-khan-cap', 14.75, 17.75, false, 'opposite', motor),
    ],
    stopLine: null,
    limits: [
      { classes: ['car', 'bus'], max: 100, min: 60 },
      { classes: ['truck'], max: 80, min: 60 },
    ],
    zones: [
      {
        id: 'vach-lien',
        kind: 'solid-line',
        area: [
          [1.5, 45],
          [1.5, -45],
        ],
      },
    ],
    certificates: [
      certified('ct20-truoc', 'speed-meter', 'R24-0001'),
      certified('ct20-truoc', 'distance-meter', 'L10-0001'),
      certified('ct20-truoc', 'recorder', 'V8-0001'),
      certified('ct20-sau', 'recorder', 'V8-0002'),
    ],
  }),
  optics: { 'ct20-truoc': front, 'ct20-sau': rear },
  signals: [],
  surfaces: [
    { kind: 'grass', outline: rectangle(-120, -FAR, 120, FAR) },
    { kind: 'asphalt', outline: rectangle(-5.75, -FAR, 5.75, FAR) },
    { kind: 'asphalt', outline: rectangle(6.75, -FAR, 18.25, FAR) },
  ],
  markings: [
    {
      points: [
        [-5.2, -FAR],
        [-5.2, FAR],
      ],
      width: 0.2,
      colour: 'white',
    },
    {
      points: [
        [-2.25, -FAR],
        [-2.25, FAR],
      ],
      width: 0.2,
      colour: 'white',
    },
    {
      points: [
        [1.5, -FAR],
        [1.5, -45],
      ],
      width: 0.15,
      dash: [6, 9],
      colour: 'white',
    },
    {
      points: [
        [1.5, -45],
        [1.5, 45],
      ],
      width: 0.15,
      colour: 'white',
    },
    {
      points: [
        [1.5, 45],
        [1.5, FAR],
      ],
      width: 0.15,
      dash: [6, 9],
      colour: 'white',
    },
    {
      points: [
        [5.2, -FAR],
        [5.2, FAR],
      ],
      width: 0.2,
      colour: 'yellow',
    },
    {
      points: [
        [7.3, -FAR],
        [7.3, FAR],
      ],
      width: 0.2,
      colour: 'yellow',
    },
    {
      points: [
        [11, -FAR],
        [11, FAR],
      ],
      width: 0.15,
      dash: [6, 9],
      colour: 'white',
    },
    {
      points: [
        [14.75, -FAR],
        [14.75, FAR],
      ],
      width: 0.2,
      colour: 'white',
    },
  ],
  arrows: [],
  furniture: [
    {
      kind: 'barrier',
      points: [
        [6.25, -FAR],
        [6.25, FAR],
      ],
    },
    {
      kind: 'rail',
      points: [
        [-6.1, -FAR],
        [-6.1, FAR],
      ],
    },
    {
      kind: 'rail',
      points: [
        [18.6, -FAR],
        [18.6, FAR],
      ],
    },
    {
      kind: 'sign',
      at: [-7.2, 62],
      height: 3,
      facing: [0, 1],
      size: [0.9, 0.9],
      text: '100',
      style: 'limit',
    },
    ...[-110, -80, -50, 50, 80, 110].map((y) => ({
      kind: 'tree' as const,
      at: [-12 - (Math.abs(y) % 7), y] as const,
      size: 5,
    })),
  ],
};
