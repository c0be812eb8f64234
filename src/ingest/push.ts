import type { Camera } from './cameras.js';
import type { FrameMetadata } from './metadata.js';
import type { RequestHead } from './request-head.js';

/** Who speaks, once an adapter is satisfied that it is that camera. */
export interface Speaker {
  readonly camera: Camera;
  /** What may be used once only; undefined for families that cannot sign. */
  readonly signature: string | undefined;
  /** Camera's clock less ours at the time of sending, ms. */
  readonly clockOffsetMs: number;
  /** SHA-256 that the body must have, lower-case hex; undefined where the family does not say. */
  readonly bodySha256: string | undefined;
}

/** One picture with what was said of it, whatever the camera's family. */
export interface FramePush {
  readonly camera: Camera;
  readonly signature: string | undefined;
  readonly clockOffsetMs: number;
  readonly metadata: FrameMetadata;
  readonly picture: Buffer;
  readonly contentType: string;
  /** The request as it came, less the picture: ':method', ':path', then its headers, then parts beside the picture. */
  readonly original: readonly (readonly [name: string, value: string])[];
}

/**
 * How one family of cameras speaks. `identify` sees the head alone, so that a stranger costs us no body.
 * A new family is one file beside `edge.ts` and one line in `adapters/index.ts`.
 */
export interface CameraAdapter {
  readonly family: string;
  /** @throws {IngestError} unless the request is of this camera, fresh and unaltered as far as its head tells */
  identify(head: RequestHead, camera: Camera, secret: string, now: Date, clockSkewMs: number): Speaker;
  /** @throws {IngestError} if the body is not what was announced or cannot be taken apart */
  unpack(head: RequestHead, body: Buffer, speaker: Speaker): FramePush;
}
