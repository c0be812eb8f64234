import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { MeasuredEyes } from './measure-eyes.js';

/** The last measurement of the shipped weights. */
export const MEASURED = fileURLToPath(new URL('eyes-as-measured.json.gz', import.meta.url));

export function writeMeasured(file: string, measured: MeasuredEyes): void {
  writeFileSync(file, gzipSync(JSON.stringify(measured), { level: 9 }));
}

export function readMeasured(file: string): MeasuredEyes {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as MeasuredEyes;
}
