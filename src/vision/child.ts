import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { VisionError, type VisionErrorCode } from './errors.js';
import type { FrameHints } from './eyes.js';
import type { FrameReading } from './observation.js';
import type { Answer, ReadCommand } from './protocol.js';

const WORKER = fileURLToPath(new URL('../../workers/vision.ts', import.meta.url));
/** Opening both nets takes a second; a loaded machine may need many. */
const START_TIMEOUT_MS = 60_000;

/**
 * Every frame's raster makes V8 collect soon again, and its helper threads would take the neighbour's core for a heap of
 * 12 MB: without them a frame costs a tenth less processor time.
 */
const ONE_THREAD = '--single-threaded-gc';

interface Pending {
  resolve(reading: FrameReading): void;
  reject(error: VisionError): void;
  readonly timer: NodeJS.Timeout;
}

/** One vision process. It reads one frame at a time and is good for nothing after its first crash or hang. */
export class VisionChild {
  readonly ready: Promise<void>;
  /** Settles when the process has ended, for whatever reason. */
  readonly ended: Promise<void>;
  private readonly process: ChildProcess;
  private pending: Pending | null = null;
  private sequence = 0;
  private end: VisionError | null = null;

  constructor(manifestPath: string, worker: string = WORKER) {
    this.process = fork(worker, [manifestPath], {
      execArgv: [ONE_THREAD, '--import', import.meta.resolve('tsx')],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.ended = new Promise((resolve) => {
      this.process.once('exit', (code, signal) => {
        this.fail('VISION_CRASHED', `the vision process ended (${signal ?? `code ${code}`})`);
        resolve();
      });
      this.process.once('error', (cause) => {
        this.fail('VISION_CRASHED', 'the vision process could not be reached', cause);
        resolve();
      });
    });
    this.ready = this.started();
    this.ready.catch(() => undefined);
    this.process.on('message', (answer: Answer) => this.hear(answer));
  }

  get pid(): number | undefined {
    return this.process.pid;
  }

  get alive(): boolean {
    return this.end === null;
  }

  /** @throws VisionError the child's own refusal, VISION_TIMEOUT (the process is then killed) or VISION_CRASHED */
  read(bytes: Uint8Array, hints: FrameHints, timeoutMs: number): Promise<FrameReading> {
    if (this.end) return Promise.reject(this.end);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.kill('VISION_TIMEOUT', `no answer in ${timeoutMs} ms`), timeoutMs);
      this.pending = { resolve, reject, timer };
      const command: ReadCommand = { type: 'read', id: ++this.sequence, bytes, hints };
      this.process.send(
        command,
        (cause) => cause && this.kill('VISION_CRASHED', 'the frame could not be handed over', cause),
      );
    });
  }

  /** Ends the process at once; a frame under way fails with this code. */
  kill(code: VisionErrorCode, message: string, cause?: unknown): void {
    this.fail(code, message, cause);
    this.process.kill('SIGKILL');
  }

  private started(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.kill('VISION_TIMEOUT', `the vision process was not ready in ${START_TIMEOUT_MS} ms`);
        reject(this.end!);
      }, START_TIMEOUT_MS);
      const first = (answer: Answer): void => {
        if (answer.type !== 'ready' && answer.type !== 'unfit') return;
        clearTimeout(timer);
        if (answer.type === 'ready') return resolve();
        this.fail(answer.code, answer.message);
        reject(this.end!);
      };
      this.process.on('message', first);
      void this.ended.then(() => {
        clearTimeout(timer);
        reject(this.end!);
      });
    });
  }

  private hear(answer: Answer): void {
    if ((answer.type !== 'reading' && answer.type !== 'refusal') || answer.id !== this.sequence) return;
    const pending = this.take();
    if (!pending) return;
    if (answer.type === 'reading') pending.resolve(answer.reading);
    else pending.reject(new VisionError(answer.code, answer.message));
  }

  private fail(code: VisionErrorCode, message: string, cause?: unknown): void {
    this.end ??= new VisionError(code, message, { cause, details: { pid: this.pid } });
    this.take()?.reject(this.end);
  }

  private take(): Pending | null {
    const { pending } = this;
    this.pending = null;
    if (pending) clearTimeout(pending.timer);
    return pending;
  }
}
