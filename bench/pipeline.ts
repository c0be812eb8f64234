/**
 * From a full-HD JPEG's bytes to plate texts, in the product's own processes.
 * `npm run bench:pipeline [-- --frames DIR | --data ../shared/data] [--manifest FILE] [--count 40] [--seconds 10]`
 */
import { access } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createLog } from '../src/core/log.js';
import { openEyes } from '../src/vision/eyes.js';
import { SHIPPED_MANIFEST } from '../src/vision/manifest.js';
import type { FrameReading } from '../src/vision/observation.js';
import { createVisionPool } from '../src/vision/pool.js';
import { drawn, framesOf, mosaics } from './pipeline/frames.js';

const { values } = parseArgs({
  options: {
    frames: { type: 'string' },
    data: { type: 'string', default: '../shared/data' },
    manifest: { type: 'string', default: SHIPPED_MANIFEST },
    count: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '10' },
  },
});
const count = Number(values.count);
const { frames, source } = await pictures();
if (frames.length === 0) throw new Error('no frames to read');
const bytes = frames.reduce((sum, frame) => sum + frame.length, 0) / frames.length;

console.log(`# Full-HD JPEG to text, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores`);
console.log(`${frames.length} frames (${source}), ${(bytes / 1024).toFixed(0)} KB each on average`);
console.log(
  'Each process: one frame at a time, one thread a net, bytes handed over by IPC, as in the product.\n',
);

const cpuMs = await cpuOfAFrame();
const one = await throughput(1);
const two = await throughput(2);
const steps = stepsOf(one.readings);
const seen = {
  vehicles: mean(one.readings.map((reading) => reading.observations.length)),
  plates: mean(one.readings.map((reading) => platesIn(reading))),
};
console.log(`one process ${one.fps.toFixed(1)} frames/s, two processes ${two.fps.toFixed(1)} frames/s`);
console.log(
  `processor time a frame ${cpuMs.toFixed(1)} ms; seen a frame: ${seen.vehicles.toFixed(1)} vehicles, ${seen.plates.toFixed(1)} plates`,
);
console.log(
  `median ms: ${Object.entries(steps)
    .map(([step, ms]) => `${step} ${ms.toFixed(1)}`)
    .join(', ')}\n`,
);
console.log(
  JSON.stringify({
    fpsOneProcess: rounded(one.fps),
    fpsTwoProcesses: rounded(two.fps),
    cpuMsAFrame: rounded(cpuMs),
    ms: Object.fromEntries(Object.entries(steps).map(([step, ms]) => [step, rounded(ms)])),
    seen: { vehicles: rounded(seen.vehicles), plates: rounded(seen.plates) },
    frames: frames.length,
    source,
  }),
);

async function pictures(): Promise<{ frames: Buffer[]; source: string }> {
  if (values.frames) return { frames: await framesOf(values.frames, count), source: 'folder' };
  const labelled = await access(join(values.data, 'vehicles/scenes.jsonl')).then(
    () => true,
    () => false,
  );
  return labelled
    ? { frames: await mosaics(values.data, count), source: 'four labelled street scenes in each' }
    : { frames: await drawn(count), source: 'drawn' };
}

/** Processor time is what a frame costs whoever else is on the machine; wall time is not. */
async function cpuOfAFrame(): Promise<number> {
  const eyes = await openEyes(values.manifest);
  for (const frame of frames.slice(0, 5)) await eyes.readFrame(frame);
  const before = process.cpuUsage();
  for (const frame of frames) await eyes.readFrame(frame);
  const used = process.cpuUsage(before);
  return (used.user + used.system) / 1000 / frames.length;
}

async function throughput(processes: number): Promise<{ fps: number; readings: FrameReading[] }> {
  const pool = await createVisionPool({
    processes,
    manifestPath: values.manifest,
    log: createLog('bench', 'warn'),
  });
  const readings: FrameReading[] = [];
  let next = 0;
  const read = async (until: number): Promise<void> => {
    while (performance.now() < until)
      readings.push(await pool.read({ bytes: frames[next++ % frames.length]! }));
  };
  const together = (ms: number): Promise<unknown> => {
    const until = performance.now() + ms;
    return Promise.all(Array.from({ length: processes * 2 }, () => read(until)));
  };
  await together(1500);
  readings.length = 0;
  const start = performance.now();
  await together(Number(values.seconds) * 1000);
  const fps = (readings.length / (performance.now() - start)) * 1000;
  await pool.close();
  return { fps, readings };
}

function stepsOf(readings: readonly FrameReading[]): Record<string, number> {
  const names = Object.keys(readings[0]?.ms ?? {});
  return Object.fromEntries(
    names.map((name) => [
      name,
      readings.map((one) => one.ms[name]!).sort((a, b) => a - b)[Math.floor(readings.length / 2)]!,
    ]),
  );
}

function platesIn(reading: FrameReading): number {
  return reading.observations.filter((one) => one.plate).length + reading.strayPlates.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
