import { readdirSync, readFileSync } from 'node:fs';
import { Command } from 'commander';

const { version, description } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as { version: string; description: string };

/** One file a command in `commands/`, named as the command; a file may hold a family (`camera add`, `camera list`). */
const FOLDER = new URL('./commands/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

const program = new Command('phat-nguoi').description(description).version(version).showHelpAfterError();
const wanted = process.argv[2] ?? '';
// Only the named command's modules are loaded: `status` need not wait for the vision libraries.
for (const name of names.includes(wanted) ? [wanted] : names) {
  const command = (await import(new URL(`${name}.ts`, FOLDER).href)) as { register(program: Command): void };
  command.register(program);
}

try {
  await program.parseAsync();
} catch (error) {
  const known = error as { code?: unknown; message?: unknown };
  const said = `${String(known.code ?? 'ERROR')}: ${String(known.message ?? error)}`;
  process.stderr.write(`${said}${becauseOf(error)}\n`);
  if (process.env.LOG_LEVEL === 'debug') console.error(error);
  process.exitCode = 1;
}

/** What lies under an error, in brackets: "could not be brought up to date" helps nobody who mistyped a password. */
function becauseOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  // What a schema says is in the message already.
  if (!(cause instanceof Error) || 'issues' in cause) return '';
  const [line] = cause.message.split('\n');
  const code = (cause as { code?: unknown }).code;
  return ` (${line === undefined || line === '' ? String(code ?? cause.name) : line}${becauseOf(cause)})`;
}
