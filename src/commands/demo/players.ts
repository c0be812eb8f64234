import { cameraClient } from '../../simulators/camera.js';
import { playCamera } from '../../simulators/play-camera.js';
import { planShots } from '../../simulators/shots.js';

export interface Player {
  readonly camera: string;
  readonly secret: string;
  /** A clip or a folder of JPEGs. */
  readonly path: string;
  readonly fps: number;
}

/** Plays every camera over and over until stopped, each round with new instants and sequence numbers. */
export function startPlayers(
  url: string,
  players: readonly Player[],
  options: { rounds: number; pauseMs: number },
): {
  done: Promise<void>;
  stop(): void;
} {
  const abort = new AbortController();
  const play = async ({ camera, secret, path, fps }: Player): Promise<void> => {
    const client = cameraClient({ url, camera, secret });
    const shots = await planShots(path, { fps, camera });
    for (let round = 0; round < options.rounds && !abort.signal.aborted; round += 1) {
      // Sequence numbers go on over rounds and restarts: they count up with the clock.
      await playCamera(client, shots, { firstSequence: Math.floor(Date.now() / 10), signal: abort.signal });
      await client.heartbeat().catch(() => undefined);
      await new Promise((done) => setTimeout(done, abort.signal.aborted ? 0 : options.pauseMs));
    }
  };
  return {
    done: Promise.all(players.map(play)).then(() => undefined),
    stop: () => abort.abort(),
  };
}
