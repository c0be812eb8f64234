import { lawAt, rowFor, type LawRow, type LawRule, type RowFacts } from '../law/index.js';
import type { SiteVersion } from '../sites/site-schema.js';
import type { VehicleKind } from '../vision/observation.js';
import type { ElementName } from './elements.js';
import type { Passage, TrackPoint } from './passage.js';

/** What a rule looks at: one passage and the site as it was signed for that instant. */
export interface Question {
  readonly passage: Passage;
  readonly site: SiteVersion;
}
export type Rule = (question: Question) => Outcome;
export type Outcome = Finding | NotFired;

/** One element of the offence, in the order of the law, with the frames that show it. */
export interface Element {
  readonly element: ElementName;
  readonly holds: boolean;
  readonly value: string | number | null;
  readonly frames: readonly string[];
}

export type EvidenceRole = 'before' | 'on' | 'beyond' | 'start' | 'end' | 'measured' | 'seen' | 'plate';

export interface Finding {
  readonly fired: true;
  readonly rule: LawRule;
  readonly lawCode: string;
  readonly lawVersion: string;
  /** Epoch ms. */
  readonly occurredAt: number;
  readonly elements: readonly Element[];
  readonly measured: Readonly<Record<string, string | number>>;
  readonly evidence: readonly { readonly frameId: string; readonly role: EvidenceRole }[];
}

export interface NotFired {
  readonly fired: false;
  readonly rule: LawRule;
  /** The element that does not hold. */
  readonly reason: ElementName;
  readonly elements: readonly Element[];
}

/** The instant and the pictures of an act that went on along a stretch of road: its middle, and start, middle and end. */
export function shownAlong(run: readonly TrackPoint[]): {
  at: number;
  evidence: readonly (readonly [TrackPoint | undefined, EvidenceRole])[];
} {
  const middle = run[Math.floor(run.length / 2)]!;
  return {
    at: middle.at,
    evidence: [
      [run[0], 'start'],
      [middle, 'seen'],
      [run.at(-1), 'end'],
    ],
  };
}

/** Cameras whose clocks differ by more than this put one vehicle in two places at once, and two vehicles in one. */
const CLOCKS_APART_MS = 500;

/** By how much the clocks of the cameras that saw a passage differ, ms; null where it was one camera. */
function clocksApart(points: readonly TrackPoint[]): number | null {
  const offsets = new Map<string, number>();
  // What a push took on its way looks like a slow clock: its fastest push says most of a camera's clock.
  for (const { cameraId, clockOffsetMs } of points)
    offsets.set(cameraId, Math.max(offsets.get(cameraId) ?? -Infinity, clockOffsetMs));
  return offsets.size < 2 ? null : Math.max(...offsets.values()) - Math.min(...offsets.values());
}

/** Collects the elements of an offence one by one; the first that fails ends it. */
export class Proof {
  readonly #rule: LawRule;
  readonly #question: Question;
  readonly #elements: Element[] = [];

  constructor(rule: LawRule, question: Question) {
    this.#rule = rule;
    this.#question = question;
  }

  /** Notes an element and says whether it holds. */
  holds(
    element: ElementName,
    holds: boolean,
    value: string | number | null = null,
    shownBy: readonly (TrackPoint | string | undefined)[] = [],
  ): boolean {
    const frames = shownBy.flatMap((one) =>
      one === undefined ? [] : [typeof one === 'string' ? one : one.frameId],
    );
    this.#elements.push({
      element,
      holds,
      value: typeof value === 'number' ? Math.round(value * 100) / 100 : value,
      frames: [...new Set(frames)],
    });
    return holds;
  }

  /**
   * Whether the act is one for every class that the vehicle may be: one look-alike for which it would be lawful, and nobody is accused.
   */
  whicheverClass(offends: (kind: VehicleKind) => boolean): boolean {
    const { couldBe } = this.#question.passage;
    return this.holds('class-known', couldBe.every(offends), couldBe.join(' / '));
  }

  not(): NotFired {
    return {
      fired: false,
      rule: this.#rule,
      reason: this.#elements.at(-1)!.element,
      elements: this.#elements,
    };
  }

  /**
   * The last elements of every offence: the clocks of its frames were true, and the law has a row for it, the same one for every class
   * that the vehicle may be.
   */
  fired(act: {
    at: number;
    evidence: readonly (readonly [TrackPoint | undefined, EvidenceRole])[];
    measured?: Record<string, string | number>;
    facts?: Partial<RowFacts>;
  }): Outcome {
    const { passage, site } = this.#question;
    const shown = act.evidence.flatMap(([point, role]) => (point === undefined ? [] : [{ point, role }]));
    const worst = Math.max(0, ...shown.map(({ point }) => Math.abs(point.clockOffsetMs)));
    if (!this.holds('clock-true', worst <= site.clockToleranceMs, worst)) return this.not();
    const apart = clocksApart(passage.points);
    if (apart !== null && !this.holds('clocks-agree', apart <= CLOCKS_APART_MS, apart)) return this.not();
    const row = this.row(act.at, act.facts);
    if (!this.holds('law-row', row !== null, row?.code ?? null)) return this.not();
    const sameRow = (kind: VehicleKind): boolean =>
      this.row(act.at, { ...act.facts, vehicleClass: kind })?.code === row!.code;
    const noted = this.#elements.some((one) => one.element === 'class-known');
    if (!(noted && passage.couldBe.every(sameRow)) && !this.whicheverClass(sameRow)) return this.not();
    const plate = passage.plate?.reads.find((read) => read.text === passage.plate!.text);
    const evidence = shown.map(({ point, role }) => ({ frameId: point.frameId, role }));
    return {
      fired: true,
      rule: this.#rule,
      lawCode: row!.code,
      lawVersion: lawAt(new Date(act.at)).id,
      occurredAt: act.at,
      elements: this.#elements,
      measured: act.measured ?? {},
      evidence:
        plate === undefined ? evidence : [...evidence, { frameId: plate.frameId, role: 'plate' as const }],
    };
  }

  row(at: number, facts: Partial<RowFacts> = {}): LawRow | null {
    const { passage, site } = this.#question;
    return rowFor(this.#rule, { vehicleClass: passage.kind, road: site.road, ...facts }, new Date(at));
  }
}
