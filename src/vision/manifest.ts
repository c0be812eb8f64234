import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { VisionError } from './errors.js';

/** The manifest of the weights that the product ships. */
export const SHIPPED_MANIFEST = fileURLToPath(new URL('../../models/manifest.json', import.meta.url));

const share = z.number().min(0).max(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const origin = { licence: z.string(), data: z.string(), trainingRun: z.string(), card: z.string() };

/** Reader of one plate: `probs` [b, slots, alphabet]; every other output is optional. The last letter of `alphabet` means "no character". */
const reader = z.object({
  kind: z.literal('plate-reader'),
  file: z.string().min(1),
  sha256: hash,
  input: z.object({
    name: z.string(),
    height: z.int().positive(),
    width: z.int().positive(),
    layout: z.literal('NHWC'),
    type: z.literal('uint8'),
  }),
  alphabet: z.string().min(2),
  slots: z.int().positive(),
  outputs: z.object({
    probs: z.string(),
    ctc: z.string().optional(),
    colour: z.string().optional(),
    lines: z.string().optional(),
  }),
  /** The time axis of `ctc` runs over this many row bands, top first, each from left to right. */
  ctcBands: z.int().min(1).max(2).default(2),
  colours: z.array(z.enum(['white', 'yellow', 'blue', 'red', 'other'])).optional(),
  temperature: z.number().positive().default(1),
  thresholds: z.object({
    /** Below this a character is `?`. */
    char: share,
    /** The least sure character and the plate's length must reach this to be accepted. */
    accept: share,
    /** Least probability a character that the second head gives the same text. */
    ctcAgree: share.default(0),
    /** Height of one row of characters, plate height / lines, in pixels of the frame. */
    minRowPx: z.number().nonnegative(),
    /** See `quality.ts`. */
    minSharpness: z.number().nonnegative(),
    minLight: z.number().nonnegative(),
  }),
  ...origin,
});

/** Detector: at each level `heat` [1, classes, h, w], peaks only, and `box` [1, 8, h, w] = l,t,r,b px of vehicles, then of plates. */
const detector = z.object({
  kind: z.literal('vehicle-plate-detector'),
  file: z.string().min(1),
  sha256: hash,
  input: z.object({
    name: z.string(),
    layout: z.literal('NHWC'),
    type: z.literal('uint8'),
    multipleOf: z.int().positive(),
    firstLookWidth: z.int().positive(),
  }),
  classes: z.array(z.enum(['car', 'motorcycle', 'bus', 'truck', 'plate'])).min(1),
  levels: z.array(z.object({ stride: z.int().positive(), heat: z.string(), box: z.string() })).min(1),
  thresholds: z.object({
    vehicle: share,
    plate: share,
    plateSecondLook: share,
    nmsVehicle: share,
    nmsPlate: share,
  }),
  ...origin,
});

const manifest = z.object({ models: z.object({ reader, detector }) });

export type ReaderEntry = z.infer<typeof reader>;
export type DetectorEntry = z.infer<typeof detector>;

/** A manifest whose files are there and have the hashes that it states. `file` is absolute. */
export interface Models {
  readonly reader: ReaderEntry;
  readonly detector: DetectorEntry;
}

/**
 * Reads a manifest and checks the SHA-256 of every file it names, relative to its own folder.
 * @throws VisionError MANIFEST_UNREADABLE, MANIFEST_INVALID, MODEL_MISSING, MODEL_HASH_MISMATCH
 */
export async function loadModels(manifestPath: string): Promise<Models> {
  const parsed = manifest.safeParse(await readJson(manifestPath));
  if (!parsed.success) {
    throw new VisionError('MANIFEST_INVALID', `${manifestPath}: ${z.prettifyError(parsed.error)}`);
  }
  const folder = dirname(resolve(manifestPath));
  const { reader, detector } = parsed.data.models;
  const models = {
    reader: { ...reader, file: resolve(folder, reader.file) },
    detector: { ...detector, file: resolve(folder, detector.file) },
  };
  if (reader.alphabet.length !== new Set(reader.alphabet).size) {
    throw new VisionError('MANIFEST_INVALID', `${manifestPath}: the reader's alphabet repeats a letter`);
  }
  await Promise.all([verify(models.reader), verify(models.detector)]);
  return models;
}

async function readJson(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new VisionError('MANIFEST_UNREADABLE', `cannot read the model manifest ${path}`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new VisionError('MANIFEST_INVALID', `${path} is not JSON`, { cause });
  }
}

async function verify(entry: { file: string; sha256: string }): Promise<void> {
  const digest = createHash('sha256');
  try {
    await pipeline(createReadStream(entry.file), digest);
  } catch (cause) {
    throw new VisionError('MODEL_MISSING', `cannot read the weights ${entry.file}`, { cause });
  }
  const found = digest.digest('hex');
  if (found !== entry.sha256) {
    throw new VisionError('MODEL_HASH_MISMATCH', `${entry.file} is not the file that the manifest names`, {
      details: { expected: entry.sha256, found },
    });
  }
}
