import { Command } from 'commander';
import t from 'tap';
import { recipeOf, register } from '../../src/commands/twin.js';

/** What the command says of options before it draws anything. */
async function refusal(...options: string[]): Promise<string> {
  let said = '';
  const program = new Command().exitOverride().configureOutput({ writeErr: (text) => (said += text) });
  register(program);
  for (const one of program.commands)
    one.exitOverride().configureOutput({ writeErr: (text) => (said += text) });
  await t.rejects(
    program.parseAsync(['twin', '--site', 'street', '--out', 'nowhere', ...options], { from: 'user' }),
  );
  return said;
}

t.test('what makes no clip is refused before anything is drawn', async (t) => {
  for (const [option, word] of [
    ['--seed', 'x'],
    ['--seconds', 'abc'],
    ['--seconds', '0'],
    ['--seconds', '-3'],
    ['--seconds', '601'],
    ['--fps', '3'],
    ['--fps', '0'],
    ['--fps', '-5'],
    ['--width', '-1'],
    ['--height', '100000'],
    ['--quality', '101'],
    ['--plain', '-5'],
    ['--plain', '100000'],
    ['--plates', 'odd'],
  ] as const)
    t.match(
      await refusal(option, word),
      new RegExp(`option '${option} .*argument '${word}' is invalid`),
      `${option} ${word}`,
    );
});

t.test('a recipe says which plates only where they are not the usual ones', (t) => {
  const options = {
    site: 'street', seed: 1, start: 0, seconds: 2, fps: 10, light: 'day', weather: 'dry', width: 64, height: 64, quality: 85, out: 'o',
  } as const; // prettier-ignore
  t.notOk('plates' in recipeOf({ ...options, plates: 'clean' }), 'older recipes stay what they were');
  t.equal(recipeOf({ ...options, plates: 'mixed' }).plates, 'mixed');
  t.end();
});
