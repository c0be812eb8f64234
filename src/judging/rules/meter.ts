import { certificateFor } from '../../sites/lookup.js';
import type { Certificate } from '../../sites/site-schema.js';
import type { Proof, Question } from '../finding.js';
import type { AttributedClaim } from '../passage.js';

/** What each meter's word is called, and the step that says that there is one. */
const METERS = {
  'speed-meter': { kind: 'speed', step: 'measured-by-device' },
  'distance-meter': { kind: 'distance', step: 'distance-measured' },
} as const;

export interface Metered {
  /** The reading that decides. */
  readonly reading: AttributedClaim;
  /** All that count, by time. */
  readonly readings: readonly AttributedClaim[];
  readonly certificate: Certificate;
}

/**
 * The first steps of every rule that rests on a meter: it measured this very vehicle and was certified at that instant. Beside a
 * certified meter the word of another does not count. `pick` chooses the reading that decides; null where a step fails.
 */
export function metered(
  proof: Proof,
  { passage, site }: Question,
  device: keyof typeof METERS,
  pick: (readings: readonly AttributedClaim[]) => AttributedClaim | undefined,
): Metered | null {
  const { kind, step } = METERS[device];
  const certificateOf = (one: AttributedClaim): Certificate | null =>
    certificateFor(site, one.cameraId, device, new Date(one.at), one.device);
  // Zero is how devices write that they have no target.
  const all = passage.claims
    .filter((claim) => claim.kind === kind && claim.value! > 0)
    .sort((a, b) => a.at - b.at);
  const certified = all.filter((one) => certificateOf(one) !== null);
  const readings = certified.length > 0 ? certified : all;
  const reading = pick(readings);
  const shownBy = readings.map((one) => one.frameId);
  if (!proof.holds(step, reading !== undefined, reading?.value ?? null, shownBy)) return null;
  const certificate = certificateOf(reading!);
  const known = certificate?.certificateNo ?? reading!.device ?? null;
  if (!proof.holds('device-certified', certificate !== null, known)) return null;
  return { reading: reading!, readings, certificate: certificate! };
}

/** Beyond the range on its certificate a meter proves nothing. */
export function withinRange(proof: Proof, { certificate, reading }: Metered): boolean {
  const range = certificate.rangeKmh;
  const value = reading.value!;
  return proof.holds(
    'within-certified-range',
    range === undefined || (value >= range[0] && value <= range[1]),
    value,
  );
}
