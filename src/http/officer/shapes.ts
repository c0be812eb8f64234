/** What the officers' API answers, as the console shows it. Types only: the console imports them. */

export interface QueueEntry {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly plate: string | null;
  readonly plateColour: string | null;
  readonly ruleVi: string;
  readonly ruleEn: string;
  readonly siteVi: string;
  readonly siteEn: string;
  readonly occurredAt: string;
  readonly noticeDueAt: string;
  readonly holds: number;
}

export interface ShownQueue {
  readonly counts: Readonly<Record<string, number>>;
  readonly entries: readonly QueueEntry[];
}

export interface ShownFrame {
  readonly id: string;
  readonly at: string;
  readonly sha256: string;
  readonly box: readonly number[] | null;
  readonly plateBox: readonly number[] | null;
  /** Which element it proves, in words; empty where it only shows the way. */
  readonly rolesVi: readonly string[];
  readonly rolesEn: readonly string[];
}

export interface ShownPlate {
  readonly text: string;
  readonly display: string;
  readonly colour: string;
  readonly chars: readonly { readonly c: string; readonly p: number; readonly confusable: string }[];
  readonly crop: { readonly frameId: string; readonly box: readonly number[] } | null;
  readonly others: readonly { readonly text: string; readonly count: number }[];
}

export interface ShownHold {
  readonly code: string;
  readonly vi: string;
  readonly en: string;
  readonly blocking: boolean;
  readonly clearable: boolean;
  readonly cleared: boolean;
}

export interface ShownVehicle {
  readonly kind: string;
  readonly make: string;
  readonly model: string;
  readonly bodyColour: string;
  readonly plateColour: string;
  readonly status: string;
  readonly ownerKind: string | null;
}

export interface ShownElement {
  readonly vi: string;
  readonly en: string;
  readonly holds: boolean;
}

export interface ShownEvent {
  readonly at: string;
  readonly actor: string;
  readonly vi: string;
  readonly en: string;
  readonly note: string;
}

export interface ShownResponse {
  readonly id: string;
  readonly vi: string;
  readonly en: string;
  readonly text: string;
  readonly at: string;
  readonly answered: boolean;
}

export interface Dossier {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly openedAt: string;
  readonly occurredAt: string;
  readonly noticeDueAt: string;
  readonly expiresAt: string;
  readonly plate: ShownPlate | null;
  readonly seen: { readonly kind: string; readonly bodyColour: string };
  readonly vehicle: ShownVehicle | null;
  readonly holds: readonly ShownHold[];
  readonly frames: readonly ShownFrame[];
  readonly rule: {
    readonly nameVi: string;
    readonly nameEn: string;
    readonly ref: string;
    readonly decree: string;
    readonly textVi: string;
    readonly whyVi: string;
    readonly whyEn: string;
    readonly fineMin: number;
    readonly fineMax: number;
    readonly fineDefault: number;
    readonly points: number;
  };
  readonly elements: readonly ShownElement[];
  readonly site: {
    readonly nameVi: string;
    readonly nameEn: string;
    readonly version: number;
    readonly certificate: {
      readonly number: string;
      readonly serial: string;
      readonly validTo: string;
    } | null;
  };
  readonly history: readonly ShownEvent[];
  readonly response: ShownResponse | null;
  /** Whether the asking officer may decide now, and if not, why. */
  readonly mayConfirm: { readonly yes: boolean; readonly whyVi: string; readonly whyEn: string };
  readonly rejectReasons: readonly { readonly code: string; readonly vi: string; readonly en: string }[];
}

export interface ShownOwner {
  readonly name: string;
  readonly personalId: string;
  readonly address: string;
  readonly digitalAccount: string | null;
}
