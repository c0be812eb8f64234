import ort from 'onnxruntime-node';
import { suppress } from '../../src/vision/boxes.js';
import type { Detection } from '../../src/vision/peaks.js';
import type { Raster } from '../../src/vision/raster.js';
import { scaled } from '../pictures/raster.js';

const SIDE = 416;
const STRIDES = [8, 16, 32];
/** Places of our classes among the 80 of COCO. */
const COCO = { 2: 'car', 3: 'motorcycle', 5: 'bus', 7: 'truck' } as const;
const LEAST = 0.02;

/** YOLOX-nano as its authors feed it: letterbox at the top left, BGR 0 to 255, grey 114 around. For comparison only. */
export async function openYolox(
  file: string,
): Promise<(frame: Raster) => Promise<{ found: Detection[]; ms: number }>> {
  const session = await ort.InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const cells = STRIDES.flatMap((stride) => {
    const side = SIDE / stride;
    return Array.from({ length: side * side }, (_, i) => ({ x: i % side, y: Math.floor(i / side), stride }));
  });
  return async (frame) => {
    const start = performance.now();
    const scale = Math.min(SIDE / frame.width, SIDE / frame.height);
    const { output } = await session.run({
      images: new ort.Tensor('float32', planes(scaled(frame, scale)), [1, 3, SIDE, SIDE]),
    });
    const data = output!.data as Float32Array;
    const found: Detection[] = cells.flatMap(({ x, y, stride }, i) => {
      const row = data.subarray(i * 85, (i + 1) * 85);
      const scores = Object.entries(COCO).map(([at, kind]) => ({
        kind,
        score: row[4]! * row[5 + Number(at)]!,
      }));
      const best = scores.sort((a, b) => b.score - a.score)[0]!;
      if (best.score < LEAST) return [];
      const [cx, cy] = [(row[0]! + x) * stride, (row[1]! + y) * stride];
      const [w, h] = [Math.exp(row[2]!) * stride, Math.exp(row[3]!) * stride];
      const box = [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2].map((v) => v / scale);
      return [{ ...best, box: [box[0]!, box[1]!, box[2]!, box[3]!] as const }];
    });
    return {
      found: suppress(
        found.sort((a, b) => b.score - a.score),
        0.55,
      ),
      ms: performance.now() - start,
    };
  };
}

function planes(small: Raster): Float32Array {
  const area = SIDE * SIDE;
  const input = new Float32Array(3 * area).fill(114);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      for (let c = 0; c < 3; c++) {
        input[(2 - c) * area + y * SIDE + x] = small.data[(y * small.width + x) * 3 + c]!;
      }
    }
  }
  return input;
}
