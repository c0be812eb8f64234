import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, CameraClient } from './camera.js';
import type { Planned } from './shots.js';

export interface PlayOptions {
  /** Instant of the clip's first picture. Default: now, or as long ago as the clip lasts if it is played faster. */
  readonly startsAt?: Date;
  /** 1 is real time; 0 pushes as fast as the house takes. */
  readonly speed?: number;
  /** Pushes on their way at once. */
  readonly inFlight?: number;
  /** Pictures kept while the house cannot be reached; the newest are lost when it is full, as on a camera's card. */
  readonly store?: number;
  /** Added to every sequence number, so that a second round is not the first again. */
  readonly firstSequence?: number;
  readonly signal?: AbortSignal;
  onAnswer?(shot: Planned, answer: Answer): void;
}

export interface Played {
  readonly taken: number;
  readonly duplicates: number;
  readonly refused: number;
  /** Never pushed: the store was full, or the play was stopped. */
  readonly lost: number;
}

/**
 * Plays shots as a camera would: takes each at its instant, stores it, and forwards what is stored in order of capture
 * with retries, so that an outage of the house delays pictures and loses none while the store lasts.
 */
export async function playCamera(
  client: CameraClient,
  shots: readonly Planned[],
  options: PlayOptions = {},
): Promise<Played> {
  const { speed = 1, inFlight = 4, store = 5000, firstSequence = 0, signal } = options;
  const started = Date.now();
  const ahead = speed > 0 && speed <= 1 ? 0 : (shots.at(-1)?.offsetMs ?? 0);
  const startsAt = options.startsAt?.getTime() ?? started - ahead;
  const played = { taken: 0, duplicates: 0, refused: 0, lost: 0 };
  const stored: Planned[] = [];
  let capturing = true;

  const forward = async (): Promise<void> => {
    for (;;) {
      const shot = stored.shift();
      if (shot === undefined) {
        if (!capturing || signal?.aborted) return;
        await pause(5);
        continue;
      }
      const answer = await client
        .pushUntilTaken(
          {
            picture: await shot.read(),
            sequence: firstSequence + shot.sequence,
            capturedAt: new Date(startsAt + Math.round(shot.offsetMs)),
            claims: shot.claims,
          },
          signal,
        )
        .catch((error: unknown): undefined => {
          if (!signal?.aborted) throw error;
        });
      if (answer === undefined) played.lost += 1;
      else if (answer.status !== 202) played.refused += 1;
      else if (answer.duplicate) played.duplicates += 1;
      else played.taken += 1;
      if (answer !== undefined) options.onAnswer?.(shot, answer);
    }
  };

  const capture = async (): Promise<void> => {
    for (const shot of shots) {
      const due = speed === 0 ? 0 : started + shot.offsetMs / speed - Date.now();
      if (due > 0) await pause(due, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      // Without a pace to keep there is nothing to lose: the disk is the store.
      while (speed === 0 && stored.length >= inFlight * 2 && !signal?.aborted) await pause(2);
      if (signal?.aborted) break;
      if (stored.length < store) stored.push(shot);
      else played.lost += 1;
    }
    capturing = false;
  };

  await Promise.all([capture(), ...Array.from({ length: inFlight }, forward)]);
  return played;
}
