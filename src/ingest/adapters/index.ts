import { IngestError } from '../errors.js';
import type { CameraAdapter } from '../push.js';
import { edge } from './edge.js';

const adapters: ReadonlyMap<string, CameraAdapter> = new Map([edge].map((one) => [one.family, one]));

/** @throws {IngestError} `CAMERA_UNKNOWN` if no adapter speaks the camera's family */
export function adapterOf(family: string): CameraAdapter {
  const found = adapters.get(family);
  if (found === undefined)
    throw new IngestError('CAMERA_UNKNOWN', `nothing here speaks with cameras of the family ${family}`);
  return found;
}

export const families: readonly string[] = [...adapters.keys()];
