import { z } from 'zod';
import type { Message } from '../core/messages.js';
import { citation, fineRange, lawAt, pointsTaken, type FineRange } from '../law/index.js';
import { confusableWith, displayOf, doubtfulPositions } from '../plates/index.js';
import { HOLDS, tellHold, type Hold, type HoldCode, type VehicleRecord } from '../registry/index.js';
import type { Certificate, SiteVersion } from '../sites/index.js';
import type { Context } from '../storage/context.js';
import { filmOf, type FilmFrame } from './film.js';
import { historyOf, responsesOf, type HistoryEntry, type ShownResponse } from './history.js';
import { obstaclesTo } from './obstacles.js';
import type { Officer } from './officers.js';
import { readCase, siteOf, type CaseRecord } from './record.js';
import { activeReviews, needsSecondReview, type SecondReviewReason } from './second-review.js';
import type { CaseState } from './states.js';

/** Everything that an officer needs to decide one case. Instants are ISO 8601 in UTC; money is đồng. */
export interface Dossier {
  readonly id: string;
  readonly version: number;
  readonly state: CaseState;
  readonly plate: ShownPlate | null;
  readonly violation: {
    readonly id: string;
    readonly rule: string;
    readonly occurredAt: string;
    readonly why: Message;
    /** In the order of the law: what has to be true, whether it is, what was seen, on which frames. */
    readonly elements: readonly ShownElement[];
    readonly measured: Readonly<Record<string, unknown>>;
  };
  /** The way of the vehicle through the pictures, in order of time; those with roles are the evidence. */
  readonly film: readonly FilmFrame[];
  readonly seen: { readonly kind: string; readonly bodyColour: string };
  /** The register's card as of the instant; null where it was not asked or does not know. */
  readonly vehicle: VehicleRecord | null;
  readonly comparison: readonly Comparison[];
  readonly holds: readonly ShownHold[];
  readonly law: {
    readonly code: string;
    readonly version: { readonly id: string; readonly title: Message };
    readonly name: Message;
    readonly citation: Message;
    readonly text: string;
    readonly amendment: string | null;
    readonly evidence: readonly string[];
    readonly note: string | null;
    /** For the owner as registered; for a person where the owner is not known yet. */
    readonly fine: FineRange;
    readonly points: number;
  };
  readonly site: {
    readonly id: string;
    readonly version: number;
    readonly name: Message;
    readonly address: Message;
    readonly road: SiteVersion['road'];
    readonly limits: SiteVersion['limits'];
    readonly lat: number;
    readonly lon: number;
    readonly signedOff: SiteVersion['signedOff'];
    readonly validFrom: string;
    readonly clockToleranceMs: number;
  };
  /** Certificates of the devices that made the evidence, valid at the instant or not. */
  readonly certificates: readonly (Certificate & { readonly valid: boolean })[];
  readonly deadlines: { readonly noticeDueAt: string; readonly expiresAt: string };
  /** Who they are is shown by `showOwner`, on record. */
  readonly owner: { readonly kind: 'person' | 'organisation'; readonly digitalAccount: boolean } | null;
  readonly secondReview: SecondReviewReason | null;
  readonly responses: readonly ShownResponse[];
  readonly history: readonly HistoryEntry[];
  /** Codes of what stops a confirmation by this officer now; empty when it is open. */
  readonly obstacles: readonly string[];
}

export interface ShownPlate {
  readonly text: string;
  readonly display: string;
  readonly lines: 1 | 2;
  readonly colour: string;
  readonly colourConfidence: number;
  readonly statedColour: string | null;
  readonly accepted: boolean;
  readonly confidence: number;
  /** The frame that gave the reading, null if none of the evidence did. */
  readonly frameId: string | null;
  readonly chars: readonly {
    readonly c: string;
    readonly p: number;
    /** The format forbids this character here: look again. */
    readonly doubtful: boolean;
    /** What it is often taken for. */
    readonly confusable: readonly string[];
  }[];
  /** Readings of single frames that the agreed text outvoted. */
  readonly losing: readonly {
    readonly frameId: string;
    readonly text: string;
    readonly confidence: number;
    readonly accepted: boolean;
  }[];
}

export interface Comparison {
  readonly field: 'kind' | 'bodyColour' | 'plateColour' | 'make';
  readonly seen: string | null;
  readonly registered: string;
  /** Null where pictures do not tell: the officer compares by eye. */
  readonly agrees: boolean | null;
}

export interface ShownHold {
  readonly code: HoldCode;
  readonly blocking: boolean;
  readonly clearable: boolean;
  readonly message: Message;
  readonly cleared: Hold['cleared'] | null;
}

/** As judging stores it: the name of the step, and how it reads. */
const element = z.object({
  element: z.string(),
  holds: z.boolean(),
  value: z.union([z.string(), z.number()]).nullable().catch(null),
  frames: z.array(z.string()).catch([]),
  vi: z.string().catch(''),
  en: z.string().catch(''),
});
export type ShownElement = z.infer<typeof element>;

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
      elements: z.array(element).catch([]).parse(record.elements),
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
    law: lawOf(record),
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
    deadlines: { noticeDueAt: record.noticeDueAt.toISOString(), expiresAt: record.expiresAt.toISOString() },
    owner:
      record.ownerKind === null
        ? null
        : { kind: record.ownerKind, digitalAccount: record.digitalAccount !== null },
    secondReview: needsSecondReview(ctx.config, record),
    responses: await responsesOf(db, id),
    history: await historyOf(db, id, record.state === 'candidate'),
    obstacles: mine && record.state === 'candidate' ? ['ALREADY_REVIEWED', ...stops] : stops,
  };
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

function lawOf(record: CaseRecord): Dossier['law'] {
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
  };
}
