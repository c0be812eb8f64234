import { IngestError } from './errors.js';

export interface Part {
  readonly name: string | undefined;
  readonly filename: string | undefined;
  readonly contentType: string;
  /** Header block as it came. */
  readonly head: string;
  readonly bytes: Buffer;
}

const MAX_PARTS = 8;
const MAX_PART_HEAD = 4096;

/**
 * Splits a whole multipart body (RFC 2046). The body is in memory, its size is bounded and its hash is already
 * checked, so nothing is written to a temporary file.
 * Lenient where real cameras are sloppy: bare LF, no space after `;`, a file name without a name, quotes left out.
 * @throws {IngestError} `MULTIPART_BROKEN`
 */
export function splitMultipart(body: Buffer, contentType: string): Part[] {
  const boundary = boundaryOf(contentType);
  const mark = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Part[] = [];
  let at = nextMark(body, mark, 0);
  if (at === undefined) throw broken('the boundary of the Content-Type is not in the body');
  for (;;) {
    const after = at.end;
    if (body.subarray(after, after + 2).toString('latin1') === '--') return parts;
    const start = skipLine(body, after);
    const next = start === undefined ? undefined : nextMark(body, mark, start);
    if (start === undefined || next === undefined)
      throw broken('the body ends inside a part: the closing boundary is missing');
    if (parts.length === MAX_PARTS) throw broken(`more than ${MAX_PARTS} parts`);
    parts.push(partOf(body.subarray(start, next.start)));
    at = next;
  }
}

/** @throws {IngestError} `MULTIPART_BROKEN` */
export function boundaryOf(contentType: string): string {
  const match = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2];
  if (boundary === undefined) throw broken('the Content-Type names no boundary');
  return boundary;
}

/** A boundary counts only at the start of a line and where a line ends after it: picture bytes may contain the text. */
function nextMark(body: Buffer, mark: Buffer, from: number): { start: number; end: number } | undefined {
  for (let at = body.indexOf(mark, from); at >= 0; at = body.indexOf(mark, at + 1)) {
    const end = at + mark.length;
    const tail = body.subarray(end, end + 2).toString('latin1');
    if (at > 0 && body[at - 1] !== 0x0a) continue;
    if (tail !== '--' && tail !== '\r\n' && tail[0] !== '\n') continue;
    const start = at >= 2 && body[at - 2] === 0x0d ? at - 2 : Math.max(0, at - 1);
    return { start: Math.max(start, from), end };
  }
  return undefined;
}

function skipLine(body: Buffer, from: number): number | undefined {
  const end = body.indexOf(0x0a, from);
  return end < 0 ? undefined : end + 1;
}

function partOf(bytes: Buffer): Part {
  const crlf = bytes.indexOf('\r\n\r\n');
  const lf = bytes.indexOf('\n\n');
  const [end, gap] = crlf >= 0 && (lf < 0 || crlf < lf) ? [crlf, 4] : [lf, 2];
  if (end < 0) throw broken('a part has no empty line after its headers');
  if (end > MAX_PART_HEAD) throw broken(`the headers of a part are longer than ${MAX_PART_HEAD} bytes`);
  const head = bytes.subarray(0, end).toString('utf8').replaceAll('\u0000', '');
  const disposition = /^content-disposition:(.*)$/im.exec(head)?.[1] ?? '';
  return {
    name: parameter(disposition, 'name'),
    filename: parameter(disposition, 'filename'),
    contentType: (/^content-type:\s*([^;\s]*)/im.exec(head)?.[1] ?? '').toLowerCase(),
    head,
    bytes: bytes.subarray(end + gap),
  };
}

function parameter(disposition: string, name: string): string | undefined {
  const match = new RegExp(`(?:^|;)\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(disposition);
  return match?.[1] ?? match?.[2];
}

const broken = (message: string): IngestError => new IngestError('MULTIPART_BROKEN', message);
