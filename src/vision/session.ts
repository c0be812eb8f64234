import ort from 'onnxruntime-node';
import { VisionError } from './errors.js';

export type Outputs = Readonly<
  Record<string, { readonly data: Float32Array; readonly dims: readonly number[] }>
>;

/** One net in memory. `run` blocks the event loop for the length of the inference: use it in a child process. */
export interface Session {
  /** `floats`: what a net is given besides the bytes, such as another net's outputs, by its own inputs' names. */
  run(bytes: Uint8Array, dims: readonly number[], floats?: Outputs): Promise<Outputs>;
}

/**
 * Opens weights once a process, with one thread: two processes with one thread each beat one with two, and spinning
 * threads would take the neighbour's core.
 * @throws VisionError MODEL_UNUSABLE if the runtime does not take the file or an input or output of that name is not there
 */
export async function openSession(
  file: string,
  input: string,
  outputs: readonly string[],
  floats: readonly string[] = [],
): Promise<Session> {
  let session: ort.InferenceSession;
  try {
    session = await ort.InferenceSession.create(file, {
      executionProviders: ['cpu'],
      graphOptimizationLevel: 'all',
      executionMode: 'sequential',
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' }, inter_op: { allow_spinning: '0' } } },
    });
  } catch (cause) {
    throw new VisionError('MODEL_UNUSABLE', `the runtime cannot open ${file}`, { cause });
  }
  const missing = [
    ...[input, ...floats].filter((name) => !session.inputNames.includes(name)),
    ...outputs.filter((name) => !session.outputNames.includes(name)),
  ];
  if (missing.length > 0) {
    throw new VisionError('MODEL_UNUSABLE', `${file} has no ${missing.join(', ')}`, {
      details: { inputs: session.inputNames, outputs: session.outputNames },
    });
  }
  return {
    async run(bytes, dims, given = {}) {
      const feeds: Record<string, ort.Tensor> = { [input]: new ort.Tensor('uint8', bytes, [...dims]) };
      for (const name of floats) {
        feeds[name] = new ort.Tensor('float32', given[name]!.data, [...given[name]!.dims]);
      }
      const answer = await session.run(feeds, [...outputs]);
      return Object.fromEntries(
        outputs.map((name) => {
          const { data, dims } = answer[name]!;
          if (!(data instanceof Float32Array)) {
            throw new VisionError('MODEL_UNUSABLE', `${file}: ${name} is not made of 32-bit floats`);
          }
          return [name, { data, dims }];
        }),
      );
    },
  };
}
