import { z } from 'zod';
import { citation, dayOf, deadline, fineRange, lawAt, pointsTaken } from '../law/index.js';
import { confusableWith, displayOf, doubtfulPositions } from '../plates/index.js';
import { HOLDS, tellHold, type HoldCode } from '../registry/index.js';
import type { Context } from '../storage/context.js';
import { shownElement, type Comparison, type Dossier, type ShownPlate } from './dossier.js';
import { filmOf } from './film.js';
import { historyOf, responsesOf, type ShownResponse } from './history.js';
import { obstaclesTo } from './obstacles.js';
import type { Officer } from './officers.js';
import { competentSigners } from './penalty-check.js';
import { formerPenaltiesOf, penaltyOf } from './penalty-row.js';
import { readCase, siteOf, type CaseRecord } from './record.js';
import { activeReviews, needsSecondReview } from './second-review.js';

/**
 * The full dossier of one case for the review screen. Until the case is decided, nobody sees another officer's review.
 * @throws {CaseError} `CASE_NOT_FOUND`
 */
export async function openCase(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
  id: string,
  officer: Officer,
): Promise<Dossier> {
  const { db } = ctx;
  const record = await readCase(db, id);
  const site = await siteOf(db, record);
  const film = await filmOf(db, record);
  const reviews = await activeReviews(db, id);
  const responses = await responsesOf(db, id);
  const mine = reviews.some((review) => review.officerId === officer.id);
  const stops =
    record.state === 'candidate'
      ? (await obstaclesTo(db, record, ctx.clock.now())).map((obstacle) => obstacle.code)
      : [];
  const cameras = new Set(film.filter((frame) => frame.roles.length > 0).map((frame) => frame.cameraId));
  return {
    id: record.id,
    version: record.version,
    state: record.state,
    plate: plateOf(record),
    violation: {
      id: record.violationId,
      rule: record.rule,
      occurredAt: record.occurredAt.toISOString(),
      why: record.why,
      elements: z.array(shownElement).catch([]).parse(record.elements),
      measured: z.record(z.string(), z.unknown()).catch({}).parse(record.measured),
    },
    film,
    seen: { kind: record.seen.kind, bodyColour: record.seen.bodyColour },
    vehicle: record.vehicle,
    comparison: comparisonOf(record),
    holds: record.holds.map((h) => ({
      code: h.code,
      blocking: HOLDS[h.code].blocking,
      clearable: HOLDS[h.code].clearable,
      message: tellHold(h),
      cleared: h.cleared ?? null,
    })),
    law: lawOf(record, ctx.clock.now()),
    site: {
      id: site.siteId,
      version: site.version,
      name: site.name,
      address: site.place.address,
      road: site.road,
      limits: site.limits,
      lat: site.place.lat,
      lon: site.place.lon,
      signedOff: site.signedOff,
      validFrom: site.validFrom,
      clockToleranceMs: site.clockToleranceMs,
    },
    certificates: site.certificates
      .filter((one) => cameras.has(one.cameraId))
      .map((one) => ({
        ...one,
        valid: new Date(one.validFrom) <= record.occurredAt && record.occurredAt < new Date(one.validTo),
      })),
    deadlines: {
      noticeDueAt: record.noticeDueAt.toISOString(),
      expiresAt: record.expiresAt.toISOString(),
      answerDueAt: answerDueAt(responses),
    },
    owner:
      record.ownerKind === null
        ? null
        : { kind: record.ownerKind, digitalAccount: record.digitalAccount !== null },
    penalty: await penaltyOf(db, id),
    formerPenalties: await formerPenaltiesOf(db, id),
    secondReview: needsSecondReview(ctx.config, record),
    responses,
    history: await historyOf(db, id, record.state === 'candidate'),
    obstacles: mine && record.state === 'candidate' ? ['ALREADY_REVIEWED', ...stops] : stops,
  };
}

/** A dispute is to be taken up within the law's days from its first answer that waits. */
function answerDueAt(responses: readonly ShownResponse[]): string | null {
  const first = responses.find((one) => one.answeredAt === null);
  return first === undefined ? null : deadline('complaint-accept', new Date(first.at)).toISOString();
}

function plateOf(record: CaseRecord): ShownPlate | null {
  const { plate, kind } = record.seen;
  if (!plate) return null;
  const hints = { lines: plate.lines, vehicleClass: kind };
  const doubtful = doubtfulPositions(plate.text, hints);
  return {
    text: plate.text,
    display: displayOf(plate.text, plate.lines, { vehicleClass: kind }),
    lines: plate.lines,
    colour: plate.colour,
    colourConfidence: plate.colourConfidence,
    statedColour: record.statedColour,
    accepted: plate.accepted,
    confidence: plate.confidence,
    frameId: record.evidence.find((frame) => frame.role === 'plate')?.frameId ?? null,
    chars: plate.chars.map(({ c, p }, i) => ({
      c,
      p,
      doubtful: doubtful.includes(i),
      confusable: confusableWith(c),
    })),
    losing: plate.reads
      .filter((read) => read.text !== plate.text)
      .map(({ frameId, text, confidence, accepted }) => ({ frameId, text, confidence, accepted })),
  };
}

function comparisonOf({ seen, vehicle, holds, statedColour }: CaseRecord): Comparison[] {
  if (!vehicle) return [];
  const differs = (...codes: HoldCode[]): boolean => holds.some((h) => codes.includes(h.code));
  const colour = statedColour ?? seen.plate?.colour ?? null;
  return [
    {
      field: 'kind',
      seen: seen.kind,
      registered: vehicle.kind,
      agrees: !differs('CLASS_IMPOSSIBLE', 'CLASS_MISMATCH'),
    },
    {
      field: 'bodyColour',
      seen: seen.bodyColour,
      registered: vehicle.bodyColour,
      agrees: seen.bodyColour === 'unknown' ? null : !differs('BODY_COLOUR_MISMATCH'),
    },
    {
      field: 'plateColour',
      seen: colour,
      registered: vehicle.plateColour,
      agrees: colour === null || colour === 'other' ? null : colour === vehicle.plateColour,
    },
    { field: 'make', seen: null, registered: `${vehicle.make} ${vehicle.model}`.trim(), agrees: null },
  ];
}

function lawOf(record: CaseRecord, now: Date): Dossier['law'] {
  const { law } = record;
  const { id, title } = lawAt(record.occurredAt);
  const owner = record.ownerKind ?? 'person';
  return {
    code: law.code,
    version: { id, title },
    name: law.name,
    citation: citation(law),
    text: law.legalText,
    amendment: law.amendment,
    evidence: law.evidence,
    note: law.note,
    fine: fineRange(law, owner),
    points: pointsTaken([law], { owner }),
    signers: competentSigners(law, dayOf(now)) ?? [],
  };
}
