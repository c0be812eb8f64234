import type { SiteVersion } from '../sites/index.js';
import type { Db } from '../storage/context.js';
import { clonedBefore } from './cloned-before.js';
import { claimHolds } from './claimed-plates.js';
import { cloneSuspicion } from './clones.js';
import { colourToAsk, plateHolds, vehicleHolds } from './compare.js';
import { RegistryError } from './errors.js';
import { evidenceHolds, type EvidenceFrame } from './evidence-holds.js';
import { blocks, held, HOLDS, keepCleared, type Hold } from './holds.js';
import type { OwnerRecord, RegisteredColour, VehicleRecord } from './records.js';
import type { Inquiry, VehicleRegister } from './register.js';
import type { SeenVehicle } from './seen.js';
import { toldBefore } from './told-before.js';

/** What is to be matched: an act, the vehicle seen in it, and what officers have settled about it before. */
export interface MatchQuestion {
  readonly violationId: string;
  readonly rule: string;
  readonly occurredAt: Date;
  readonly site: SiteVersion;
  readonly frames: readonly EvidenceFrame[];
  readonly seen: SeenVehicle;
  readonly statedColour: RegisteredColour | null;
  readonly before: readonly Hold[];
}

export interface Match {
  readonly vehicle: VehicleRecord | null;
  readonly owner: OwnerRecord | null;
  readonly holds: readonly Hold[];
  /** A passage of the same plate that one vehicle cannot have made as well. */
  readonly clonePassage: string | null;
}

/**
 * The vehicle and owner as of the violation instant, by the exact text and colour, and everything that speaks against
 * it. A plate that cannot be read, is not stood by, or is not civil is not looked up at all; the owner is asked for only
 * where no hold is final.
 * @throws {RegistryError} `UNAVAILABLE`, `BAD_ANSWER`, `REFUSED`: no answer is not an answer, the job is tried again.
 */
export async function matchVehicle(
  db: Db,
  register: VehicleRegister,
  question: MatchQuestion,
  inquiry: Inquiry,
): Promise<Match> {
  const { seen, occurredAt, site } = question;
  const settle = (holds: Hold[]): Hold[] => keepCleared(holds, question.before);
  const fromEvidence = [
    ...evidenceHolds(question.rule, site, question.frames, occurredAt),
    ...(await toldBefore(db, question.violationId)),
  ];
  const { plate } = seen;
  const fromPlate = settle([...plateHolds(seen), ...claimHolds(plate, question.frames)]);
  if (!plate || fromPlate.some(blocks)) {
    return { vehicle: null, owner: null, holds: settle([...fromPlate, ...fromEvidence]), clonePassage: null };
  }
  const colour = colourToAsk(plate, question.statedColour);
  const clone = await cloneSuspicion(db, plate.text, site, occurredAt);
  const found = await ask(
    () => register.vehicleAsOf(plate.text, colour, occurredAt, inquiry),
    plate.text,
    colour,
  );
  const vehicle = 'hold' in found ? null : found.answer;
  const holds = settle([
    ...fromPlate,
    ...fromEvidence,
    ...('hold' in found ? [found.hold] : vehicleHolds(seen, found.answer)),
    ...(clone ? [clone.hold] : []),
    ...(await clonedBefore(db, plate.text)),
  ]);
  const clonePassage = clone?.passageId ?? null;
  if (!vehicle || holds.some((h) => blocks(h) && !HOLDS[h.code].clearable))
    return { vehicle, owner: null, holds, clonePassage };
  const owned = await ask(
    () => register.ownerAsOf(plate.text, vehicle.plateColour, occurredAt, inquiry),
    plate.text,
    colour,
  );
  if ('hold' in owned)
    return { vehicle, owner: null, holds: [...holds, held('OWNER_UNKNOWN')], clonePassage };
  const account = owned.answer.digitalAccount === null ? settle([held('NO_DIGITAL_ACCOUNT')]) : [];
  return { vehicle, owner: owned.answer, holds: [...holds, ...account], clonePassage };
}

async function ask<A>(
  question: () => Promise<A>,
  plate: string,
  colour: RegisteredColour | null,
): Promise<{ answer: A } | { hold: Hold }> {
  try {
    return { answer: await question() };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    if (error.code === 'NOT_FOUND')
      return { hold: held('REGISTER_NO_MATCH', { plate, colour: colour ?? 'other' }) };
    if (error.code === 'AMBIGUOUS') {
      const { colours } = error.details;
      return {
        hold: held('REGISTER_AMBIGUOUS', {
          plate,
          colours: Array.isArray(colours) ? colours.join(', ') : '',
        }),
      };
    }
    throw error;
  }
}
