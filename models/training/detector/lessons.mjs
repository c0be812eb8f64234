/**
 * The teacher's maps for pictures that come on standard input, for `distil.py`.
 *
 * usage: node lessons.mjs TOWERS.onnx
 * in, again and again: height and width (uint32 LE), then RGB uint8 [3,h,w]; out: the model's maps, float32, one after the other.
 */
import { writeSync } from 'node:fs';
import ort from 'onnxruntime-node';

const session = await ort.InferenceSession.create(process.argv[2], {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  logSeverityLevel: 3,
});
const HEADER = 8;
let held = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  held = Buffer.concat([held, chunk]);
  while (held.length >= HEADER) {
    const height = held.readUInt32LE(0);
    const width = held.readUInt32LE(4);
    const size = HEADER + 3 * height * width;
    if (held.length < size) break;
    await teach(held.subarray(HEADER, size), height, width);
    held = held.subarray(size);
  }
}

/** The teacher wants BGR, 0 to 255, as float. */
async function teach(rgb, height, width) {
  const cells = height * width;
  const bgr = new Float32Array(3 * cells);
  for (let channel = 0; channel < 3; channel += 1)
    for (let i = 0; i < cells; i += 1) bgr[channel * cells + i] = rgb[(2 - channel) * cells + i];
  const maps = await session.run({ images: new ort.Tensor('float32', bgr, [1, 3, height, width]) });
  for (const name of session.outputNames) {
    const { data } = maps[name];
    put(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  }
}

/** Standard output is a pipe that may be full for a moment. */
function put(bytes) {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}
