import { Command } from 'commander';
import { readFileSync } from 'node:fs';

const { version, description } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
  description: string;
};

/** One file a command in `commands/`; a file may hold a family (`camera add`, `camera list`). */
const commands: Readonly<Record<string, () => Promise<{ register(program: Command): void }>>> = {
  up: () => import('./commands/up.js'),
  demo: () => import('./commands/demo.js'),
  status: () => import('./commands/status.js'),
  migrate: () => import('./commands/migrate.js'),
  simulate: () => import('./commands/simulate.js'),
};

const program = new Command('phat-nguoi').description(description).version(version).showHelpAfterError();
const wanted = process.argv[2] ?? '';
// Only the named command's modules are loaded: `status` need not wait for the vision libraries.
const load = wanted in commands ? [commands[wanted]!] : Object.values(commands);
for (const command of await Promise.all(load.map((l) => l()))) command.register(program);

try {
  await program.parseAsync();
} catch (error) {
  const known = error as { code?: unknown; message?: unknown };
  process.stderr.write(`${String(known.code ?? 'ERROR')}: ${String(known.message ?? error)}\n`);
  if (process.env.LOG_LEVEL === 'debug') console.error(error);
  process.exitCode = 1;
}
