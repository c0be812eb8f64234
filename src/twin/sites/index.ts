import { expressway } from './expressway.js';
import { junction } from './junction.js';
import { street } from './street.js';
import type { TwinSite } from '../behaviour/types.js';

/** The three demo sites: what `import-site` takes is their `.site`, also written beside as JSON by `npx tsx src/twin/sites/write.ts`. */
export const twinSites = { expressway, junction, street } as const satisfies Record<string, TwinSite>;
export type TwinSiteName = keyof typeof twinSites;
