/** Bounds of one camera server. Times are milliseconds, sizes bytes. */
export interface CameraLimits {
  /** Largest body, with a multipart's wrapping. */
  readonly bodyBytes: number;
  /** Bodies in memory at once, over all requests. */
  readonly bytesInFlight: number;
  readonly headersMs: number;
  /** From the first byte of a request to its last. */
  readonly requestMs: number;
  /** How often slow connections are looked for. */
  readonly sweepMs: number;
  readonly connections: number;
  /** Of one address, so that a single one cannot take them all. Not counted behind a proxy, which is one for everybody. */
  readonly connectionsOfOne: number;
}

export const CAMERA_LIMITS: CameraLimits = {
  bodyBytes: 16 * 1024 * 1024,
  bytesInFlight: 256 * 1024 * 1024,
  headersMs: 10_000,
  requestMs: 60_000,
  sweepMs: 2_000,
  connections: 2_000,
  connectionsOfOne: 500,
};
