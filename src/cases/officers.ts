import { newId } from '../core/ids.js';
import type { Db } from '../storage/context.js';
import type { OfficersTable } from '../storage/schema.js';
import { CaseError } from './errors.js';
import { hashPassword, passwordMatches } from './passwords.js';

export const OFFICER_ROLES = [
  'reviewer',
  'signer',
  'operator',
] as const satisfies readonly OfficersTable['role'][];
export type OfficerRole = (typeof OFFICER_ROLES)[number];

/** An officer as the house knows them; the password stays in the database. */
export interface Officer {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly rank: string;
  readonly unit: string;
  readonly role: OfficerRole;
}

const COLUMNS = ['id', 'username', 'name', 'rank', 'unit', 'role'] as const;

/** @throws {CaseError} `USERNAME_TAKEN`, `WEAK_PASSWORD` under ten characters. */
export async function createOfficer(
  db: Db,
  given: Omit<Officer, 'id'> & { readonly password: string },
): Promise<Officer> {
  assertStrong(given.password);
  const { password, ...officer } = given;
  const row = { ...officer, id: newId(), username: officer.username.toLowerCase() };
  const made = await db
    .insertInto('officers')
    .values({ ...row, password_hash: await hashPassword(password) })
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  if (!made) throw new CaseError('USERNAME_TAKEN', `there is an officer ${row.username}`);
  return made;
}

function assertStrong(password: string): void {
  if (password.length < 10) throw new CaseError('WEAK_PASSWORD', 'a password has at least ten characters');
}

/**
 * Ends an officer's service: no sign-in any more, and every open session is out at once. What they decided stays on record.
 * @throws {CaseError} `OFFICER_NOT_FOUND`
 */
export const dismissOfficer = (db: Db, username: string): Promise<void> =>
  change(db, username, { active: false });

/**
 * Gives an officer another password; whoever was signed in with the old one is out.
 * @throws {CaseError} `OFFICER_NOT_FOUND` also for one who was dismissed, `WEAK_PASSWORD`
 */
export async function changePassword(
  db: Db,
  given: { readonly username: string; readonly password: string; readonly at: Date },
): Promise<void> {
  assertStrong(given.password);
  const password_hash = await hashPassword(given.password);
  await change(db, given.username, { password_hash, sessions_from: given.at });
}

/** Gives an officer another role, which holds at their next click. @throws {CaseError} `OFFICER_NOT_FOUND` */
export const changeRole = (db: Db, username: string, role: OfficerRole): Promise<void> =>
  change(db, username, { role });

async function change(
  db: Db,
  username: string,
  to: { active?: false; password_hash?: string; sessions_from?: Date; role?: OfficerRole },
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('officers')
    .set(to)
    .where('username', '=', username.toLowerCase())
    .where('active', '=', true)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new CaseError('OFFICER_NOT_FOUND', `no officer ${username} in service`);
}

// Verified against when there is no such officer, so that both answers take the same time.
let nobody: Promise<string> | undefined;

/** The officer whose name and password these are, if active; else null. */
export async function verifyPassword(db: Db, username: string, password: string): Promise<Officer | null> {
  const row = await db
    .selectFrom('officers')
    .select([...COLUMNS, 'password_hash', 'active'])
    .where('username', '=', username.toLowerCase())
    .executeTakeFirst();
  nobody ??= hashPassword('nobody has this password');
  const matches = await passwordMatches(password, row?.password_hash ?? (await nobody));
  if (!row || !row.active || !matches) return null;
  const { id, name, rank, unit, role } = row;
  return { id, username: row.username, name, rank, unit, role };
}

/** An active officer by id, for a session that began at `since`; null if there is none any more, or they have signed out. */
export async function officerById(db: Db, id: string, since: Date): Promise<Officer | null> {
  const row = await db
    .selectFrom('officers')
    .select(COLUMNS)
    .where('id', '=', id)
    .where('active', '=', true)
    .where('sessions_from', '<=', since)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * First line of every decision: operators keep the machine running and decide nothing.
 * @throws {CaseError} `NOT_ALLOWED`
 */
export function assertMayDecide(officer: Officer): void {
  if (officer.role === 'operator')
    throw new CaseError('NOT_ALLOWED', `${officer.username} is an operator and decides no cases`);
}

export const actorOf = (officer: Officer): string => `officer:${officer.username}`;
