import type { VisionErrorCode } from './errors.js';
import type { FrameHints } from './eyes.js';
import type { FrameReading } from './observation.js';

/**
 * What supervisor and child say to each other over Node's IPC channel ("advanced" serialisation, so bytes stay bytes).
 * The child says `ready` or `unfit` once; then each `read` gets exactly one `reading` or `refusal` with its id.
 */
export interface ReadCommand {
  readonly type: 'read';
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly hints: FrameHints;
}

export type Answer =
  | { readonly type: 'ready'; readonly models: Readonly<Record<string, string>> }
  | { readonly type: 'unfit'; readonly code: VisionErrorCode; readonly message: string }
  | { readonly type: 'reading'; readonly id: number; readonly reading: FrameReading }
  | {
      readonly type: 'refusal';
      readonly id: number;
      readonly code: VisionErrorCode;
      readonly message: string;
    };
