import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';
import {
  adapterOf,
  claimedCamera,
  headerPairs,
  IngestError,
  readHeaders,
  type CameraAdapter,
  type RequestHead,
  type Speaker,
} from '../../ingest/index.js';
import type { Context } from '../../storage/context.js';
import type { CameraLimits } from './limits.js';

/** What the head of a request told, kept for the route and for the refusal, should there be one. */
export interface Spoken {
  readonly head: RequestHead;
  /** The camera as it names itself, proven or not. */
  readonly claimed: string | undefined;
  /** Set once the head is proven. */
  proven: { readonly adapter: CameraAdapter; readonly speaker: Speaker } | undefined;
}

const spoken = new WeakMap<FastifyRequest, Spoken>();
const bySocket = new WeakMap<Socket, Spoken>();

export const spokenOf = (request: FastifyRequest): Spoken | undefined => spoken.get(request);
export const spokenOn = (socket: Socket): Spoken | undefined => bySocket.get(socket);

/** The proven sender of a request whose route asked for one. */
export function senderOf(request: FastifyRequest): {
  head: RequestHead;
  adapter: CameraAdapter;
  speaker: Speaker;
} {
  const known = spoken.get(request);
  if (known?.proven === undefined)
    throw new IngestError('CAMERA_MISSING', 'the request has no proven sender');
  return { head: known.head, ...known.proven };
}

/** Hook: remembers the head of every request, before anything can fail. */
export async function listenToHead(request: FastifyRequest): Promise<void> {
  const claimed = request.headers['x-camera'];
  const heard: Spoken = {
    head: {
      method: request.method,
      path: request.raw.url ?? '/',
      headers: headerPairs(request.raw.rawHeaders),
      remote: request.ip,
    },
    claimed: typeof claimed === 'string' && claimed !== '' ? claimed : undefined,
    proven: undefined,
  };
  spoken.set(request, heard);
  bySocket.set(request.raw.socket, heard);
}

/** Hook: turns away, before the body is read, whoever is not a registered camera with a fresh signature. */
export function proveSender(ctx: Context) {
  return async (request: FastifyRequest): Promise<void> => {
    const heard = spoken.get(request)!;
    const now = ctx.clock.now();
    const id = readHeaders(heard.head)['x-camera'];
    const { camera, secret } = await claimedCamera(ctx, id);
    const adapter = adapterOf(camera.family);
    heard.proven = {
      adapter,
      speaker: adapter.identify(heard.head, camera, secret, now, ctx.config.clockSkewMs),
    };
  };
}

const PICTURES = /^(image\/(jpeg|jpg|pjpeg)|multipart\/(form-data|mixed|related))\s*(;|$)/i;

/** Hook: the cheap questions, asked before anything is looked up. */
export function checkAnnouncement(limits: CameraLimits, backlogFull: () => Promise<boolean>) {
  return async (request: FastifyRequest): Promise<void> => {
    const length = Number(request.headers['content-length'] ?? 0);
    if (length > limits.bodyBytes) {
      throw new IngestError(
        'TOO_LARGE',
        `the body may have ${limits.bodyBytes} bytes, ${length} are announced`,
        { field: 'Content-Length' },
      );
    }
    if (!PICTURES.test(request.headers['content-type'] ?? '')) {
      throw new IngestError('CONTENT_TYPE', 'a frame is image/jpeg or multipart/form-data', {
        field: 'Content-Type',
      });
    }
    const full = await backlogFull().catch((cause: unknown) => {
      throw new IngestError('STORAGE_DOWN', 'the store does not answer, push again later', { cause });
    });
    if (full) throw new IngestError('BACKLOG_FULL', 'too many frames wait to be read, push again later');
  };
}

/** Hook: bounds the memory that bodies take together. A body without an announced length counts as the largest. */
export function reserveMemory(limits: CameraLimits) {
  let taken = 0;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const length = request.headers['content-length'];
    const size = length === undefined ? limits.bodyBytes : Number(length);
    if (taken + size > limits.bytesInFlight)
      throw new IngestError('TOO_BUSY', 'too many pictures are on their way, push again later');
    taken += size;
    reply.raw.once('close', () => (taken -= size));
  };
}
