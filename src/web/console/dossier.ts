export type { Dossier, ShownHold, ShownPlate } from '../../cases/dossier.js';
export type { FilmFrame } from '../../cases/film.js';
export type { HistoryEntry, ShownResponse } from '../../cases/history.js';
export type { Queue, QueueCounts, QueueItem } from '../../cases/queue.js';
import type { Dossier } from '../../cases/dossier.js';
import type { Message } from '../../core/messages.js';

/** What the officers' API answers beside the dossier itself. */
export interface OpenedCase {
  readonly dossier: Dossier;
  readonly openedAt: string;
  readonly obstacles: readonly Message[];
  readonly rejectReasons: readonly { readonly code: string; readonly text: Message }[];
}

export interface ShownOwner {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly digitalAccount: string | null;
}
