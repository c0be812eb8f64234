import type { FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { transition } from '../../src/cases/index.js';
import { handlers as caseJobs } from '../../src/cases/jobs.js';
import { buildOfficerApp } from '../../src/http/officer/app.js';
import { issueNotice } from '../../src/notices/issue.js';
import { officer, registryHouse, writeAct, type Act, type RegistryHouse } from '../cases/acts.js';
import { confirmedCase, drawnFrame } from '../notices/confirmed-case.js';
import { openPage, snap } from '../support/browser.js';

export const PASSWORD = 'mat-khau-thu-nghiem';

export interface ConsoleHouse extends RegistryHouse {
  readonly app: FastifyInstance;
}

interface Teardown {
  teardown(fn: () => Promise<void>): void;
}

/** A house with an officer, the register's simulator, and the officers' app. */
export async function consoleHouse(
  t: Teardown,
  options: Parameters<typeof registryHouse>[1] = {},
): Promise<ConsoleHouse> {
  const house = await registryHouse(t, options);
  await officer(house);
  const app = await buildOfficerApp(house);
  t.teardown(() => app.close());
  return { ...house, app };
}

const CAR = JSON.stringify([500, 480, 1060, 928]);
const PLATE = [668, 788, 892, 850];

/** An act with real pictures, matched with the register: a case in the queue. */
export async function waitingCase(
  house: ConsoleHouse,
  act: Act = {},
  display = '30F-256.58',
): Promise<string> {
  const violationId = await writeAct(house, act);
  const sha256 = await house.blobs.put(await drawnFrame(display));
  const { evidence, passage_id: passageId } = await house.db
    .selectFrom('violations')
    .select(['evidence', 'passage_id'])
    .where('id', '=', violationId)
    .executeTakeFirstOrThrow();
  const seen = evidence as { frameId: string }[];
  const frameIds = [...new Set(seen.map((one) => one.frameId))];
  await house.db.updateTable('frames').set({ sha256 }).where('id', 'in', frameIds).execute();
  await house.db
    .updateTable('violations')
    .set({ evidence: JSON.stringify(seen.map((one) => ({ ...one, sha256 }))) })
    .where('id', '=', violationId)
    .execute();
  const { track } = await house.db
    .selectFrom('passages')
    .select('track')
    .where('id', '=', passageId)
    .executeTakeFirstOrThrow();
  await house.db
    .updateTable('passages')
    .set({
      track: JSON.stringify((track as object[]).map((one) => ({ ...one, box: JSON.parse(CAR) as number[] }))),
    })
    .where('id', '=', passageId)
    .execute();
  const observations = await house.db
    .selectFrom('observations')
    .select(['id', 'plate'])
    .where('frame_id', 'in', frameIds)
    .execute();
  for (const { id, plate } of observations) {
    await house.db
      .updateTable('observations')
      .set({ box: CAR, plate: plate === null ? null : JSON.stringify({ ...plate, box: PLATE }) })
      .where('id', '=', id)
      .execute();
  }
  await caseJobs.match!(house, violationId);
  const { id } = await house.db
    .selectFrom('cases')
    .select('id')
    .where('violation_id', '=', violationId)
    .executeTakeFirstOrThrow();
  return id;
}

/** A signed-in browser without a browser: cookie and CSRF token on every call. */
export async function signedIn(app: FastifyInstance, username = 'canbo.an', code?: string) {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/sign-in',
    payload: { username, password: PASSWORD, ...(code === undefined ? {} : { code }) },
  });
  if (answer.statusCode !== 200) throw new Error(`sign-in: ${answer.body}`);
  let cookies = Object.fromEntries(answer.cookies.map((c) => [c.name, c.value]));
  const csrf = (answer.json() as { csrf: string }).csrf;
  return {
    csrf,
    async get(url: string) {
      return app.inject({ method: 'GET', url, cookies });
    },
    async post(url: string, payload: object = {}, headers: Record<string, string> = { 'csrf-token': csrf }) {
      const response = await app.inject({ method: 'POST', url, cookies, payload, headers });
      cookies = { ...cookies, ...Object.fromEntries(response.cookies.map((c) => [c.name, c.value])) };
      return response;
    },
  };
}

/** A case whose notice was delivered. */
export async function notifiedCase(house: ConsoleHouse): Promise<{ caseId: string; number: string }> {
  const { caseId } = await confirmedCase(house);
  const { number } = await issueNotice(house, caseId);
  const at = house.clock.now();
  await transition(house.db, { caseId, event: 'notify', actor: 'system:notices', at });
  return { caseId, number };
}

/** The console in a real browser, the officer signed in. */
export async function openConsole(
  t: Teardown,
  { app }: ConsoleHouse,
): Promise<{ page: Page; errors: string[] }> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { page, errors } = await openPage(t, { width: 1440, height: 900 });
  await page.goto(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}`);
  await page.getByLabel('Tên đăng nhập').fill('canbo.an');
  await page.getByLabel('Mật khẩu').fill(PASSWORD);
  await snap(page, 'console-sign-in');
  await page.keyboard.press('Enter');
  return { page, errors };
}
