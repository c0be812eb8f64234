import { IngestError } from './errors.js';
import { SIGNED_HEADERS, type SignedHeader } from './signing.js';

/** The head of a request as it came: `headers` are [name, value] pairs in their order and spelling. */
export interface RequestHead {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly remote: string;
}

const READ = new Set<string>([...SIGNED_HEADERS, 'x-signature']);

export type ReadHeaders = Readonly<Partial<Record<SignedHeader | 'x-signature', string>>>;

/** Node's flat `rawHeaders` as pairs. */
export function headerPairs(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length >> 1 }, (_, i) => [raw[2 * i]!, raw[2 * i + 1]!]);
}

/**
 * The headers that we read, by lower-case name.
 * @throws {IngestError} `HEADER_REPEATED`: two values of one name are read differently by different programs,
 * which would let one of them pass unsigned
 */
export function readHeaders(head: RequestHead): ReadHeaders {
  const found: Partial<Record<string, string>> = {};
  for (const [name, value] of head.headers) {
    const key = name.toLowerCase();
    if (!READ.has(key)) continue;
    if (found[key] !== undefined) {
      throw new IngestError('HEADER_REPEATED', `the header ${name} is given twice`, { field: name });
    }
    found[key] = value.trim();
  }
  return found;
}
