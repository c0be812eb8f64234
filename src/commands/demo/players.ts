import { setTimeout } from 'node:timers/promises';
import { cameraClient } from '../../simulators/camera.js';
import { playCamera } from '../../simulators/play-camera.js';
import type { Planned } from '../../simulators/shots.js';

export interface Player {
  readonly camera: string;
  readonly secret: string;
  readonly shots: readonly Planned[];
}

/** Plays every camera over and over until stopped, each round with new instants and sequence numbers. */
export function startPlayers(
  url: string,
  players: readonly Player[],
  options: {
    rounds: number;
    pauseMs: number;
    /** Asked before each round: a slow machine is not buried in pictures. */ ready: () => Promise<boolean>;
  },
): { done: Promise<void>; stop(): void } {
  const abort = new AbortController();
  const play = async ({ camera, secret, shots }: Player): Promise<void> => {
    const client = cameraClient({ url, camera, secret });
    for (let round = 0; round < options.rounds && !abort.signal.aborted; round += 1) {
      while (!abort.signal.aborted && !(await options.ready())) await pause(1000, abort.signal);
      // Sequence numbers go on over rounds and restarts: they count up with the clock.
      await playCamera(client, shots, { firstSequence: Math.floor(Date.now() / 10), signal: abort.signal });
      await client.heartbeat().catch(() => undefined);
      await pause(options.pauseMs, abort.signal);
    }
  };
  return {
    done: Promise.all(players.map(play)).then(() => undefined),
    stop: () => abort.abort(),
  };
}

/** Ends early when stopped; leaves nothing listening. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  setTimeout(ms, undefined, { signal }).catch(() => undefined);
