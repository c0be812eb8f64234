import pg from 'pg';
import { StorageError } from './errors.js';

/** Thrown by a handler when the house cannot do the job now, which is no fault of its row: tried again without end. */
export class NotNow extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(reason, options);
    this.name = 'NotNow';
  }
}

// Classes 08 connection, 25006 read-only after a failover, 40 rolled back for another's sake, 53 out of resources,
// 57P shutting down, 58 the server's own disk.
const POSTGRES_AWAY = /^(08|25006|40|53|57P|58)/;
const NETWORK_AWAY =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|E(HOST|NET)(UNREACH|DOWN)|ENOTFOUND|EAI_AGAIN|E[MN]FILE)$/;
// What the driver says without a code of its own.
const DRIVER_AWAY = /^(Connection terminated|timeout exceeded when trying to connect|Client (has|was) )/;

/**
 * Whether the store (database or blobs) was away: nothing is known of the row, so a job that met it is never given up.
 * Outside systems do not count, nor a blob that the store answers it has not: their rooms say so in errors of their own.
 */
export function isOutage(error: unknown): boolean {
  if (error instanceof NotNow) return true;
  if (error instanceof StorageError) return error.code === 'BLOB_UNAVAILABLE';
  if (error instanceof pg.DatabaseError) return POSTGRES_AWAY.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return NETWORK_AWAY.test(code ?? '') || DRIVER_AWAY.test(error.message);
}

/** Whether Postgres refused a value as such (class 22: a NUL in a text, a number out of range): the same value fails again. */
export function isDataError(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^22/.test(error.code ?? '');
}
