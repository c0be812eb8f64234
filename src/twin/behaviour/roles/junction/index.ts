import type { Role } from '../role.js';
import { mayGo } from './may-go.js';
import { runs } from './runs-red.js';
import { stopsOrPasses } from './stops-or-passes.js';

export { plain } from './queue.js';
export { programme } from './signal.js';

/** All of them break, or nearly break, the one rule of a junction. The order is part of every seed. */
export const roles: readonly Role[] = [...runs, ...stopsOrPasses, ...mayGo];
