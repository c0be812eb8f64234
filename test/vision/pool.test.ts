import { fileURLToPath } from 'node:url';
import t from 'tap';
import { createLog } from '../../src/core/log.js';
import { SHIPPED_MANIFEST } from '../../src/vision/manifest.js';
import { createVisionPool } from '../../src/vision/pool.js';
import { drawnJpeg } from './pictures.js';

const log = createLog('test', 'silent');
const worker = fileURLToPath(new URL('./misbehaving-worker.ts', import.meta.url));
const code = (error: unknown): unknown => (error as { code?: unknown }).code;

t.test('a real process reads, survives kill -9 by being replaced, and reads on', async (t) => {
  const pool = await createVisionPool({ processes: 1, manifestPath: SHIPPED_MANIFEST, log });
  t.teardown(() => pool.close());
  const bytes = await drawnJpeg(640, 360, '<rect x="200" y="100" width="120" height="90" fill="#222"/>');
  const lamps = [{ signal: 'north', region: [200, 100, 320, 190] as const }];
  t.match(await pool.read({ bytes, lamps }), {
    width: 640,
    height: 360,
    lamps: [{ signal: 'north', state: 'dark' }],
  });
  t.equal(await pool.read({ bytes: Buffer.from('no picture') }).catch(code), 'NOT_AN_IMAGE');
  const [before] = pool.pids();
  const underWay = pool.read({ bytes }).catch(code);
  process.kill(before!, 'SIGKILL');
  t.equal(await underWay, 'VISION_CRASHED', 'the frame fails, so that its job is tried again');
  t.match(await pool.read({ bytes }), { width: 640 }, 'and the next one waits for the new process');
  t.not(pool.pids()[0], before);
});

t.test('a hang costs its own frame, not the others', async (t) => {
  const pool = await createVisionPool({ processes: 2, manifestPath: '', log, worker, timeoutMs: 700 });
  t.teardown(() => pool.close());
  const wishes = ['h', 'ok', 'x', 'ok', 'ok', 'ok'];
  const answers = await Promise.all(
    wishes.map((wish) => pool.read({ bytes: Buffer.from(wish) }).then((reading) => reading.width, code)),
  );
  t.same(answers, ['VISION_TIMEOUT', 2, 'VISION_CRASHED', 2, 2, 2]);
});

t.test('closing refuses what waits and leaves no process', async (t) => {
  const pool = await createVisionPool({ processes: 1, manifestPath: '', log, worker });
  const frames = ['h', 'ok'].map((wish) => pool.read({ bytes: Buffer.from(wish) }).catch(code));
  const pids = pool.pids();
  await pool.close();
  t.same(await Promise.all(frames), ['VISION_CLOSED', 'VISION_CLOSED']);
  for (const pid of pids) t.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  t.equal(await pool.read({ bytes: Buffer.from('ok') }).catch(code), 'VISION_CLOSED');
});

t.test('models that cannot be opened stop the start with their own code', async (t) => {
  const start = createVisionPool({ processes: 2, manifestPath: '/nowhere/manifest.json', log });
  await t.rejects(start, { code: 'MANIFEST_UNREADABLE' });
});
