import { openHouse, type House } from '../../storage/house.js';

/** Opens the house for one command and closes it, whatever comes of `work`. Logs warnings only, unless told otherwise. */
export async function inHouse<Answer>(
  name: string,
  work: (house: House) => Promise<Answer>,
): Promise<Answer> {
  const house = await openHouse(name, { LOG_LEVEL: 'warn', ...process.env });
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
