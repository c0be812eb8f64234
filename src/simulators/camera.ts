import { setTimeout as pause } from 'node:timers/promises';
import { sha256 } from '../core/ids.js';
import type { FrameClaims } from '../ingest/claims.js';
import { sign, textToSign, type SignedHeaders } from '../ingest/signing.js';

/** What a simulated camera sends: a picture and what is said of it. */
export interface Shot {
  readonly picture: Buffer;
  readonly sequence: number;
  readonly capturedAt: Date;
  readonly claims?: FrameClaims;
}

export interface Answer {
  readonly status: number;
  /** Name of the frame, where it was taken. */
  readonly id: string | undefined;
  readonly duplicate: boolean;
  /** Code of the refusal, where there was one. */
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly retryAfterMs: number | undefined;
  /** From the first byte sent to the answer. */
  readonly ms: number;
}

export interface CameraOptions {
  readonly url: string;
  readonly camera: string;
  readonly secret: string;
  /** Bound of one push. */
  readonly timeoutMs?: number;
  readonly now?: () => Date;
}

/** A camera as a client of our own protocol: signs and pushes. */
export function cameraClient(options: CameraOptions) {
  const now = options.now ?? (() => new Date());
  const timeoutMs = options.timeoutMs ?? 30_000;
  const signed = (method: string, path: string, headers: SignedHeaders): Record<string, string> => ({
    ...headers,
    'x-signature': sign(options.secret, textToSign(method, path, headers)),
  });
  const base = (body: Buffer): SignedHeaders => ({
    'x-camera': options.camera,
    'x-content-sha256': sha256(body),
    'x-timestamp': now().toISOString(),
  });

  return {
    /** One push, signed now. @throws {TypeError | DOMException} of `fetch` when the connection fails or times out. */
    async push(shot: Shot): Promise<Answer> {
      const headers: SignedHeaders = {
        ...base(shot.picture),
        'content-type': 'image/jpeg',
        'x-captured-at': shot.capturedAt.toISOString(),
        'x-sequence': String(shot.sequence),
        ...(shot.claims === undefined || Object.keys(shot.claims).length === 0
          ? {}
          : { 'x-claims': asciiJson(shot.claims) }),
      };
      const started = performance.now();
      const response = await fetch(new URL('/v1/frames', options.url), {
        method: 'POST',
        headers: signed('POST', '/v1/frames', headers),
        body: new Uint8Array(shot.picture),
        signal: AbortSignal.timeout(timeoutMs),
      });
      return answerOf(response, await response.json().catch(() => undefined), performance.now() - started);
    },

    /** Pushes until the frame is taken or refused for good; waits as Retry-After says, else 0.5 s doubling to 10 s. */
    async pushUntilTaken(shot: Shot, signal?: AbortSignal): Promise<Answer> {
      for (let delay = 500; ; delay = Math.min(delay * 2, 10_000)) {
        const answer = await this.push(shot).catch((): undefined => undefined);
        if (answer !== undefined && answer.status !== 408 && answer.status < 500) return answer;
        await pause(
          answer?.retryAfterMs ?? delay * (0.8 + Math.random() * 0.4),
          undefined,
          signal === undefined ? {} : { signal },
        );
      }
    },

    /** Says that the camera lives; answers how far its clock is off, ms. */
    async heartbeat(): Promise<number | undefined> {
      const response = await fetch(new URL('/v1/heartbeat', options.url), {
        method: 'POST',
        headers: signed('POST', '/v1/heartbeat', base(Buffer.alloc(0))),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const body = (await response.json()) as { clockOffsetMs?: number };
      return response.ok ? body.clockOffsetMs : undefined;
    },

    /** What became of a frame. */
    async state(id: string): Promise<unknown> {
      const path = `/v1/frames/${id}`;
      const response = await fetch(new URL(path, options.url), {
        headers: signed('GET', path, base(Buffer.alloc(0))),
      });
      return response.json();
    },
  };
}
export type CameraClient = ReturnType<typeof cameraClient>;

// Header values are Latin-1 on the wire: what is beyond ASCII goes as \u escapes.
const asciiJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

function answerOf(response: Response, body: unknown, ms: number): Answer {
  const said = (body ?? {}) as {
    id?: string;
    duplicate?: boolean;
    error?: { code?: string; message?: string };
  };
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    status: response.status,
    id: said.id,
    duplicate: said.duplicate ?? false,
    code: said.error?.code,
    message: said.error?.message,
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : undefined,
    ms,
  };
}
