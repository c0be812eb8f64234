/** What a job can say: "look at row `key`". */
export const TOPICS = ['read', 'judge', 'match', 'issue', 'deliver', 'settle', 'seal', 'remind'] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * How often a job may fail before it is set aside, and how many run at once in a process. An outage of the database or
 * the blob store is no failure of the job and never counts (`outage.ts`). `read` follows the pool of vision processes and
 * counts a picture's own failures apart (`ingest/read-frame.ts`); `seal` is one at a time since the log is one chain.
 */
export const topicPolicy: Readonly<
  Record<Topic, { attempts: number; concurrency: number; backoffMs: number }>
> = {
  read: { attempts: 9, concurrency: 4, backoffMs: 500 },
  judge: { attempts: 8, concurrency: 2, backoffMs: 500 },
  match: { attempts: 12, concurrency: 4, backoffMs: 1000 },
  issue: { attempts: 12, concurrency: 2, backoffMs: 1000 },
  deliver: { attempts: 12, concurrency: 4, backoffMs: 1000 },
  settle: { attempts: 12, concurrency: 2, backoffMs: 1000 },
  seal: { attempts: 12, concurrency: 1, backoffMs: 1000 },
  remind: { attempts: 5, concurrency: 2, backoffMs: 5000 },
};
