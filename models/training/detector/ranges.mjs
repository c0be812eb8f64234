/**
 * Value ranges of every float tensor that QDQ needs, over calibration pictures, for `quantise.py`.
 *
 * usage: node ranges.mjs MODEL_WITH_INNER_OUTPUTS LIST.json OUT.json
 * OUT: { tensor: [low, high] }, the mean over pictures of each picture's 99.99 % range, which keeps single outliers out.
 */
import { closeSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const [model, listFile, outFile] = process.argv.slice(2);
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
const sums = new Map();
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
    const [low, high, count] = sums.get(name) ?? [0, 0, 0];
    sums.set(name, [low + values[cut], high + values[values.length - 1 - cut], count + 1]);
  }
}
writeFileSync(outFile, JSON.stringify(Object.fromEntries([...sums].map(([name, [low, high, count]]) => [name, [low / count, high / count]]))));
