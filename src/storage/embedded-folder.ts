import { cp, lstat, mkdir, stat } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { StorageError } from './errors.js';

/** The unprivileged user that servers run as when we are root: Postgres refuses root. */
export const NOBODY = 65534;

export const amRoot = (): boolean => process.getuid?.() === 0;

/** True if every folder on the way lets other users pass, so that `nobody` can reach `path`. */
export async function othersCanReach(path: string): Promise<boolean> {
  for (let folder = path; ; folder = dirname(folder)) {
    const mode = await stat(folder).then(
      (s) => s.mode,
      () => undefined,
    );
    if (mode !== undefined && (mode & 0o001) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/**
 * A folder for a server's data: `wanted`, unless we are root and `nobody` cannot reach it (say below /root, mode 0700);
 * then one below /var/tmp that is named after it.
 */
export async function reachableFolder(wanted: string): Promise<string> {
  const folder = !amRoot() || (await othersCanReach(dirname(wanted))) ? wanted : farFolder(wanted);
  await mkdir(folder, { recursive: true });
  if (folder !== wanted) await assertOurs(folder);
  return folder;
}

/**
 * Anybody may make a folder in /var/tmp, and its name can be told beforehand.
 * @throws {StorageError} `POSTGRES_START`
 */
async function assertOurs(folder: string): Promise<void> {
  const { uid, mode } = await lstat(folder);
  if ((uid === 0 || uid === NOBODY) && (mode & 0o170002) === 0o040000) return;
  throw new StorageError(
    'POSTGRES_START',
    `${folder} is another user's, who could change what is in it: remove it`,
  );
}

/** Where data goes that cannot stay in `wanted`; nobody else's folder has this name. */
export const farFolder = (wanted: string): string =>
  join('/var/tmp', `phat-nguoi-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}`);

/** Programs that `nobody` may run: where they are, or a copy below /var/tmp if their folder is closed. */
export async function reachablePrograms(folder: string, name: string): Promise<string> {
  if (!amRoot() || (await othersCanReach(folder))) return folder;
  const copy = join('/var/tmp', name);
  await mkdir(copy, { recursive: true });
  await assertOurs(copy);
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true, force: false, errorOnExist: false });
  return copy;
}
