import t from 'tap';
import { bodyColourOf } from '../../src/vision/body-colour.js';
import { decode } from '../../src/vision/decode.js';
import { readLamps } from '../../src/vision/lamps.js';
import { plateColourOf } from '../../src/vision/plate-colour.js';
import { drawnJpeg, plainJpeg } from './pictures.js';

/** A signal head with one lens lit. */
function head(lit: 'red' | 'amber' | 'green' | null): string {
  const lens = { red: ['#ff2a1e', 30], amber: ['#ffb31e', 75], green: ['#1effa0', 120] } as const;
  const lenses = Object.entries(lens).map(
    ([name, [colour, y]]) => `<circle cx="40" cy="${y}" r="16" fill="${name === lit ? colour : '#1a1a1a'}"/>`,
  );
  return `<rect x="15" y="5" width="50" height="140" fill="#0c0c0c"/>${lenses.join('')}`;
}

t.test('a lit lens names its colour, an unlit head is dark', async (t) => {
  for (const lit of ['red', 'amber', 'green', null] as const) {
    const frame = await decode(await drawnJpeg(80, 150, head(lit)));
    const [lamp] = readLamps(frame, [{ signal: 'main', region: [12, 2, 68, 148] }]);
    t.match(lamp, { signal: 'main', state: lit ?? 'dark' });
  }
});

t.test('two lenses lit, or no pixels, are unknown', async (t) => {
  const both = head('red') + '<circle cx="40" cy="120" r="16" fill="#1effa0"/>';
  const frame = await decode(await drawnJpeg(80, 150, both));
  const region = [12, 2, 68, 148] as const;
  t.match(readLamps(frame, [{ signal: 'main', region }]), [{ state: 'unknown' }]);
  t.match(readLamps(frame, [{ signal: 'main', region: [900, 900, 910, 910] }]), [{ state: 'unknown' }]);
});

t.test('the ground of a plate', async (t) => {
  const grounds = { white: '#e9e9e4', yellow: '#e8b81a', blue: '#1f4fa3', red: '#b3202a' } as const;
  for (const [colour, paint] of Object.entries(grounds)) {
    const letters = colour === 'white' || colour === 'yellow' ? '#111' : '#fff';
    const bars = [20, 50, 80, 110, 140].map(
      (x) => `<rect x="${x}" y="12" width="8" height="26" fill="${letters}"/>`,
    );
    const jpeg = await drawnJpeg(170, 50, `<rect width="170" height="50" fill="${paint}"/>${bars.join('')}`);
    t.equal(plateColourOf(await decode(jpeg), [0, 0, 170, 50]).colour, colour);
  }
  t.equal(
    plateColourOf(await decode(await plainJpeg(60, 30, '#050505')), [0, 0, 60, 30]).colour,
    'other',
    'too dark to tell',
  );
});

t.test('a body has a colour when one leads, and none when it is small, mixed or a motorcycle', async (t) => {
  const body: [number, number, number, number] = [0, 0, 200, 160];
  const car = async (paint: string) =>
    decode(await drawnJpeg(200, 160, `<rect width="200" height="160" fill="${paint}"/>`));
  t.equal(bodyColourOf(await car('#a01818'), 'car', body), 'red');
  t.equal(bodyColourOf(await car('#ececec'), 'car', body), 'white');
  t.equal(bodyColourOf(await car('#24457f'), 'truck', body), 'blue');
  t.equal(bodyColourOf(await car('#24457f'), 'motorcycle', body), 'unknown');
  t.equal(bodyColourOf(await car('#24457f'), 'car', [0, 0, 30, 20]), 'unknown');
  t.equal(bodyColourOf(await car('#0a0a0a'), 'car', body), 'unknown', 'in the dark everything is black');
  const mixed =
    '<rect width="100" height="160" fill="#a01818"/><rect x="100" width="100" height="160" fill="#24457f"/>';
  t.equal(bodyColourOf(await decode(await drawnJpeg(200, 160, mixed)), 'car', body), 'unknown');
});
