/**
 * Vision process: reads frames for the supervisor in `src/vision/pool.ts` and knows nothing but pictures.
 * Started with the path of the model manifest; speaks `src/vision/protocol.ts`.
 */
import { VisionError, type VisionErrorCode } from '../src/vision/errors.js';
import { openEyes, type Eyes } from '../src/vision/eyes.js';
import type { Answer, ReadCommand } from '../src/vision/protocol.js';

const say = (answer: Answer): void => void process.send?.(answer);
const reason = (error: unknown): { code: VisionErrorCode; message: string } =>
  error instanceof VisionError
    ? { code: error.code, message: error.message }
    : { code: 'VISION_FAILED', message: error instanceof Error ? error.message : String(error) };

// The supervisor is gone: nobody will ever ask again.
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole process group; the supervisor ends this process when the frames under way are done.
process.on('SIGINT', () => undefined);

let eyes: Eyes;
try {
  eyes = await openEyes(process.argv[2]!);
} catch (error) {
  say({ type: 'unfit', ...reason(error) });
  throw error;
}
process.on('message', ({ id, bytes, hints }: ReadCommand) => {
  eyes.readFrame(bytes, hints).then(
    (reading) => say({ type: 'reading', id, reading }),
    (error: unknown) => say({ type: 'refusal', id, ...reason(error) }),
  );
});
say({ type: 'ready', models: eyes.models });
