import { z } from 'zod';
import { withoutPadding } from '../core/text.js';
import { frameClaims, type FrameClaims } from './claims.js';
import { IngestError } from './errors.js';
import type { ReadHeaders } from './request-head.js';

/** An instant with its zone, to the millisecond: a local time without a zone has cost others whole days of frames. */
export const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const sequence = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** The metadata part of a multipart push, and what the headers of a raw push amount to. */
export const frameMetadata = z.strictObject({
  sequence,
  capturedAt: instant,
  claims: frameClaims.default({}),
});
export interface FrameMetadata {
  readonly sequence: number;
  readonly capturedAt: Date;
  readonly claims: FrameClaims;
}

const FIELD: Readonly<Record<string, string>> = {
  sequence: 'X-Sequence',
  capturedAt: 'X-Captured-At',
  'claims.lane': 'X-Lane',
  'claims.speeds.0.kmh': 'X-Speed-Kmh',
  'claims.speeds.0.device': 'X-Speed-Device',
  'claims.speeds.0.lane': 'X-Speed-Lane',
  'claims.speeds.0.box': 'X-Speed-Box',
  'claims.signals': 'X-Signal-State',
  'claims.plate.text': 'X-Plate',
  'claims.plate.box': 'X-Plate-Box',
  'claims.plate.confidence': 'X-Plate-Confidence',
  'claims.codes': 'X-Codes',
  claims: 'X-Claims',
};

/**
 * Metadata from the headers of a raw push. Claims come as single headers or as one JSON in X-Claims, not both.
 * @throws {IngestError} `METADATA_INVALID` with the header's name as `field`
 */
export function metadataOfHeaders(latin1: ReadHeaders): FrameMetadata {
  const headers = asUtf8(latin1);
  const single = claimsOfHeaders(headers);
  const json = headers['x-claims'];
  if (json !== undefined && Object.keys(single).length > 0) {
    throw new IngestError('METADATA_INVALID', 'claims are given in X-Claims and in single headers at once', {
      field: 'X-Claims',
    });
  }
  return check(
    {
      sequence: wholeNumber(headers['x-sequence']),
      capturedAt: headers['x-captured-at'],
      claims: json === undefined ? single : parseJson(json, 'X-Claims'),
    },
    (path) => headerOf(path),
  );
}

/**
 * Metadata from the JSON part of a multipart push: {sequence, capturedAt, claims?}.
 * @throws {IngestError} `METADATA_INVALID` with the path inside the JSON as `field`
 */
export function metadataOfJson(text: string): FrameMetadata {
  return check(parseJson(text, 'metadata'), (path) => ['metadata', ...path].join('.'));
}

// Node reads header bytes as Latin-1; cameras write UTF-8.
const asUtf8 = (headers: ReadHeaders): ReadHeaders =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'latin1').toString('utf8')]),
  );

function claimsOfHeaders(headers: ReadHeaders): Record<string, unknown> {
  const given = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const speed = given({
    kmh: decimal(headers['x-speed-kmh']),
    device: headers['x-speed-device'],
    lane: headers['x-speed-lane'],
    box: boxOf(headers['x-speed-box']),
  });
  const plate = given({
    text: headers['x-plate'],
    box: boxOf(headers['x-plate-box']),
    confidence: decimal(headers['x-plate-confidence']),
  });
  return given({
    speeds: Object.keys(speed).length > 0 ? [speed] : undefined,
    lane: headers['x-lane'],
    signals: headers['x-signal-state']?.split(';').map(signalOf),
    plate: Object.keys(plate).length > 0 ? plate : undefined,
    codes: headers['x-codes']?.split(',').map((code) => ({ code: code.trim() })),
  });
}

/** `s1=red` */
function signalOf(text: string): Record<string, unknown> {
  const [signal, ...state] = text.split('=');
  return { signal: signal?.trim(), state: state.join('=').trim() };
}

/** `412,300,488,340`; anything else is left for the schema to refuse. */
function boxOf(text: string | undefined): unknown {
  return text?.split(',').map((part) => decimal(part.trim()));
}

// Number() reads '', ' ', '0x1f' and '1e3' as numbers; a device that sends those is broken and must hear of it.
const decimal = (text: string | undefined): unknown =>
  text === undefined ? undefined : /^-?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
const wholeNumber = (text: string | undefined): unknown =>
  text !== undefined && /^\d{1,16}$/.test(text) ? Number(text) : text;

function parseJson(text: string, field: string): unknown {
  try {
    return JSON.parse(withoutPadding(text), (_key, value: unknown) =>
      typeof value === 'string' ? withoutPadding(value) : value,
    );
  } catch (cause) {
    throw new IngestError('METADATA_INVALID', `${field} is not JSON`, { field, cause });
  }
}

function check(value: unknown, name: (path: readonly PropertyKey[]) => string): FrameMetadata {
  const parsed = frameMetadata.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path;
  const field = name(path);
  throw new IngestError('METADATA_INVALID', `${field}: ${issue.message}`, { field });
}

function headerOf(path: readonly PropertyKey[]): string {
  for (let length = path.length; length > 0; length--) {
    const header = FIELD[path.slice(0, length).join('.')];
    if (header !== undefined) return header;
  }
  return path[1] === 'speeds' ? 'X-Speed-Kmh' : path[1] === 'plate' ? 'X-Plate' : 'X-Claims';
}
