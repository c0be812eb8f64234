import { z } from 'zod';

/** [x0, y0, x1, y1] in pixels of a frame. */
export const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export type Box = Readonly<z.infer<typeof box>>;
