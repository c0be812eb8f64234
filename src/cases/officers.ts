import { newId } from '../core/ids.js';
import type { Db } from '../storage/context.js';
import type { OfficersTable } from '../storage/schema.js';
import { CaseError } from './errors.js';
import { hashPassword, passwordMatches } from './passwords.js';

export type OfficerRole = OfficersTable['role'];

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
  if (given.password.length < 10)
    throw new CaseError('WEAK_PASSWORD', 'a password has at least ten characters');
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
