import type { CameraHealth, CameraTrouble } from '../../ingest/index.js';

const TROUBLE: Readonly<Record<CameraTrouble, string>> = {
  'never-spoke': 'chưa từng gửi / never spoke',
  silent: 'im lặng / silent',
  'no-pictures': 'không có ảnh / no pictures',
  refused: 'bị từ chối / refused',
  'clock-drift': 'lệch giờ / clock drift',
  late: 'gửi trễ / late',
};

/** How a camera does, in words; the rule is ingest's. */
export function troublesInWords(camera: Pick<CameraHealth, 'state' | 'troubles'>): string {
  if (camera.state === 'suspended') return 'tạm ngưng / suspended';
  return camera.troubles.map((trouble) => TROUBLE[trouble]).join(', ') || 'tốt / well';
}
