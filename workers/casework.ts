import * as cases from '../src/cases/jobs.js';
import { runWorker } from '../src/commands/processes/worker-process.js';
import * as evidence from '../src/evidence/jobs.js';
import * as judging from '../src/judging/jobs.js';
import * as notices from '../src/notices/jobs.js';
import * as payments from '../src/payments/jobs.js';
import * as retention from '../src/retention/jobs.js';
import { startDispatcher } from '../src/storage/dispatcher.js';
import type { Context } from '../src/storage/context.js';
import { composeHandlers, startWorkers, type Handlers } from '../src/storage/handlers.js';
import { TOPICS } from '../src/storage/topics.js';

interface Room {
  readonly handlers: Handlers;
  /** Periodic work: signing heads, asking the gateway, deadline alarms, letting pictures go. */
  readonly startChores?: (ctx: Context) => { close(): Promise<void> };
}

/** Hands committed jobs to the queue, and does all of them but reading. */
await runWorker('casework', async (house) => {
  const rooms = [judging, cases, notices, payments, evidence, retention];
  const handlers = composeHandlers(...rooms.map((room) => room.handlers));
  const missing = TOPICS.filter((topic) => topic !== 'read' && handlers[topic] === undefined);
  if (missing.length > 0) throw new Error(`no handler for the jobs ${missing.join(', ')}`);
  const queues = house.openQueues();
  const workers = startWorkers(house, queues, handlers);
  const dispatcher = await startDispatcher(house, queues, house.databaseUrl);
  const chores = rooms.flatMap((room: Room) =>
    room.startChores === undefined ? [] : [room.startChores(house)],
  );
  return async () => {
    await dispatcher.close();
    await workers.close();
    await Promise.all(chores.map((chore) => chore.close()));
  };
});
