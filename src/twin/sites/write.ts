import { writeFileSync } from 'node:fs';
import { twinSites } from './index.js';

// The JSON files are what an operator would import; a test holds them equal to the code.
for (const [name, twin] of Object.entries(twinSites)) {
  writeFileSync(new URL(`./${name}.json`, import.meta.url), `${JSON.stringify(twin.site, null, 2)}\n`);
}
