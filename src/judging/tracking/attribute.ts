import type { Box } from '../../vision/observation.js';
import type { SeenFrame } from '../frame.js';
import type { AttributedClaim } from '../passage.js';
import { area, intersection, overlap } from './associate.js';

/** A vehicle of this frame, with the lane in which it is. */
export interface Candidate {
  readonly box: Box;
  readonly lane: string | null;
}

export interface Attribution {
  readonly vehicle: number;
  readonly claim: AttributedClaim;
}

/** Codes that speak of the road and not of one vehicle. */
const OF_THE_ROAD = new Set(['lane-blocked', 'directed-by-police']);

/** A plate takes no more of its vehicle's box; a larger box inside another's is a vehicle behind it that vision did not see. */
const PLATE_SHARE = 0.05;

type Word = Omit<AttributedClaim, 'by'> & {
  readonly box: Box | undefined;
  readonly lane: string | undefined;
};

/**
 * Ties each claim of a frame to the one vehicle that it can mean. A measurement that may belong to either of two vehicles
 * belongs to none (OIML R 91): it is left out, not given to the likelier. `unseen` are the lanes of vehicles that are not followed
 * in this frame, missed by the detector or only just seen by it: a claim without a box may mean one of those.
 */
export function attribute(
  frame: SeenFrame,
  vehicles: readonly Candidate[],
  unseen: readonly (string | null)[] = [],
): Attribution[] {
  return words(frame).flatMap(({ box, lane, ...claim }): Attribution[] => {
    if (claim.code !== undefined && OF_THE_ROAD.has(claim.code)) {
      return vehicles.map((_, vehicle) => ({ vehicle, claim: { ...claim, by: 'lane' as const } }));
    }
    if (box !== undefined) {
      const vehicle = byBox(box, vehicles);
      return vehicle === null ? [] : [{ vehicle, claim: { ...claim, by: 'box' as const } }];
    }
    if (lane !== undefined) {
      const there = vehicles.flatMap((candidate, i) => (candidate.lane === lane ? [i] : []));
      return there.length === 1 && !unseen.includes(lane)
        ? [{ vehicle: there[0]!, claim: { ...claim, by: 'lane' as const } }]
        : [];
    }
    return vehicles.length === 1 && unseen.length === 0
      ? [{ vehicle: 0, claim: { ...claim, by: 'alone' as const } }]
      : [];
  });
}

function words(frame: SeenFrame): Word[] {
  const { claims } = frame;
  const from = { frameId: frame.id, cameraId: frame.cameraId, at: frame.at };
  return [
    ...(claims.speeds ?? []).map((s) => ({
      ...from,
      kind: 'speed' as const,
      value: s.kmh,
      device: s.device,
      box: s.box,
      lane: s.lane ?? claims.lane,
    })),
    ...(claims.distances ?? []).map((d) => ({
      ...from,
      kind: 'distance' as const,
      value: d.metres,
      device: d.device,
      box: d.box,
      lane: d.lane ?? claims.lane,
    })),
    ...(claims.codes ?? []).map((c) => ({
      ...from,
      kind: 'sighting' as const,
      code: c.code,
      ...(c.confidence === undefined ? {} : { confidence: c.confidence }),
      ...(c.region === undefined ? {} : { region: c.region }),
      box: c.box,
      lane: claims.lane,
    })),
  ];
}

/** The vehicle whose box it is, or that alone holds the claimed box of a plate. */
function byBox(box: Box, vehicles: readonly Candidate[]): number | null {
  const fits = vehicles.map((candidate) => overlap(candidate.box, box));
  const best = fits.indexOf(Math.max(...fits, 0));
  if (best >= 0 && fits[best]! >= 0.6 && fits.every((fit, i) => i === best || fit < fits[best]! - 0.25))
    return best;
  const holders = vehicles.flatMap((candidate, i) =>
    intersection(candidate.box, box) >= 0.8 * area(box) ? [i] : [],
  );
  return holders.length === 1 && area(box) < PLATE_SHARE * area(vehicles[holders[0]!]!.box)
    ? holders[0]!
    : null;
}
