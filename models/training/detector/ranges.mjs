/**
 * Value ranges of every float tensor that QDQ needs, over calibration pictures, for `quantise.py`.
 *
 * usage: node ranges.mjs MODEL_WITH_INNER_OUTPUTS LIST.json OUT.json
 * OUT: { tensor: [low, high] }, the widest of the pictures' 99.99 % ranges, which keeps single outliers out and clips nothing that repeats.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const [model, listFile, outFile] = process.argv.slice(2);
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
const ranges = new Map();
const list = JSON.parse(readFileSync(listFile, 'utf8'));
for (const { file, offset, width, height } of list) {
  const raw = new Uint8Array(width * height * 3);
  const handle = openSync(file, 'r');
  readSync(handle, raw, 0, raw.length, offset);
  closeSync(handle);
  const result = await session.run({ input: new ort.Tensor('uint8', raw, [1, height, width, 3]) });
  for (const [name, tensor] of Object.entries(result)) {
    if (tensor.type !== 'float32') continue;
    const values = Float32Array.from(tensor.data).sort();
    const cut = Math.floor(values.length / 10000);
    const [low, high] = ranges.get(name) ?? [0, 0];
    ranges.set(name, [Math.min(low, values[cut]), Math.max(high, values[values.length - 1 - cut])]);
  }
}
writeFileSync(outFile, JSON.stringify(Object.fromEntries(ranges)));
