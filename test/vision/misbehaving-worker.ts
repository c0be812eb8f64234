/** Speaks the vision protocol; does what the first byte of a frame says: h hangs, x crashes, else answers. */
import type { Answer, ReadCommand } from '../../src/vision/protocol.js';

const say = (answer: Answer): void => void process.send?.(answer);
process.on('disconnect', () => process.exit(0));
process.on('message', ({ id, bytes }: ReadCommand) => {
  const wish = String.fromCharCode(bytes[0] ?? 0);
  if (wish === 'x') process.exit(9);
  if (wish === 'h') for (;;);
  const reading = {
    width: bytes.length,
    height: 1,
    observations: [],
    strayPlates: [],
    lamps: [],
    models: {},
    ms: {},
  };
  say({ type: 'reading', id, reading });
});
say({ type: 'ready', models: {} });
