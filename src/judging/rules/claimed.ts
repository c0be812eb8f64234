import { Proof, type Outcome, type Question } from '../finding.js';
import type { AttributedClaim, TrackPoint } from '../passage.js';
import type { Box } from '../../vision/observation.js';
import { holdsMiddle } from '../tracking/associate.js';
import { kmh } from '../way.js';
import { notOnDuty } from './excuses.js';

type ClaimRule = 'seat-belt' | 'phone' | 'helmet' | 'helmet-passenger';

/** Driving, not waiting. */
const MOVING_KMH = 5;

/**
 * What a camera claims of belt, phone and helmet (điểm h khoản 5, điểm k khoản 3 Điều 6; điểm h, i khoản 2 Điều 7): the claim alone
 * is nothing, it must show the cabin or rider in frames of its own, in each of which it is sure.
 */
function claimed(rule: ClaimRule): (question: Question) => Outcome {
  return (question) => {
    const { passage, site } = question;
    const proof = new Proof(rule, question);
    const claims = passage.claims.filter((claim) => claim.kind === 'sighting' && claim.code === rule);
    if (
      !proof.holds(
        'claimed-by-device',
        claims.length > 0,
        claims.length > 0 ? rule : null,
        claims.map((one) => one.frameId),
      )
    )
      return proof.not();
    const pointOf = (claim: AttributedClaim): TrackPoint | undefined =>
      passage.points.find((point) => point.frameId === claim.frameId);
    const shown = claims.filter(
      (claim) => claim.region !== undefined && claim.by === 'box' && isOn(pointOf(claim), claim.region),
    );
    const frames = new Set(shown.map((claim) => claim.frameId)).size;
    if (
      !proof.holds(
        'own-evidence',
        frames >= site.thresholds.claimFrames,
        frames,
        shown.map((one) => one.frameId),
      )
    )
      return proof.not();
    const sure = shown.filter((claim) => (claim.confidence ?? 0) >= site.thresholds.claimConfidence);
    const least = Math.min(...shown.map((claim) => claim.confidence ?? 0));
    if (
      !proof.holds(
        'claim-sure',
        new Set(sure.map((claim) => claim.frameId)).size >= site.thresholds.claimFrames,
        least,
        sure.map((one) => one.frameId),
      )
    )
      return proof.not();
    const points = [...new Set(sure.flatMap((claim) => pointOf(claim) ?? []))];
    const moving = points.filter((point) => kmh(point) >= MOVING_KMH);
    // One look of a new track, or of a box cut by the rim, says little of its speed; half of them do.
    const drove = moving.length >= site.thresholds.claimFrames && moving.length * 2 > points.length;
    if (!proof.holds('was-moving', drove, middle(points.map(kmh)), points)) return proof.not();
    if (!notOnDuty(proof, question)) return proof.not();
    return proof.fired({
      at: moving[0]!.at,
      evidence: moving.slice(0, 4).map((point) => [point, 'seen'] as const),
      measured: {
        frames: moving.length,
        confidence: Math.min(...sure.map((claim) => claim.confidence ?? 0)),
        source: sure[0]!.cameraId,
      },
    });
  };
}

/** A head or belt elsewhere in the picture is another's. */
const isOn = (point: TrackPoint | undefined, region: Box): boolean =>
  point !== undefined && holdsMiddle(point.box, region);

/** The median; 0 of nothing. */
const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const seatBelt = claimed('seat-belt');
export const phone = claimed('phone');
export const helmet = claimed('helmet');
export const helmetPassenger = claimed('helmet-passenger');
