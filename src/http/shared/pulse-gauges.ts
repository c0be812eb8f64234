import { Gauge, type Registry } from 'prom-client';
import { pulseOf, type Pulse } from '../../payments/pulse.js';
import { retentionFigures, type RetentionFigures } from '../../retention/index.js';
import type { Context, Db } from '../../storage/context.js';

const HELP: Readonly<Record<keyof Pulse, string>> = {
  casesReady: 'Cases that an officer can decide now',
  casesHeld: 'Cases with an open blocking hold',
  casesDisputed: 'Cases whose owner waits for an answer',
  casesOverdue: 'Cases in the queue past their statutory deadline',
  casesDueSoon: 'Cases in the queue due within 24 hours',
  noticesWaiting: 'Notices that have not reached their owner',
  noticesOverdue: 'Confirmed cases whose notice is past its statutory deadline and not delivered',
  jobsOpen: 'Jobs that are due and not done',
  oldestJobSeconds: 'Age of the oldest job that is due and not done',
  jobsSetAside: 'Jobs given up, waiting for the operator; pictures that are broken themselves not counted',
  refundsOwed: 'Refunds that the treasury has not sent',
  moneyUnassigned: 'Payments that belong to no notice, or in another currency',
  headAgeSeconds: 'Age of the newest signed head of the evidence log while leaves wait for one',
  calendarDaysLeft: 'Days until the holiday tables end, after which no legal deadline can be counted',
};

const RETENTION_HELP: Readonly<Record<keyof RetentionFigures, string>> = {
  framesLetGo: 'Frames whose pictures were let go by the policy',
  bytesLetGo: 'Size of the pictures that were let go by the policy',
  oldestFrameKeptSeconds: 'Age of the oldest judged picture that nobody is known to need',
};

const FRESH_MS = 1_000;

type House = Pick<Context, 'db' | 'clock' | 'log'>;

/** What an operator is to be woken for, as gauges `phat_nguoi_…`; the README beside this says at which values. */
export function pulseGauges(registry: Registry, ctx: House): void {
  gauges(registry, HELP, sharedReading(ctx, pulseOf));
  gauges(registry, RETENTION_HELP, sharedReading(ctx, retentionFigures));
}

function gauges<Key extends string>(
  registry: Registry,
  help: Readonly<Record<Key, string>>,
  take: () => Promise<Readonly<Record<Key, number>> | undefined>,
): void {
  for (const key of Object.keys(help) as Key[]) {
    new Gauge({
      name: `phat_nguoi_${snake(key)}`,
      help: help[key],
      registers: [registry],
      async collect() {
        const reading = await take();
        if (reading !== undefined) this.set(reading[key]);
      },
    });
  }
}

/** One reading for all gauges of a scrape; undefined if the database is away, which must not take other metrics along. */
function sharedReading<Reading>(
  ctx: House,
  read: (db: Db, now: Date) => Promise<Reading>,
): () => Promise<Reading | undefined> {
  let takenAt = -Infinity;
  let taken: Promise<Reading | undefined> = Promise.resolve(undefined);
  return () => {
    if (performance.now() - takenAt < FRESH_MS) return taken;
    takenAt = performance.now();
    taken = read(ctx.db, ctx.clock.now()).catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'the pulse of the house could not be taken');
      return undefined;
    });
    return taken;
  };
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
