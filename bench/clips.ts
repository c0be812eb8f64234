import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Every folder at or under a path that holds a finished clip: its clip.json is written last. */
export function clipsUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (existsSync(join(path, 'clip.json'))) return [path];
  return readdirSync(path, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? clipsUnder(join(path, entry.name)) : []))
    .sort();
}
