import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { Log } from '../core/log.js';
import { isOutage } from './outage.js';
import { TOPICS, topicPolicy, type Topic } from './topics.js';

/** A job as the queue carries it: rows are in Postgres, never here. */
export interface QueuedJob {
  readonly key: string;
  /** Rows of the outbox up to this id, for this topic and key, are answered by the job. */
  readonly outboxId: number;
  /** How often the job has failed by itself; an outage of the store does not count. */
  readonly failures?: number;
}

export type QueueChoice =
  | { readonly kind: 'redis'; readonly url: string; readonly why: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly why: string };

export interface Queues {
  readonly choice: QueueChoice;
  add(topic: Topic, jobs: readonly QueuedJob[]): Promise<void>;
  work(
    topic: Topic,
    handle: (job: QueuedJob, attempt: number, lastFailure: boolean) => Promise<void>,
    concurrency?: number,
  ): { close(): Promise<void> };
  /** Jobs waiting, delayed or running, by topic. */
  depth(): Promise<Record<Topic, number>>;
  /** The queues themselves, for the operator's board. */
  readonly bull: readonly Queue[];
  close(): Promise<void>;
}

const name = (topic: Topic): string => `phat-nguoi-${topic}`;

/** When a job is given up is for its failures to say (`topicPolicy`); the queue itself never lets go of one. */
const NEVER_ENDING = 1_000_000_000;
const BACKOFF = 'house';
/** The longest pause after an outage: once the store is back, its jobs are not to wait much longer. */
const LONGEST_PAUSE_MS = 60_000;

/** The pause before the next try: doubling, a fifth of it by chance. */
function pauseAfter(tries: number, error: unknown, topic: Topic): number {
  const doubled = topicPolicy[topic].backoffMs * 2 ** Math.min(30, Math.max(0, tries - 1));
  const pause = isOutage(error) ? Math.min(LONGEST_PAUSE_MS, doubled) : doubled;
  return Math.round(pause * (0.8 + 0.2 * Math.random()));
}

/** Longer than a worker ever waits for its next job, and a sign that nobody is at the other end any more. */
const SILENCE_MS = 30_000;

/**
 * Opens every topic's queue on Redis or on BullMQ's Postgres backend; both behave alike. A Redis that owes an answer for
 * `silenceMs` is hung up on and called anew.
 */
export function openQueues(choice: QueueChoice, log: Log, silenceMs = SILENCE_MS): Queues {
  const onError = connectionTrouble(log);
  // Producers fail at once when Redis is away (the outbox keeps the job); workers wait for it to come back.
  const producer =
    choice.kind === 'redis'
      ? redis(choice.url, { maxRetriesPerRequest: 1, socketTimeout: silenceMs }, onError)
      : undefined;
  const connection = producer ?? { connectionString: choice.url, migrate: true, max: 4 };
  const opened = new Map<Topic, Queue>();
  const queueOf = (topic: Topic): Queue => {
    const known = opened.get(topic);
    if (known !== undefined) return known;
    const queue = makeQueue(topic, choice.kind, connection);
    queue.on('error', onError);
    opened.set(topic, queue);
    return queue;
  };
  const workers: Worker[] = [];
  const clients: Redis[] = producer === undefined ? [] : [producer];
  return {
    choice,
    async add(topic, jobs) {
      await queueOf(topic).addBulk(
        jobs.map((job) => ({
          name: topic,
          data: job,
          opts: {
            jobId: `${topic}-${job.key}-${job.outboxId}`,
            attempts: NEVER_ENDING,
            backoff: { type: BACKOFF },
            removeOnComplete: true,
            // What failed for good is kept in `set_aside`; a failed job left here would keep its id from being sent again.
            removeOnFail: true,
          },
        })),
      );
    },
    work(topic, handle, concurrency = topicPolicy[topic].concurrency) {
      const run = async (job: Job<QueuedJob>): Promise<void> => {
        const failures = (job.data.failures ?? 0) + 1;
        try {
          await handle(job.data, job.attemptsMade + 1, failures >= topicPolicy[topic].attempts);
        } catch (error) {
          if (!isOutage(error)) await job.updateData({ ...job.data, failures });
          throw error;
        }
      };
      const backoffStrategy = (
        tries: number,
        _type?: string,
        error?: Error,
        job?: { data: QueuedJob },
      ): number => pauseAfter(isOutage(error) ? tries : (job?.data.failures ?? tries), error, topic);
      const options = {
        concurrency,
        lockDuration: 30_000,
        stalledInterval: 10_000,
        maxStalledCount: 20,
        settings: { backoffStrategy },
      };
      let worker: Worker;
      if (choice.kind === 'redis') {
        const client = redis(choice.url, { maxRetriesPerRequest: null, socketTimeout: silenceMs }, onError);
        clients.push(client);
        worker = new Worker<QueuedJob>(name(topic), run, { ...options, connection: client });
      } else {
        worker = new Worker(
          name(topic),
          run,
          { ...options, connection: { connectionString: choice.url, migrate: true, max: 4 } },
          createPostgresBackend,
        ) as unknown as Worker;
      }
      worker.on('error', onError);
      workers.push(worker);
      return { close: () => worker.close() };
    },
    async depth() {
      const counts = await Promise.all(
        TOPICS.map(async (topic) => {
          const c = await queueOf(topic).getJobCounts('waiting', 'active', 'delayed', 'prioritized');
          return [topic, Object.values(c).reduce((sum, n) => sum + n, 0)] as const;
        }),
      );
      return Object.fromEntries(counts) as Record<Topic, number>;
    },
    get bull() {
      return TOPICS.map(queueOf);
    },
    async close() {
      await Promise.allSettled(workers.map((worker) => worker.close()));
      await Promise.allSettled([...opened.values()].map((queue) => queue.close()));
      for (const client of clients) client.disconnect();
    },
  };
}

/** A lost connection is tried again many times a second by several clients: one line a second tells it. */
function connectionTrouble(log: Log): (error: Error) => void {
  let last = 0;
  return (error) => {
    if (Date.now() - last < 1000) return;
    last = Date.now();
    log.warn({ because: error.message }, 'queue connection lost, trying again');
  };
}

function redis(
  url: string,
  options: { maxRetriesPerRequest: number | null; socketTimeout: number },
  onError: (error: Error) => void,
): Redis {
  const client = new Redis(url, {
    ...options,
    retryStrategy: (times: number) => Math.min(50 * times, 2000),
  });
  client.on('error', onError);
  return client;
}

function makeQueue(topic: Topic, kind: QueueChoice['kind'], connection: unknown): Queue {
  if (kind === 'redis')
    return new Queue(name(topic), { connection: connection as Redis, skipWaitingForReady: true });
  return new Queue(
    name(topic),
    { connection: connection as { connectionString: string } },
    createPostgresBackend,
  ) as unknown as Queue;
}
