import { sha256 } from '../../core/ids.js';
import { withoutPadding } from '../../core/text.js';
import { IngestError } from '../errors.js';
import { checkJpegEnds } from '../jpeg.js';
import { instant, metadataOfHeaders, metadataOfJson, type FrameMetadata } from '../metadata.js';
import { splitMultipart, type Part } from '../multipart.js';
import type { CameraAdapter, FramePush } from '../push.js';
import { readHeaders, type ReadHeaders } from '../request-head.js';
import { signatureHolds, textToSign } from '../signing.js';

// A camera stamps the picture, then the request, with one clock; rounding may put them a moment out of order.
const STAMPING_ORDER_MS = 1000;
// What a device recorded may be used for one year (NĐ61/2026 Điều 14.3). A card that was full for weeks is still taken.
const USABLE_MS = 366 * 86_400_000;
// Some hundred times what the largest claims take; parsing more than that would keep everybody else waiting.
const METADATA_BYTES = 256 * 1024;
const FRAME_HEADERS = /^x-(sequence|captured-at|claims|codes|lane|plate|plate-.*|signal-state|speed-.*)$/;

/** Our own protocol: signed heads (see `../signing.ts`), the picture raw or in a multipart with a JSON part. */
export const edge: CameraAdapter = {
  family: 'edge',

  identify(head, camera, secret, now, clockSkewMs) {
    const headers = readHeaders(head);
    const sentAt = timestampOf(headers);
    const clockOffsetMs = sentAt.getTime() - now.getTime();
    const signature = headers['x-signature'];
    if (signature === undefined) {
      throw new IngestError('SIGNATURE_MISSING', 'X-Signature is missing', { field: 'X-Signature' });
    }
    const bodySha256 = headers['x-content-sha256'];
    if (bodySha256 === undefined || !/^[0-9a-f]{64}$/.test(bodySha256)) {
      throw new IngestError(
        'BODY_HASH_MISSING',
        'X-Content-Sha256 is the SHA-256 of the body, 64 lower-case hex digits',
        {
          field: 'X-Content-Sha256',
        },
      );
    }
    if (!signatureHolds(secret, textToSign(head.method, head.path, headers), signature)) {
      throw new IngestError('SIGNATURE_WRONG', 'X-Signature does not fit this request', {
        field: 'X-Signature',
      });
    }
    // After the signature: only the camera itself may learn how far its clock is off.
    if (Math.abs(clockOffsetMs) > clockSkewMs) {
      throw new IngestError(
        'CLOCK_SKEW',
        `X-Timestamp is ${clockOffsetMs} ms from our clock, allowed are ${clockSkewMs}`,
        {
          field: 'X-Timestamp',
          details: { clockOffsetMs, now: now.toISOString() },
        },
      );
    }
    return { camera, signature, clockOffsetMs, bodySha256 };
  },

  unpack(head, body, speaker) {
    if (sha256(body) !== speaker.bodySha256) {
      throw new IngestError('BODY_ALTERED', 'the body has not the SHA-256 that was signed', {
        field: 'X-Content-Sha256',
      });
    }
    const headers = readHeaders(head);
    const taken = /^multipart\//i.test(headers['content-type'] ?? '')
      ? fromMultipart(headers, body)
      : fromRaw(headers, body);
    checkJpegEnds(taken.picture);
    if (taken.metadata.capturedAt.getTime() > timestampOf(headers).getTime() + STAMPING_ORDER_MS) {
      throw new IngestError('METADATA_INVALID', 'the picture was captured after it was sent', {
        field: 'X-Captured-At',
      });
    }
    if (taken.metadata.capturedAt.getTime() < timestampOf(headers).getTime() - USABLE_MS) {
      throw new IngestError('METADATA_INVALID', 'the picture is more than a year old and proves nothing', {
        field: 'X-Captured-At',
      });
    }
    const { camera, signature, clockOffsetMs } = speaker;
    return {
      camera,
      signature,
      clockOffsetMs,
      metadata: taken.metadata,
      picture: taken.picture,
      contentType: 'image/jpeg',
      original: [[':method', head.method], [':path', head.path], ...head.headers, ...taken.beside],
    };
  },
};

function timestampOf(headers: ReadHeaders): Date {
  const parsed = instant.safeParse(headers['x-timestamp']);
  if (parsed.success) return parsed.data;
  throw new IngestError('TIMESTAMP_INVALID', 'X-Timestamp is an instant such as 2026-11-22T01:02:03.456Z', {
    field: 'X-Timestamp',
  });
}

type Taken = { metadata: FrameMetadata; picture: Buffer; beside: FramePush['original'] };

function fromRaw(headers: ReadHeaders, body: Buffer): Taken {
  return { metadata: metadataOfHeaders(headers), picture: body, beside: [] };
}

function fromMultipart(headers: ReadHeaders, body: Buffer): Taken {
  const twice = Object.keys(headers).find((name) => FRAME_HEADERS.test(name));
  if (twice !== undefined) {
    throw new IngestError('METADATA_INVALID', `in a multipart push ${twice} belongs in the metadata part`, {
      field: twice,
    });
  }
  const parts = splitMultipart(body, headers['content-type'] ?? '');
  const metadata = only(
    parts,
    'metadata',
    (part) => part.contentType === 'application/json' || part.name === 'metadata',
  );
  const picture = only(
    parts,
    'picture',
    (part) => part.contentType.startsWith('image/') || part.name === 'picture',
  );
  if (parts.length > 2)
    throw new IngestError('MULTIPART_BROKEN', 'a push has one metadata part and one picture part', {
      field: 'parts',
    });
  if (metadata.bytes.length > METADATA_BYTES)
    throw new IngestError('METADATA_INVALID', `the metadata part has more than ${METADATA_BYTES} bytes`, {
      field: 'metadata',
    });
  const text = withoutPadding(metadata.bytes.toString('utf8'));
  return {
    metadata: metadataOfJson(text),
    picture: picture.bytes,
    beside: [
      [':metadata-head', metadata.head],
      [':metadata', text],
      [':picture-head', picture.head],
    ],
  };
}

function only(parts: readonly Part[], name: string, is: (part: Part) => boolean): Part {
  const [found, another] = parts.filter(is);
  if (found === undefined)
    throw new IngestError('MULTIPART_BROKEN', `the ${name} part is missing`, { field: name });
  if (another !== undefined)
    throw new IngestError('MULTIPART_BROKEN', `there are two ${name} parts`, { field: name });
  return found;
}
