import { Counter, type Registry } from 'prom-client';

/** What the camera app counts, besides what every process tells. */
export function cameraCounters(registry: Registry) {
  return {
    frames: new Counter({
      name: 'phat_nguoi_frames_total',
      help: 'Frames acknowledged to cameras',
      labelNames: ['outcome'] as const,
      registers: [registry],
    }),
    refusals: new Counter({
      name: 'phat_nguoi_refusals_total',
      help: 'Pushes turned away, by reason',
      labelNames: ['code'] as const,
      registers: [registry],
    }),
  };
}
export type CameraCounters = ReturnType<typeof cameraCounters>;
