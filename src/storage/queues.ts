import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq';
import { Redis } from 'ioredis';
import type { Log } from '../core/log.js';
import { TOPICS, topicPolicy, type Topic } from './topics.js';

/** A job as the queue carries it: rows are in Postgres, never here. */
export interface QueuedJob {
  readonly key: string;
  /** Rows of the outbox up to this id, for this topic and key, are answered by the job. */
  readonly outboxId: number;
}

export type QueueChoice =
  | { readonly kind: 'redis'; readonly url: string; readonly why: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly why: string };

export interface Queues {
  readonly choice: QueueChoice;
  add(topic: Topic, jobs: readonly QueuedJob[]): Promise<void>;
  work(
    topic: Topic,
    handle: (job: QueuedJob, attempt: number, lastAttempt: boolean) => Promise<void>,
    concurrency?: number,
  ): { close(): Promise<void> };
  /** Jobs waiting, delayed or running, by topic. */
  depth(): Promise<Record<Topic, number>>;
  /** The queues themselves, for the operator's board. */
  readonly bull: readonly Queue[];
  close(): Promise<void>;
}

const name = (topic: Topic): string => `phat-nguoi-${topic}`;

/** Opens every topic's queue on Redis or on BullMQ's Postgres backend; both behave alike. */
export function openQueues(choice: QueueChoice, log: Log): Queues {
  const onError = connectionTrouble(log);
  // Producers fail at once when Redis is away (the outbox keeps the job); workers wait for it to come back.
  const producer =
    choice.kind === 'redis' ? redis(choice.url, { maxRetriesPerRequest: 1 }, onError) : undefined;
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
      const { attempts, backoffMs } = topicPolicy[topic];
      await queueOf(topic).addBulk(
        jobs.map((job) => ({
          name: topic,
          data: job,
          opts: {
            jobId: `${topic}-${job.key}-${job.outboxId}`,
            attempts,
            backoff: { type: 'exponential', delay: backoffMs, jitter: 0.2 },
            removeOnComplete: true,
            // What failed for good is kept in `set_aside`; a failed job left here would keep its id from being sent again.
            removeOnFail: true,
          },
        })),
      );
    },
    work(topic, handle, concurrency = topicPolicy[topic].concurrency) {
      const run = (job: Job<QueuedJob>): Promise<void> =>
        handle(job.data, job.attemptsMade + 1, job.attemptsMade + 1 >= (job.opts.attempts ?? 1));
      const options = { concurrency, lockDuration: 30_000, stalledInterval: 10_000, maxStalledCount: 20 };
      let worker: Worker;
      if (choice.kind === 'redis') {
        const client = redis(choice.url, { maxRetriesPerRequest: null }, onError);
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
  options: { maxRetriesPerRequest: number | null },
  onError: (error: Error) => void,
): Redis {
  const client = new Redis(url, { ...options, retryStrategy: (times: number) => Math.min(50 * times, 2000) });
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
