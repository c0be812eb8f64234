import { VisionError } from './errors.js';
import type { Outputs, Session } from './session.js';

/** How long an axis must be, or of how many its length must be a multiple. */
export type Axis = number | { readonly multipleOf: number };
/** An output's name and its axes. A list, since a manifest may by mistake name one output for two things. */
export type Expected = readonly (readonly [output: string, axes: readonly Axis[]])[];

/**
 * Looks at one blank picture, before the first real one: a net that is not as its manifest says would read wrongly without
 * a word, or fail at every frame and have each set aside for good.
 * @throws VisionError MODEL_UNUSABLE with what does not fit
 */
export async function tryOut(
  session: Session,
  file: string,
  [height, width]: readonly [height: number, width: number],
  expected: Expected,
  given?: Outputs,
): Promise<Outputs> {
  const outputs = await session
    .run(new Uint8Array(height * width * 3), [1, height, width, 3], given)
    .catch((cause: unknown) => {
      if (cause instanceof VisionError) throw cause;
      throw new VisionError('MODEL_UNUSABLE', `${file} takes no picture of ${width} x ${height}`, { cause });
    });
  const misfits = expected.flatMap(([name, axes]) => {
    const { dims } = outputs[name]!;
    return fits(dims, axes) ? [] : [`${name} is [${dims.join(', ')}], not [${axes.map(told).join(', ')}]`];
  });
  if (misfits.length > 0) {
    throw new VisionError('MODEL_UNUSABLE', `${file} is not as its manifest says: ${misfits.join('; ')}`);
  }
  return outputs;
}

function fits(dims: readonly number[], axes: readonly Axis[]): boolean {
  return (
    dims.length === axes.length &&
    axes.every((axis, i) =>
      typeof axis === 'number' ? dims[i] === axis : dims[i]! > 0 && dims[i]! % axis.multipleOf === 0,
    )
  );
}

function told(axis: Axis): string {
  return typeof axis === 'number' ? String(axis) : `a multiple of ${axis.multipleOf}`;
}
