import { z } from 'zod';
import type { Message } from '../core/messages.js';
import type { FineRange, Signer } from '../law/index.js';
import type { Hold, HoldCode, VehicleRecord } from '../registry/index.js';
import type { Certificate, SiteVersion } from '../sites/index.js';
import type { FilmFrame } from './film.js';
import type { HistoryEntry, ShownResponse } from './history.js';
import type { FormerPenalty, RecordedPenalty } from './penalty-row.js';
import type { SecondReviewReason } from './second-review.js';
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
    /** Whose rank is competent for the maximum, by the powers of today; lowest first. */
    readonly signers: readonly Signer[];
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
  readonly deadlines: {
    readonly noticeDueAt: string;
    readonly expiresAt: string;
    /** While an answer of the owner waits. */
    readonly answerDueAt: string | null;
  };
  /** Who they are is shown by `showOwner`, on record. */
  readonly owner: { readonly kind: 'person' | 'organisation'; readonly digitalAccount: boolean } | null;
  /** The penalty decision, once it is recorded. */
  readonly penalty: RecordedPenalty | null;
  /** How it was recorded before it was corrected, oldest first. */
  readonly formerPenalties: readonly FormerPenalty[];
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
export const shownElement = z.object({
  element: z.string(),
  holds: z.boolean(),
  value: z.union([z.string(), z.number()]).nullable().catch(null),
  frames: z.array(z.string()).catch([]),
  vi: z.string().catch(''),
  en: z.string().catch(''),
});
export type ShownElement = z.infer<typeof shownElement>;
