/**
 * Runs an exported detector over raw pictures and writes what it finds, so that what is measured is what ships.
 *
 * usage: node detect.mjs MODEL LIST.json OUT.json [LEAST]
 * LIST: [{file, offset, width, height}], raw RGB in `file`, sides multiples of 32.
 * OUT: {ms, pictures: [[x0,y0,x1,y1,score,class], …]}; vehicles one row a cell with their best class.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const [model, listFile, outFile, leastText] = process.argv.slice(2);
const least = Number(leastText ?? '0.05');
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
const strides = session.outputNames
  .filter((name) => name.startsWith('heat'))
  .map((name) => Number(name.slice(4)));
const spent = [];
const pictures = [];
for (const { file, offset, width, height } of JSON.parse(readFileSync(listFile, 'utf8'))) {
  const raw = new Uint8Array(width * height * 3);
  const handle = openSync(file, 'r');
  readSync(handle, raw, 0, raw.length, offset);
  closeSync(handle);
  const begun = performance.now();
  const result = await session.run({ input: new ort.Tensor('uint8', raw, [1, height, width, 3]) });
  spent.push(performance.now() - begun);
  pictures.push(strides.flatMap((stride) => peaks(result[`heat${stride}`], result[`box${stride}`], stride)));
}
spent.sort((a, b) => a - b);
writeFileSync(outFile, JSON.stringify({ ms: spent[spent.length >> 1], pictures }));
console.log(`${pictures.length} pictures, median ${spent[spent.length >> 1].toFixed(1)} ms`);

function peaks(heat, box, stride) {
  const [, classes, rows, columns] = heat.dims;
  const cells = rows * columns;
  const found = [];
  for (let cell = 0; cell < cells; cell += 1) {
    let best = 0;
    for (let kind = 1; kind < classes - 1; kind += 1)
      if (heat.data[kind * cells + cell] > heat.data[best * cells + cell]) best = kind;
    for (const kind of [best, classes - 1]) {
      const score = heat.data[kind * cells + cell];
      if (score < least) continue;
      const at = (side) => box.data[(side + (kind === classes - 1 ? 4 : 0)) * cells + cell];
      const x = ((cell % columns) + 0.5) * stride;
      const y = (Math.floor(cell / columns) + 0.5) * stride;
      found.push([x - at(0), y - at(1), x + at(2), y + at(3), score, kind]);
    }
  }
  return found;
}
