import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { appendEvent } from './events.js';

const DAY = 86_400_000;

export type AlarmLevel =
  | 'notice-in-3-days'
  | 'notice-in-1-day'
  | 'notice-overdue'
  | 'expires-in-30-days'
  | 'expires-in-3-days'
  | 'expired';

interface Deadlines {
  readonly noticeDueAt: Date;
  readonly expiresAt: Date;
}

/** Every alarm of a candidate, in order of time. */
export function alarmsOf({ noticeDueAt, expiresAt }: Deadlines): { level: AlarmLevel; at: Date }[] {
  const at = (from: Date, days: number): Date => new Date(from.getTime() - days * DAY);
  return [
    { level: 'notice-in-3-days' as const, at: at(noticeDueAt, 3) },
    { level: 'notice-in-1-day' as const, at: at(noticeDueAt, 1) },
    { level: 'notice-overdue' as const, at: noticeDueAt },
    { level: 'expires-in-30-days' as const, at: at(expiresAt, 30) },
    { level: 'expires-in-3-days' as const, at: at(expiresAt, 3) },
    { level: 'expired' as const, at: expiresAt },
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The first alarm after `now`, null when all are past. */
export function nextAlarm(deadlines: Deadlines, now: Date): { level: AlarmLevel; at: Date } | null {
  return alarmsOf(deadlines).find((alarm) => alarm.at > now) ?? null;
}

/** The alarm that rings now: the last one reached. */
export function currentAlarm(deadlines: Deadlines, now: Date): AlarmLevel | null {
  return alarmsOf(deadlines).findLast((alarm) => alarm.at <= now)?.level ?? null;
}

/**
 * Job `remind`: tells of a candidate whose statutory deadline is near or gone, once a level, and sets the next alarm;
 * removes the owner's data from a rejected case once the decision can no longer be taken back.
 * Nothing here decides a case: one that expires waits for its officer to reject it.
 */
export async function remind(ctx: Context, caseId: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('cases')
      .select(['state', 'notice_due_at', 'expires_at', 'owner_sealed'])
      .where('id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return;
    const at = ctx.clock.now();
    if (row.state === 'rejected' && row.owner_sealed !== null) {
      await trx
        .updateTable('cases')
        .set({ owner_sealed: null, digital_account: null })
        .where('id', '=', caseId)
        .execute();
      await appendEvent(trx, { caseId, kind: 'owner-purged', actor: 'system:cases', at });
      return;
    }
    if (row.state !== 'candidate') return;
    const deadlines = { noticeDueAt: row.notice_due_at, expiresAt: row.expires_at };
    const level = currentAlarm(deadlines, at);
    if (level && !(await hasRung(trx, caseId, level))) {
      await appendEvent(trx, { caseId, kind: 'alarm', actor: 'system:cases', at, data: { level } });
      ctx.log.warn(
        { caseId, level, noticeDueAt: row.notice_due_at, expiresAt: row.expires_at },
        'statutory deadline',
      );
    }
    const next = nextAlarm(deadlines, at);
    if (next) await enqueue(trx, 'remind', caseId, next.at);
  });
}

async function hasRung(trx: Db, caseId: string, level: AlarmLevel): Promise<boolean> {
  const rung = await trx
    .selectFrom('case_events')
    .select('data')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'alarm')
    .execute();
  return rung.some(({ data }) => (data as { level?: unknown }).level === level);
}
