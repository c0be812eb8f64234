import type { Message } from '../core/messages.js';
import { z } from 'zod';
import type { Db } from '../storage/context.js';
import { eventMessages, responseKinds, type ResponseKind } from './reasons.js';
import type { Attachment } from './responses.js';

export interface HistoryEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly message: Message;
  readonly from: string | null;
  readonly to: string | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What happened to a case, oldest first. `blind` leaves out a first officer's review, which the second must not see. */
export async function historyOf(db: Db, caseId: string, blind: boolean): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('case_events')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('seq')
    .execute();
  return rows
    .filter((row) => !blind || row.kind !== 'review')
    .map((row) => ({
      seq: row.seq,
      at: row.at.toISOString(),
      actor: shownActor(row.actor),
      kind: row.kind,
      message: messageOf(row.kind),
      from: row.from_state,
      to: row.to_state,
      data: z.record(z.string(), z.unknown()).catch({}).parse(row.data),
    }));
}

/** Owners stand in older rows by their digital account, which holds the personal number; a history is never rewritten. */
function shownActor(actor: string): string {
  const byNotice = /^citizen:\d+\/\d{4}\//.test(actor);
  return actor.startsWith('citizen:') && !byNotice ? 'citizen:owner' : actor;
}

const known: Readonly<Record<string, Message>> = eventMessages;
const messageOf = (kind: string): Message => known[kind] ?? { vi: kind, en: kind };

export interface ShownResponse {
  readonly id: string;
  readonly kind: ResponseKind;
  readonly message: Message;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  readonly at: string;
  readonly answeredAt: string | null;
  readonly answer: string | null;
  readonly outcome: string | null;
}

/** What the owner has answered, oldest first, with the officers' answers. */
export async function responsesOf(db: Db, caseId: string): Promise<ShownResponse[]> {
  const rows = await db
    .selectFrom('responses')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as ResponseKind,
    message: responseKinds[row.kind as ResponseKind],
    text: row.text,
    attachments: row.attachments as Attachment[],
    at: row.at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    answer: row.answer,
    outcome: row.outcome,
  }));
}
