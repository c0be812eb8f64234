import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/**
 * How a simulator misbehaves. What each mode means is written at the top of the simulator that uses it:
 * `late` answers after `ms`, `twice` does its work and then drops the answer (or repeats its message),
 * `wrong` answers about something else, `never` does nothing at all.
 */
export const faultMode = z.enum(['none', 'late', 'twice', 'wrong', 'never']);
export type FaultMode = z.infer<typeof faultMode>;

const order = z.object({
  mode: faultMode,
  count: z.int().positive().optional(),
  ms: z.int().positive().max(600_000).optional(),
});

export interface Faults {
  /** The fault for the next piece of work; a counted fault ends by itself. */
  next(): FaultMode;
  /** Delay of mode `late`, ms. */
  readonly ms: number;
  /** Remembers what the simulator was asked, for `GET /_seen`. */
  saw(entry: Readonly<Record<string, unknown>>): void;
}

/** Adds `POST /_faults` and `GET /_seen` to a simulator. */
export function addFaults(app: FastifyInstance, defaults: { ms?: number } = {}): Faults {
  const seen: Readonly<Record<string, unknown>>[] = [];
  let mode: FaultMode = 'none';
  let left = Infinity;
  let ms = defaults.ms ?? 3_000;

  app.post('/_faults', async (request, reply) => {
    const parsed = order.safeParse(request.body);
    if (!parsed.success)
      return reply.code(400).send({ error: { code: 'BAD_FAULT', message: parsed.error.message } });
    mode = parsed.data.mode;
    left = parsed.data.count ?? Infinity;
    ms = parsed.data.ms ?? defaults.ms ?? 3_000;
    return { mode, count: parsed.data.count ?? null, ms };
  });
  app.get('/_seen', async () => ({ seen }));

  return {
    next() {
      if (mode === 'none' || left <= 0) return 'none';
      left -= 1;
      return mode;
    },
    get ms() {
      return ms;
    },
    saw(entry) {
      seen.push(entry);
      if (seen.length > 10_000) seen.shift();
    },
  };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
