import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { completeVehicle, givenVehicle, inventVehicles } from './invented-vehicles.js';

/** A citizen whom one can choose to be. `account` is the digital account, the token's `sub`. */
export interface DemoCitizen {
  readonly account: string;
  readonly name: string;
}

const SHOWN = 24;
const inbox = z.object({ messages: z.array(z.object({ account: z.string() })) });

/** Owners of the given vehicles and of the simulated register who have a digital account. */
export async function inventedCitizens(vehiclesFile: string | undefined): Promise<readonly DemoCitizen[]> {
  const given =
    vehiclesFile === undefined
      ? []
      : z.array(givenVehicle).parse(JSON.parse(await readFile(vehiclesFile, 'utf8')));
  const owners = [...given.map(completeVehicle), ...inventVehicles(1, 300)].flatMap((vehicle) =>
    vehicle.owners.slice(-1),
  );
  const known = new Map<string, DemoCitizen>();
  for (const { digitalAccount, name } of owners)
    if (digitalAccount !== null) known.set(digitalAccount, { account: digitalAccount, name });
  return [...known.values()];
}

/** Those who have a message in the inbox first, so that a demo's visitor finds somebody with a notice. */
export async function noticedFirst(
  citizens: readonly DemoCitizen[],
  inboxUrl: string | undefined,
): Promise<readonly DemoCitizen[]> {
  if (inboxUrl === undefined) return citizens.slice(0, SHOWN);
  try {
    const answer = await fetch(new URL('/v1/messages', inboxUrl), { signal: AbortSignal.timeout(2_000) });
    const accounts = [...new Set(inbox.parse(await answer.json()).messages.map((m) => m.account))].reverse();
    const noticed = accounts.map(
      (account) => citizens.find((c) => c.account === account) ?? { account, name: account },
    );
    return [...noticed, ...citizens.filter((c) => !accounts.includes(c.account))].slice(0, SHOWN);
  } catch {
    return citizens.slice(0, SHOWN);
  }
}
