import closeWithGrace from 'close-with-grace';

/** Runs `stop` once on Ctrl-C, SIGTERM or an unexpected error, then ends the process; a second Ctrl-C ends it at once. */
export function untilStopped(stop: () => Promise<void>, graceMs = 30_000): void {
  closeWithGrace({ delay: graceMs }, async ({ err }) => {
    if (err !== undefined) console.error(err);
    await stop();
  });
}
