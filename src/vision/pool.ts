import type { Log } from '../core/log.js';
import { VisionChild } from './child.js';
import { VisionError } from './errors.js';
import type { FrameHints } from './eyes.js';
import type { FrameReading } from './observation.js';

export interface VisionPoolOptions {
  /** One a core is right: each reads one frame at a time with one thread. */
  readonly processes: number;
  readonly manifestPath: string;
  readonly log: Log;
  /** A frame that takes longer counts as a hang, and its process is killed. */
  readonly timeoutMs?: number;
  /** Another program that speaks `protocol.ts`, for tests. */
  readonly worker?: string;
}

export interface FrameToRead extends FrameHints {
  readonly bytes: Uint8Array;
}

export interface VisionPool {
  /**
   * Reads a frame in the next free process. Never tries twice: that is the job's to decide (`isPictureFault` says when
   * it is pointless).
   * @throws VisionError the picture's fault (EMPTY_IMAGE … IMAGE_TOO_LARGE), VISION_FAILED, VISION_CRASHED,
   * VISION_TIMEOUT, VISION_CLOSED, or the manifest's if no process can start
   */
  read(frame: FrameToRead): Promise<FrameReading>;
  /** Process ids, for the operator. */
  pids(): number[];
  /** Ends all processes; frames under way and waiting fail with VISION_CLOSED. */
  close(): Promise<void>;
}

interface Waiting {
  take(child: VisionChild): void;
  refuse(error: VisionError): void;
}

const TIMEOUT_MS = 20_000;
const RESTART_MS = { least: 100, most: 10_000 } as const;

/**
 * Starts the vision processes and keeps their number: one that crashes or hangs is replaced, at once the first time and
 * more slowly while it keeps dying. Resolves when all are ready.
 * @throws VisionError if the models cannot be opened
 */
export async function createVisionPool(options: VisionPoolOptions): Promise<VisionPool> {
  const pool = new Pool(options);
  await pool.start();
  return pool;
}

class Pool implements VisionPool {
  private readonly children = new Set<VisionChild>();
  private readonly free: VisionChild[] = [];
  private readonly waiting: Waiting[] = [];
  private readonly restarts = new Set<NodeJS.Timeout>();
  private closed = false;

  constructor(private readonly options: VisionPoolOptions) {}

  async start(): Promise<void> {
    const first = Array.from({ length: Math.max(1, this.options.processes) }, () => this.raise());
    try {
      await Promise.all(first.map((child) => child.ready));
    } catch (error) {
      await this.close();
      throw error;
    }
    first.forEach((child) => this.supervise(child, 0));
  }

  async read({ bytes, ...hints }: FrameToRead): Promise<FrameReading> {
    const child = await this.next();
    try {
      return await child.read(bytes, hints, this.options.timeoutMs ?? TIMEOUT_MS);
    } finally {
      if (child.alive) this.release(child);
    }
  }

  pids(): number[] {
    return [...this.children].flatMap((child) => child.pid ?? []);
  }

  async close(): Promise<void> {
    this.closed = true;
    this.restarts.forEach(clearTimeout);
    const refusal = new VisionError('VISION_CLOSED', 'vision is closing');
    this.waiting.splice(0).forEach((one) => one.refuse(refusal));
    const children = [...this.children];
    children.forEach((child) => child.kill('VISION_CLOSED', 'vision is closing'));
    await Promise.all(children.map((child) => child.ended));
  }

  private raise(): VisionChild {
    const child = new VisionChild(this.options.manifestPath, this.options.worker);
    this.children.add(child);
    void child.ended.then(() => this.children.delete(child));
    return child;
  }

  private supervise(child: VisionChild, failures: number): void {
    const born = Date.now();
    this.release(child);
    void child.ended.then(() => {
      if (this.closed) return;
      this.options.log.warn({ pid: child.pid }, 'vision process ended, replacing it');
      this.replace(Date.now() - born > RESTART_MS.most ? 0 : failures);
    });
  }

  private replace(failures: number): void {
    const wait = failures === 0 ? 0 : Math.min(RESTART_MS.most, RESTART_MS.least * 2 ** failures);
    const timer = setTimeout(() => {
      this.restarts.delete(timer);
      const child = this.raise();
      child.ready.then(
        () => this.supervise(child, failures + 1),
        (error: unknown) => {
          if (this.closed) return;
          this.options.log.error({ err: error }, 'vision process did not start');
          child.kill('VISION_FAILED', 'the vision process did not start');
          this.replace(failures + 1);
        },
      );
    }, wait);
    this.restarts.add(timer);
  }

  private next(): Promise<VisionChild> {
    if (this.closed) return Promise.reject(new VisionError('VISION_CLOSED', 'vision is closed'));
    for (let child = this.free.shift(); child; child = this.free.shift()) {
      if (child.alive) return Promise.resolve(child);
    }
    return new Promise((take, refuse) => this.waiting.push({ take, refuse }));
  }

  private release(child: VisionChild): void {
    const next = this.waiting.shift();
    if (next) next.take(child);
    else this.free.push(child);
  }
}
