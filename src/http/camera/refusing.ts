import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import { IngestError, type IngestCode, type Refusal } from '../../ingest/index.js';
import { sendError, type ErrorBody } from '../shared/errors.js';
import type { CameraCounters } from './metrics.js';
import { spokenOf, spokenOn } from './speaking.js';

/** HTTP status of each refusal. 5xx and 408 mean "push it again", the rest "pushing it again as it is will not help". */
export const STATUS: Readonly<Record<IngestCode, number>> = {
  CAMERA_MISSING: 401,
  CAMERA_UNKNOWN: 401,
  CAMERA_SUSPENDED: 403,
  TIMESTAMP_INVALID: 400,
  CLOCK_SKEW: 401,
  SIGNATURE_MISSING: 401,
  SIGNATURE_WRONG: 401,
  REPLAYED: 409,
  HEADER_REPEATED: 400,
  METADATA_INVALID: 400,
  CONTENT_TYPE: 415,
  BODY_HASH_MISSING: 400,
  BODY_ALTERED: 400,
  BODY_EMPTY: 400,
  BODY_CUT: 400,
  BODY_TIMEOUT: 408,
  TOO_LARGE: 413,
  MULTIPART_BROKEN: 400,
  NOT_JPEG: 422,
  JPEG_TRUNCATED: 422,
  FRAME_CONFLICT: 409,
  FRAME_UNKNOWN: 404,
  ADDRESS_UNKNOWN: 404,
  BACKLOG_FULL: 503,
  TOO_BUSY: 503,
  STORAGE_DOWN: 503,
  REQUEST_BROKEN: 400,
};
const RETRY_AFTER_S: Partial<Record<IngestCode, number>> = { BACKLOG_FULL: 5, TOO_BUSY: 1, STORAGE_DOWN: 5 };

/** Whose body is not read to its end. */
const UNREAD: ReadonlySet<IngestCode> = new Set(['TOO_LARGE', 'ADDRESS_UNKNOWN']);

export type Write = (refusal: Refusal) => Promise<void>;
/** Sockets whose refusal is written down already; the route's own error that follows is the same event. */
const writtenDown = new WeakSet<Socket>();

/** Error handler of the camera's routes: one answer, one row. */
export function refuse(write: Write, counters: CameraCounters) {
  return async (
    error: FastifyError | IngestError,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<FastifyReply> => {
    const refused = asRefusal(error, request);
    // Not a refusal but a fault: the app's own handler answers it.
    if (refused === undefined) throw error;
    const heard = spokenOf(request);
    counters.refusals.labels(refused.code).inc();
    if (refused.code === 'STORAGE_DOWN') request.log.error({ err: error }, 'frame not stored');
    if (!writtenDown.has(request.raw.socket)) {
      await write({
        code: refused.code,
        detail: refused.message,
        cameraId: heard?.claimed,
        remote: heard?.head.remote,
        headers: heard?.head.headers,
        sha256: heard?.proven?.speaker.bodySha256,
      });
    }
    const wait = RETRY_AFTER_S[refused.code];
    if (wait !== undefined) reply.header('retry-after', String(wait));
    // What is still to come is not worth reading, least of all a gigabyte.
    if (UNREAD.has(refused.code)) reply.header('connection', 'close');
    return sendError(reply, STATUS[refused.code], refused.code, refused.message, refused.field);
  };
}

function asRefusal(error: FastifyError | IngestError, request: FastifyRequest): IngestError | undefined {
  if (error instanceof IngestError) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return new IngestError('TOO_LARGE', 'the body is too large', { cause: error });
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return new IngestError('CONTENT_TYPE', 'this type of body is not taken here', { cause: error });
  const cut =
    error.code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH' ||
    error.code === 'ECONNRESET' ||
    request.raw.destroyed;
  return cut
    ? new IngestError('BODY_CUT', 'the connection ended before the body did', { cause: error })
    : undefined;
}

/** What never became a request: slow or broken heads, and bodies that trickle. Without it Node hangs up without a word. */
export function refuseOnSocket(write: Write, counters: CameraCounters) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    const heard = spokenOn(socket);
    const slow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    const ended = error.code === 'HPE_INVALID_EOF_STATE' && heard !== undefined;
    // A reset in the middle of a body reaches the route as well, which writes it down.
    const gone = error.code === 'ECONNRESET' || socket.destroyed;
    if (!gone) {
      const code: IngestCode = slow ? 'BODY_TIMEOUT' : ended ? 'BODY_CUT' : 'REQUEST_BROKEN';
      const detail = slow
        ? 'the request took too long to arrive'
        : ended
          ? 'the connection ended before the body did'
          : 'this is not HTTP';
      writtenDown.add(socket);
      counters.refusals.labels(code).inc();
      void write({
        code,
        detail,
        cameraId: heard?.claimed,
        remote: socket.remoteAddress,
        headers: heard?.head.headers,
      });
      const answer: ErrorBody = { error: { code, message: detail } };
      const body = JSON.stringify(answer);
      socket.write(
        `HTTP/1.1 ${slow ? '408 Request Timeout' : '400 Bad Request'}\r\nContent-Type: application/json\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    }
    socket.destroySoon();
  };
}
