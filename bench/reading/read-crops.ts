import { LETTERS } from '../../src/vision/letters.js';
import type { ReaderEntry } from '../../src/vision/manifest.js';
import type { Box } from '../../src/vision/observation.js';
import { readCrop } from '../../src/vision/read-plate.js';
import { frameOf, type Raster } from '../../src/vision/raster.js';
import { openReader, type Reader } from '../../src/vision/reader.js';
import { seeded } from '../pictures/random.js';
import { plateIn, type LabelledCrop } from './crops.js';
import { conditions } from './damage.js';

export interface Contender {
  readonly name: string;
  readonly entry: ReaderEntry;
  /** What the contender itself would let through: its thresholds, or for the public reader a least character of .95. */
  readonly accepts: 'thresholds' | number;
}

export interface CropScore {
  readonly reader: string;
  readonly condition: string;
  readonly domain: string;
  readonly lines: 1 | 2;
  readonly plates: number;
  readonly exact: number;
  readonly accepted: number;
  readonly wrongAccepted: number;
  readonly ms: number;
}

export interface CropOutcome {
  readonly reader: string;
  readonly condition: string;
  readonly crop: LabelledCrop;
  readonly text: string;
  readonly confidence: number;
  readonly accepted: boolean;
  readonly exact: boolean;
  readonly ms: number;
}

/** Every contender on the same damaged pictures. */
export async function readCrops(
  crops: readonly LabelledCrop[],
  contenders: readonly Contender[],
): Promise<CropOutcome[]> {
  const readers = await Promise.all(
    contenders.map(async (one) => ({ ...one, reader: await openReader(one.entry) })),
  );
  const outcomes: CropOutcome[] = [];
  for (const condition of conditions) {
    const random = seeded(7);
    for (const crop of crops) {
      const picture = await condition.apply(crop, random);
      for (const { name, entry, accepts, reader } of readers) {
        const start = performance.now();
        const read =
          accepts === 'thresholds'
            ? await carefulRead(reader, entry, picture, plateIn(crop, picture))
            : await plainRead(reader, picture, accepts);
        const ms = performance.now() - start;
        const { text, confidence, accepted } = read;
        outcomes.push({
          reader: name,
          condition: condition.name,
          crop,
          text,
          confidence,
          accepted,
          exact: text === crop.text,
          ms,
        });
      }
    }
  }
  return outcomes;
}

/** The product's read with its likeliest characters named where it would show `?`, as the public reader names its own. */
async function carefulRead(reader: Reader, entry: ReaderEntry, picture: Raster, plate: Box) {
  const { probs, confidence, accepted } = await readCrop(reader, entry, picture, plate);
  const letters = probs.map((row) => LETTERS[row.indexOf(Math.max(...row))]!);
  const none = LETTERS.at(-1)!;
  return { text: letters.join('').replaceAll(none, ''), confidence, accepted };
}

/** One look and no questions: the public reader as its authors use it. */
async function plainRead(reader: Reader, picture: Raster, least: number) {
  const { slots } = await reader.read(picture, frameOf(picture));
  return { text: slots.likeliest, confidence: slots.confidence, accepted: slots.confidence >= least };
}

/** One line a reader, condition, domain and number of rows: never an average over conditions. */
export function scored(outcomes: readonly CropOutcome[]): CropScore[] {
  const groups = new Map<string, CropOutcome[]>();
  for (const one of outcomes) {
    const key = [one.condition, one.crop.domain, one.crop.lines, one.reader].join('|');
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => ({
    reader: group[0]!.reader,
    condition: group[0]!.condition,
    domain: group[0]!.crop.domain,
    lines: group[0]!.crop.lines,
    plates: group.length,
    exact: group.filter((one) => one.exact).length,
    accepted: group.filter((one) => one.accepted).length,
    wrongAccepted: group.filter((one) => one.accepted && !one.exact).length,
    ms: median(group.map((one) => one.ms)),
  }));
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
