import getPort from 'get-port';
import type { FastifyInstance } from 'fastify';
import { buildCitizenApp } from '../../src/http/citizen/app.js';
import { deliverNotice } from '../../src/notices/deliver.js';
import { issueNotice } from '../../src/notices/issue.js';
import { startDigitalAccount } from '../../src/simulators/digital-account.js';
import { startOidcProvider } from '../../src/simulators/oidc-provider.js';
import { startPaymentGateway } from '../../src/simulators/payment-gateway.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { confirmedCase, type CaseOptions } from '../notices/confirmed-case.js';

export const SECRET = 'test-webhook-secret';

export interface CitizenHouse {
  readonly house: TestHouse;
  readonly app: FastifyInstance;
  readonly url: string;
  readonly gateway: string;
  readonly oidc: string;
  /** A case that an officer confirmed, its notice delivered. */
  noticed(
    options?: CaseOptions,
  ): Promise<{ noticeId: string; number: string; caseId: string; officer: string; verifyCode: string }>;
}

/** The citizens' app listening on loopback, with every outside system as a real HTTP server. */
export async function citizenHouse(t: { teardown(fn: () => Promise<void>): void }): Promise<CitizenHouse> {
  const port = await getPort({ host: '127.0.0.1' });
  const url = `http://127.0.0.1:${port}`;
  // Signatures carry the time: simulators and house share one clock, and it goes on, for tokens of the identity provider.
  const clock = { now: () => new Date() };
  const [account, gateway, oidc] = await Promise.all([
    startDigitalAccount({ clock }),
    startPaymentGateway({ clock, webhookSecret: SECRET }),
    startOidcProvider({
      redirectUri: `${url}/v1/sign-in/callback`,
      citizens: [{ account: 'cn-001185012345', name: 'Trần Thị Bích Ngọc' }],
    }),
  ]);
  const made = await testHouse(t, {
    env: {
      CITIZEN_URL: url,
      DIGITAL_ACCOUNT_URL: account.url,
      PAYMENT_GATEWAY_URL: gateway.url,
      PAYMENT_WEBHOOK_SECRET: SECRET,
      OIDC_ISSUER: oidc.url,
    },
  });
  const house: TestHouse = { ...made, clock: { ...made.clock, now: clock.now } };
  const app = await buildCitizenApp(house);
  await app.listen({ host: '127.0.0.1', port });
  t.teardown(async () => {
    await Promise.all([app.close(), account.close(), gateway.close(), oidc.close()]);
  });
  return {
    house,
    app,
    url,
    gateway: gateway.url,
    oidc: oidc.url,
    async noticed(options) {
      const found = await confirmedCase(house, options);
      const { id, number } = await issueNotice(house, found.caseId);
      await deliverNotice(house, id);
      const row = await house.db
        .selectFrom('notices')
        .select('verify_code')
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      return {
        noticeId: id,
        number,
        caseId: found.caseId,
        officer: found.officer,
        verifyCode: row.verify_code,
      };
    },
  };
}

/** A visitor with a cookie jar of one app. */
export function visitor(url: string) {
  const jar = new Map<string, string>();
  let token = '';
  async function go(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, url), {
      redirect: 'manual',
      ...init,
      headers: { cookie, 'csrf-token': token, ...init.headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      jar.set(name, value);
    }
    return response;
  }
  return {
    go,
    jar,
    post: (path: string, body: unknown) =>
      go(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    get: async (path: string) => {
      const response = await go(path);
      return {
        status: response.status,
        body: (await response.json()) as Record<string, never> & { [key: string]: never },
      };
    },
    async token() {
      const session = (await (await go('/v1/session')).json()) as { csrfToken: string };
      token = session.csrfToken;
      return session;
    },
  };
}

/** A visitor who has signed in at the identity provider. */
export async function signedIn(url: string, account = 'cn-001185012345') {
  const citizen = visitor(url);
  const authorise = (await citizen.go('/v1/sign-in')).headers.get('location') ?? '';
  const chosen = await fetch(authorise, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `account=${account}`,
  });
  await citizen.go(chosen.headers.get('location') ?? '');
  await citizen.token();
  return citizen;
}

export async function until<A>(look: () => Promise<A | null | undefined | false>, ms = 20_000): Promise<A> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
