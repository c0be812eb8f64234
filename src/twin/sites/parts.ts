import { lensOf } from '../behaviour/optics.js';
import type { Optics } from '../behaviour/types.js';
import type { Point, SiteVersion } from '../../sites/site-schema.js';
import type { SignalHead } from '../picture-spec.js';

/** Pieces that the three demo sites share. */
export const rectangle = (x0: number, y0: number, x1: number, y1: number): [Point, Point, Point, Point] => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
];

/** Calibration as a surveyor would note it: known road points and their pixels, rounded to half a pixel. */
export function calibrationOf(optics: Optics, road: readonly Point[]): { image: Point; road: Point }[] {
  const lens = lensOf(optics);
  return road.map((at) => {
    const seen = lens.project(at[0], at[1], 0);
    if (seen === null || seen[0] < 0 || seen[0] > optics.width || seen[1] < 0 || seen[1] > optics.height) {
      throw new Error(`calibration point ${at.join(', ')} is outside the picture`);
    }
    return { image: [Math.round(seen[0] * 2) / 2, Math.round(seen[1] * 2) / 2], road: at };
  });
}

/** Two lenses on one pole over the middle of the road, back to back: one sees fronts coming, the other rears leaving. */
export const backToBack = (
  height: number,
  far: number,
  verticalFovDeg: number,
): Record<'front' | 'rear', Optics> => {
  const lens = (y: number): Optics => ({
    position: [0, 0, height],
    target: [0, y, 0],
    verticalFovDeg,
    width: 1920,
    height: 1080,
  });
  return { front: lens(far), rear: lens(-far) };
};

/** A camera as a site has it, surveyed by known places. */
export const surveyed = (id: string, sees: 'front' | 'rear', optics: Optics, road: readonly Point[]) => ({
  id,
  sees,
  image: { width: optics.width, height: optics.height },
  calibration: calibrationOf(optics, road),
});
/** The same places on the other side of the pole. */
export const mirrored = (road: readonly Point[]): Point[] => road.map(([x, y]) => [x, -y]);

/** Housing of three lamps, red above: half its width and height in metres. */
export const HEAD_HALF = { width: 0.2, height: 0.55 };

/** Pixels of a signal head in a camera. */
export function lampRegion(optics: Optics, head: SignalHead): [number, number, number, number] {
  const lens = lensOf(optics);
  const [x, y, z] = head.position;
  const side: Point = [-head.facing[1], head.facing[0]];
  const corners = [-1, 1].flatMap((i) =>
    [-1, 1].map((j) =>
      lens.project(
        x + i * side[0] * HEAD_HALF.width,
        y + i * side[1] * HEAD_HALF.width,
        z + j * HEAD_HALF.height,
      ),
    ),
  );
  const us = corners.map((corner) => corner![0]);
  const vs = corners.map((corner) => corner![1]);
  return [
    Math.floor(Math.min(...us)),
    Math.floor(Math.min(...vs)),
    Math.ceil(Math.max(...us)),
    Math.ceil(Math.max(...vs)),
  ];
}

export const unit: SiteVersion['unit'] = {
  name: {
    vi: 'Phòng CSGT Công an thành phố Hà Nội (mô phỏng)',
    en: 'Hanoi Traffic Police Division (simulated)',
  },
  phone: '024 0000 0000',
  address: { vi: '01 Đường Mô Phỏng, Hà Nội', en: '1 Simulated Street, Hanoi' },
};

export const VALID = { validFrom: '2026-01-01T00:00:00Z', validTo: null };
export const SIGNED = { by: 'ky-su-truong', at: '2025-12-20T03:00:00Z' };

/** A certified device of a demo camera. */
export function certified(
  cameraId: string,
  device: 'speed-meter' | 'distance-meter' | 'recorder',
  serial: string,
) {
  return {
    cameraId,
    device,
    model: device === 'speed-meter' ? 'TWIN-R24' : device === 'distance-meter' ? 'TWIN-L10' : 'TWIN-V8',
    serial,
    certificateNo: `TWIN-${serial}-2026`,
    issuedBy: 'Trung tâm Đo lường mô phỏng',
    validFrom: '2026-01-01T00:00:00Z',
    validTo: '2027-06-30T17:00:00Z',
    ...(device === 'speed-meter' ? { mpeKmh: 3, rangeKmh: [20, 250] as [number, number] } : {}),
  };
}
