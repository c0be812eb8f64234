import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Log } from '../core/log.js';
import { both } from '../core/messages.js';
import type { Db } from './context.js';
import { openDatabase } from './database.js';
import { StorageError } from './errors.js';
import { loadKeys, type Keys } from './keys.js';
import { keyMessages } from './messages.js';

/** The keys of this box, which are those of the database. @throws {StorageError} `KEYS_UNREADABLE` | `KEYS_DIFFER` */
export async function houseKeys(db: Db, folder: string): Promise<Keys> {
  const keys = await loadKeys(folder);
  await agreeOnKeys(db, keys, folder);
  return keys;
}

/** The same for a process that needs no keys itself, before it starts those that do. */
export async function checkKeys(databaseUrl: string, folder: string, log: Log): Promise<void> {
  const db = openDatabase(databaseUrl, log, 1);
  try {
    await houseKeys(db, folder);
  } finally {
    await db.destroy();
  }
}

/**
 * The first box to open a database leaves the fingerprints of its keys there. A second one with keys of its own would seal
 * what the first cannot open, end its sessions and sign with a key that no notice names.
 */
async function agreeOnKeys(db: Db, keys: Keys, folder: string): Promise<void> {
  const ours = fingerprints(keys);
  const known = await recorded(db, ours);
  const other = ours.filter(({ name, fingerprint }) => {
    const first = known.find((one) => one.name === name);
    return first !== undefined && first.fingerprint !== fingerprint;
  });
  if (other.length === 0) return;
  throw new StorageError('KEYS_DIFFER', both(keyMessages.differ), {
    details: { folder, keys: other.map(({ name }) => name) },
  });
}

interface Fingerprint {
  readonly name: string;
  readonly fingerprint: string;
}

/** Of a secret key nothing can be told from its fingerprint: it is 32 bytes of chance. */
function fingerprints({ sealing, session, evidence }: Keys): Fingerprint[] {
  const of = (bytes: Buffer): string =>
    createHash('sha256').update('phat-nguoi key fingerprint\n').update(bytes).digest('hex');
  return [
    { name: 'sealing', fingerprint: of(sealing) },
    { name: 'session', fingerprint: of(session) },
    {
      name: 'evidence',
      fingerprint: of(evidence.publicKey.export({ type: 'spki', format: 'der' })),
    },
  ];
}

async function recorded(db: Db, ours: readonly Fingerprint[]): Promise<Fingerprint[]> {
  try {
    const known = await db.selectFrom('house_keys').select(['name', 'fingerprint']).execute();
    if (known.length >= ours.length) return known;
    await db
      .insertInto('house_keys')
      .values([...ours])
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    return await db.selectFrom('house_keys').select(['name', 'fingerprint']).execute();
  } catch (error) {
    // A command beside a house that runs an older version and has not been migrated yet, `migrate` among them.
    if (error instanceof pg.DatabaseError && error.code === UNDEFINED_TABLE) return [];
    throw error;
  }
}

const UNDEFINED_TABLE = '42P01';
