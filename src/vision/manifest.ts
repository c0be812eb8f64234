import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { VisionError } from './errors.js';
import { isTellable } from './letters.js';

/** The manifest of the weights that the product ships. */
export const SHIPPED_MANIFEST = fileURLToPath(new URL('../../models/manifest.json', import.meta.url));

const share = z.number().min(0).max(1);
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const told = z.string().min(1);
const origin = { licence: told, data: told, trainingRun: told, card: told };

/**
 * A second look at the same crop, in a file of its own. It takes the crop under the reader's input name and beside it what
 * the first look said, and answers `probs` of both looks together: how the two are weighed is in the file, not in code.
 */
const secondLook = z.strictObject({
  file: z.string().min(1),
  sha256: hash,
  /** The first look's output that it is given, and the name of its own input for it. */
  given: z.strictObject({ output: z.string(), input: z.string() }),
  probs: z.string(),
  /**
   * Asked where the first look's least sure slot, after temperature, is within [from, to): above, the look is sure and is
   * taken as it is; below, nothing is to be read there and a second look finds no more.
   */
  ask: z
    .strictObject({ from: share, to: share })
    .refine(({ from, to }) => from < to, 'from must be below to, else nothing is ever asked'),
});

/**
 * Reader of one plate: `probs` [b, slots, alphabet]; every other output is optional. The last letter of `alphabet` means
 * "no character". A key that is misspelt is refused: left out in silence it would switch off what it was to switch on.
 */
const reader = z.strictObject({
  kind: z.literal('plate-reader'),
  file: z.string().min(1),
  sha256: hash,
  input: z.strictObject({
    name: z.string(),
    height: z.int().positive(),
    width: z.int().positive(),
    layout: z.literal('NHWC'),
    type: z.literal('uint8'),
  }),
  alphabet: z
    .string()
    .refine(isTellable, '0-9 and A-Z, each at most once, and last another sign for "no character"'),
  slots: z.int().positive(),
  outputs: z.strictObject({
    probs: z.string(),
    ctc: z.string().optional(),
    colour: z.string().optional(),
    lines: z.string().optional(),
  }),
  /** The time axis of `ctc` runs over this many row bands, top first, each from left to right. */
  ctcBands: z.int().min(1).max(2).default(2),
  colours: z.array(z.enum(['white', 'yellow', 'blue', 'red', 'other'])).optional(),
  temperature: z.number().positive().default(1),
  /** Without it a crop is looked at as often as `file` itself does. */
  secondLook: secondLook.optional(),
  thresholds: z.strictObject({
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
const detector = z.strictObject({
  kind: z.literal('vehicle-plate-detector'),
  file: z.string().min(1),
  sha256: hash,
  input: z.strictObject({
    name: z.string(),
    layout: z.literal('NHWC'),
    type: z.literal('uint8'),
    multipleOf: z.int().positive(),
    firstLookWidth: z.int().positive(),
  }),
  classes: z
    .array(z.enum(['car', 'motorcycle', 'bus', 'truck', 'plate']))
    .min(1)
    .refine((kinds) => new Set(kinds).size === kinds.length, 'a class is named twice'),
  levels: z.array(z.strictObject({ stride: z.int().positive(), heat: z.string(), box: z.string() })).min(1),
  thresholds: z.strictObject({
    vehicle: share,
    plate: share,
    plateSecondLook: share,
    nmsVehicle: share,
    nmsPlate: share,
  }),
  ...origin,
});

const manifest = z.strictObject({ models: z.strictObject({ reader, detector }) });

export type ReaderEntry = z.infer<typeof reader>;
export type DetectorEntry = z.infer<typeof detector>;

/** A manifest whose files are there and have the hashes that it states: `openEyes` tries whether they are the nets that it describes. `file` is absolute. */
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
  const found = <T extends { file: string }>(entry: T): T => ({
    ...entry,
    file: resolve(folder, entry.file),
  });
  const second = reader.secondLook && found(reader.secondLook);
  const models = { reader: { ...found(reader), secondLook: second }, detector: found(detector) };
  await Promise.all([models.reader, models.detector, ...(second ? [second] : [])].map(verify));
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
