import { z } from 'zod';
import { RegistryError } from './errors.js';
import {
  ownerRecord,
  registeredColour,
  vehicleRecord,
  type OwnerRecord,
  type RegisteredColour,
  type VehicleRecord,
} from './records.js';
import type { Inquiry, VehicleRegister } from './register.js';

/**
 * Vehicle register, wire format 1. It is ours: nobody has published the interfaces of the registries.
 *
 *   POST {url}/v1/vehicles/as-of   and   POST {url}/v1/owners/as-of
 *     authorization: Bearer {key}
 *     { plate, colour: white|yellow|blue|null, instant, actor, purpose, caseId }
 *   200 { plate, colour, instant, vehicle: VehicleRecord } / { plate, colour, instant, owner: OwnerRecord }
 *   404 { error: { code: NOT_FOUND, otherColours: [] } } · 409 { error: { code: AMBIGUOUS, colours: [] } }
 *   400, 401, 403 refused · 5xx try again
 * The plate travels in the body, so that it stays out of access logs. The answer repeats the question, and is refused
 * if it is about another one.
 */
export interface RegisterOptions {
  readonly url: string;
  readonly key: string;
  readonly timeoutMs?: number;
  /** How often `UNAVAILABLE` is tried again before it is thrown. */
  readonly retries?: number;
  readonly retryDelayMs?: number;
}

const repeated = { plate: z.string(), colour: registeredColour, instant: z.iso.datetime() };
const vehicleAnswer = z.object({ ...repeated, vehicle: vehicleRecord });
const ownerAnswer = z.object({ ...repeated, owner: ownerRecord });
const refusal = z.object({
  error: z.object({
    code: z.string(),
    otherColours: z.array(z.string()).optional(),
    colours: z.array(z.string()).optional(),
  }),
});

interface Question {
  readonly plate: string;
  readonly colour: RegisteredColour | null;
  readonly instant: string;
}

export class HttpVehicleRegister implements VehicleRegister {
  constructor(private readonly options: RegisterOptions) {}

  async vehicleAsOf(
    plate: string,
    colour: RegisteredColour | null,
    instant: Date,
    inquiry: Inquiry,
  ): Promise<VehicleRecord> {
    const question = { plate, colour, instant: instant.toISOString() };
    const answer = await this.ask('/v1/vehicles/as-of', question, inquiry, vehicleAnswer);
    const { vehicle } = answer;
    if (vehicle.plate !== plate || vehicle.plateColour !== answer.colour)
      throw wrong('answer is about another plate');
    assertHolds(vehicle.validFrom, vehicle.validTo, instant);
    return vehicle;
  }

  async ownerAsOf(
    plate: string,
    colour: RegisteredColour,
    instant: Date,
    inquiry: Inquiry,
  ): Promise<OwnerRecord> {
    const question = { plate, colour, instant: instant.toISOString() };
    const { owner } = await this.ask('/v1/owners/as-of', question, inquiry, ownerAnswer);
    assertHolds(owner.ownedFrom, owner.ownedTo, instant);
    return owner;
  }

  private async ask<A extends Question>(
    path: string,
    question: Question,
    inquiry: Inquiry,
    shape: z.ZodType<A>,
  ): Promise<A> {
    if (!/^[A-Z0-9]{6,11}$/.test(question.plate)) {
      throw new RegistryError('PLATE_NOT_ASKABLE', 'only a complete plate may be asked for');
    }
    const { retries = 2, retryDelayMs = 200 } = this.options;
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.askOnce(path, question, inquiry, shape);
      } catch (error) {
        if (!(error instanceof RegistryError) || error.code !== 'UNAVAILABLE' || attempt >= retries)
          throw error;
        await new Promise((done) => setTimeout(done, retryDelayMs * 2 ** attempt));
      }
    }
  }

  private async askOnce<A extends Question>(
    path: string,
    question: Question,
    inquiry: Inquiry,
    shape: z.ZodType<A>,
  ): Promise<A> {
    const { url, key, timeoutMs = 5_000 } = this.options;
    let status: number;
    let text: string;
    try {
      const response = await fetch(new URL(path, url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ ...question, ...inquiry }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      status = response.status;
      text = await response.text();
    } catch (cause) {
      throw new RegistryError('UNAVAILABLE', 'vehicle register gave no answer', { cause });
    }
    if (status >= 500) throw new RegistryError('UNAVAILABLE', `vehicle register answered ${status}`);
    const answer = json(text);
    if (status === 200) {
      const parsed = shape.safeParse(answer);
      if (!parsed.success) throw wrong('answer has another shape', parsed.error);
      const a = parsed.data;
      const same =
        a.plate === question.plate &&
        a.instant === question.instant &&
        (question.colour ?? a.colour) === a.colour;
      if (!same) throw wrong('answer is about another question');
      return a;
    }
    throw refused(status, answer);
  }
}

function refused(status: number, answer: unknown): RegistryError {
  const { error } = refusal.safeParse(answer).data ?? {};
  if (status === 404 && error?.code === 'NOT_FOUND') {
    return new RegistryError('NOT_FOUND', 'no such plate at that instant', {
      details: { otherColours: error.otherColours ?? [] },
    });
  }
  if (status === 409 && error?.code === 'AMBIGUOUS') {
    return new RegistryError('AMBIGUOUS', 'several vehicles carry that text', {
      details: { colours: error.colours ?? [] },
    });
  }
  // A 404 without our error is another server's page, not an answer on the plate.
  if (status === 404 || status === 409) return wrong(`status ${status} without a known error`);
  return new RegistryError('REFUSED', `vehicle register answered ${status}`, { details: { status } });
}

function assertHolds(from: string, to: string | null, instant: Date): void {
  if (new Date(from) > instant || (to !== null && new Date(to) <= instant))
    throw wrong('answer does not hold at that instant');
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong('answer is not JSON', cause);
  }
}

const wrong = (message: string, cause?: unknown): RegistryError =>
  new RegistryError('BAD_ANSWER', message, { cause });
