import { certificateFor, type CertifiedDevice, type SiteVersion } from '../sites/index.js';
import { held, type Hold } from './holds.js';

/** Rules whose act is a measured figure, and the device that may measure it (NĐ61/2026 Phụ lục I). */
export const MEASURED_BY: Readonly<Record<string, CertifiedDevice>> = {
  speeding: 'speed-meter',
  'below-minimum': 'speed-meter',
  'too-close': 'distance-meter',
};

export interface EvidenceFrame {
  readonly cameraId: string;
  readonly clockOffsetMs: number;
  /** What the camera said beside the picture, as it was kept. */
  readonly claims?: unknown;
}

/** What the device, its clock and its site hold the case for. None of these can be cleared by looking. */
export function evidenceHolds(
  rule: string,
  site: SiteVersion,
  frames: readonly EvidenceFrame[],
  at: Date,
): Hold[] {
  const found: Hold[] = [];
  const worst = Math.max(0, ...frames.map((frame) => Math.abs(frame.clockOffsetMs)));
  if (worst > site.clockToleranceMs) {
    found.push(held('CLOCK_OUT_OF_TOLERANCE', { ms: worst, tolerance: site.clockToleranceMs }));
  }
  const device = MEASURED_BY[rule];
  if (device && !frames.some((frame) => certificateFor(site, frame.cameraId, device, at))) {
    found.push(held('CERTIFICATE_MISSING', { device }));
  }
  if (!site.signedOff) found.push(held('SITE_NOT_SIGNED_OFF', { version: site.version }));
  return found;
}
