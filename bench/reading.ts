/**
 * Our reader and detector beside the public ones, on pictures kept from training.
 * `npm run bench:reading -- --data ../shared/data [--models ../shared/models] [--manifest FILE] [--split val] [--twin CLIPS]`
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadModels, SHIPPED_MANIFEST, type ReaderEntry } from '../src/vision/manifest.js';
import { loadCrops } from './reading/crops.js';
import { scoreFrames, type FrameScore } from './reading/frames.js';
import { readCrops, scored, type CropScore } from './reading/read-crops.js';
import { reliabilityOf, type Reliability } from './reading/reliability.js';
import { gateScenes, twinScenes } from './reading/scenes.js';
import { scoreVehicles } from './reading/vehicles.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    models: { type: 'string' },
    manifest: { type: 'string', default: SHIPPED_MANIFEST },
    split: { type: 'string', default: 'val' },
    twin: { type: 'string', default: fileURLToPath(new URL('../src/twin/clips', import.meta.url)) },
  },
});
const publicModels = values.models ?? join(values.data, '../models');
const models = await loadModels(values.manifest);

/** The public reader behind our own manifest's words: other weights, same code. */
const publicReader: ReaderEntry = {
  ...models.reader,
  file: join(publicModels, 'cct_xs_v1_global.onnx'),
  input: { name: 'input', height: 64, width: 128, layout: 'NHWC', type: 'uint8' },
  alphabet: '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_',
  slots: 9,
  outputs: { probs: 'Identity:0' },
  secondLook: undefined,
  temperature: 1,
  thresholds: { char: 0, accept: 0.95, ctcAgree: 0, minRowPx: 0, minSharpness: 0, minLight: 0 },
};

console.log(
  `# Reading plates, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, one thread a net`,
);
console.log(
  `Split ${values.split}; 8 % margin, counted as no plate; plates over 27 px (one row) or 66 px (two rows) are first brought down to it; each condition alone.`,
);
console.log('Accepted: ours by its manifest, the public reader at a least character probability of .95.\n');

const crops = await loadCrops(values.data, values.split);
const outcomes = await readCrops(crops, [
  { name: 'ours', entry: models.reader, accepts: 'thresholds' },
  { name: 'public', entry: publicReader, accepts: 0.95 },
]);
const scores = scored(outcomes);
console.log('| condition | plates | reader | n | exact | accepted | wrong among accepted | ms |');
console.log('|---|---|---|---|---|---|---|---|');
for (const one of scores) console.log(row(one));
const readers = Object.fromEntries(
  ['ours', 'public'].map((name) => [name, summed(scores.filter((one) => one.reader === name))]),
);
const reliability = reliabilityOf(outcomes.filter((one) => one.reader === 'ours'));
tellReliability(reliability);

const frames = await scoreFrames(await gateScenes(values.data, values.split), values.manifest);
report('parking gates', frames);
const twin = await scoreFrames(await twinScenes(values.twin), values.manifest);
report("the traffic twin's roads", twin);

const vehicles = await scoreVehicles(
  values.data,
  values.split,
  models.detector,
  join(publicModels, 'yolox_nano.onnx'),
);
console.log(`\n# Vehicles in ${vehicles.frames} frames, AP50`);
console.log('| detector | car | motorcycle | bus | truck | any | ms, first look with scaling |');
console.log('|---|---|---|---|---|---|---|');
for (const { detector, ap50, ms } of vehicles.scores) {
  const cells = [ap50.car, ap50.motorcycle, ap50.bus, ap50.truck, ap50.any].map((value) => value.toFixed(3));
  console.log(`| ${detector} | ${cells.join(' | ')} | ${ms.toFixed(1)} |`);
}
console.log('');
console.log(JSON.stringify({ readers, crops: scores, reliability, frames, twin, vehicles }));

function tellReliability({ bands, expectedCalibrationError }: Reliability): void {
  console.log(
    `\n# How far our scores are to be believed, all conditions together: expected calibration error ${expectedCalibrationError.toFixed(4)}`,
  );
  console.log('| score from | to | reads | mean score | right |');
  console.log('|---|---|---|---|---|');
  for (const { from, to, reads, meanScore, right } of bands) {
    console.log(`| ${from} | ${to} | ${reads} | ${meanScore.toFixed(4)} | ${right.toFixed(4)} |`);
  }
}

function report(where: string, { frames, falseAFrame, bands }: FrameScore): void {
  console.log(`\n# Plates in ${frames} full frames of ${where}: ${falseAFrame.toFixed(3)} false a frame`);
  console.log('| plate height px | plates | found | read exactly | accepted | wrong among accepted |');
  console.log('|---|---|---|---|---|---|');
  for (const one of bands.filter((band) => band.plates > 0)) {
    console.log(
      `| ${one.heightPx} | ${one.plates} | ${one.found} | ${one.exact} | ${one.accepted} | ${one.wrongAccepted} |`,
    );
  }
}

function row(one: CropScore): string {
  const share = (count: number): string => `${((count / one.plates) * 100).toFixed(1)} %`;
  return `| ${one.condition} | ${one.domain}, ${one.lines} row${one.lines === 2 ? 's' : ''} | ${one.reader} | ${one.plates} | ${share(one.exact)} | ${share(one.accepted)} | ${one.wrongAccepted} | ${one.ms.toFixed(1)} |`;
}

function summed(group: readonly CropScore[]) {
  const total = (pick: (one: CropScore) => number): number => group.reduce((sum, one) => sum + pick(one), 0);
  const accepted = total((one) => one.accepted);
  const clean = group.filter((one) => one.condition === 'as is');
  const of = (pick: (one: CropScore) => number): number => clean.reduce((sum, one) => sum + pick(one), 0);
  return {
    accepted,
    wrongAccepted: total((one) => one.wrongAccepted),
    cleanExact: of((one) => one.exact) / of((one) => one.plates),
    cleanKept: of((one) => one.accepted) / of((one) => one.plates),
    ms: group.map((one) => one.ms).sort((a, b) => a - b)[Math.floor(group.length / 2)],
  };
}
