import { createHash, randomBytes } from 'node:crypto';
import formbody from '@fastify/formbody';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { z } from 'zod';
import { inventedCitizens, noticedFirst, type DemoCitizen } from './demo-citizens.js';
import { addFaults, pause } from './faults.js';
import { cutOff, escapeHtml, listen, simulatorPage, simulatorServer, type Simulator } from './server.js';

const authorisation = z.object({
  response_type: z.literal('code'),
  client_id: z.string(),
  redirect_uri: z.url(),
  scope: z.string(),
  state: z.string().min(1),
  nonce: z.string().min(1),
  code_challenge: z.string().min(43),
  code_challenge_method: z.literal('S256'),
});
type Authorisation = z.infer<typeof authorisation>;

interface Grant {
  readonly request: Authorisation;
  readonly citizen: DemoCitizen;
}

/**
 * An OpenID provider with a page on which one chooses a demo citizen instead of signing in: authorisation code with PKCE
 * (S256 only), nonce, RS256. Faults, drawn at the token endpoint: `late` answers after `ms` · `twice` issues the token and
 * cuts the connection · `wrong` puts another nonce into the token · `never` answers 503.
 */
export async function startOidcProvider(
  options: {
    port?: number;
    clientId?: string;
    clientSecret?: string;
    redirectUri?: string;
    citizens?: readonly DemoCitizen[];
    /** A file of vehicles whose invented owners may sign in, as the vehicle register takes it. */
    vehicles?: string;
    /** A digital-account simulator: citizens with a notice come first. */
    inboxUrl?: string;
  } = {},
): Promise<Simulator> {
  const clientId = options.clientId ?? 'phat-nguoi-portal';
  const clientSecret = options.clientSecret ?? 'portal-dev-secret';
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'demo', alg: 'RS256', use: 'sig' };
  const grants = new Map<string, Grant>();
  const app = simulatorServer(64 * 1024);
  await app.register(formbody);
  const faults = addFaults(app);
  let issuer = '';

  const known = options.citizens ?? (await inventedCitizens(options.vehicles));
  const citizens = (): Promise<readonly DemoCitizen[]> => noticedFirst(known, options.inboxUrl);

  app.get('/.well-known/openid-configuration', async () => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: ['openid', 'profile'],
    claims_supported: ['sub', 'name'],
  }));
  app.get('/jwks', async () => ({ keys: [jwk] }));

  app.get('/authorize', async (request, reply) => {
    const asked = readAuthorisation(request.query, clientId, options.redirectUri);
    if (asked === null)
      return reply.code(400).type('text/html; charset=utf-8').send(simulatorPage('Yêu cầu không hợp lệ', ''));
    const query = new URLSearchParams(asked).toString();
    const cards = (await citizens()).map(
      (
        c,
      ) => `<form method="post" action="/authorize?${escapeHtml(query)}"><input type="hidden" name="account" value="${escapeHtml(c.account)}">
<strong>${escapeHtml(c.name)}</strong><p><code>${escapeHtml(c.account)}</code></p><button>Đăng nhập</button></form>`,
    );
    const other = `<form method="post" action="/authorize?${escapeHtml(query)}"><label>Tài khoản khác <input name="account" required></label><button class="plain">Đăng nhập</button></form>`;
    return reply
      .type('text/html; charset=utf-8')
      .send(simulatorPage('Chọn công dân mẫu', cards.join('') + other));
  });

  app.post<{ Body: { account?: string } }>('/authorize', async (request, reply) => {
    const asked = readAuthorisation(request.query, clientId, options.redirectUri);
    const account = request.body.account ?? '';
    if (asked === null || account === '') return reply.code(400).send({ error: 'invalid_request' });
    const citizen = (await citizens()).find((c) => c.account === account) ?? { account, name: account };
    const code = randomBytes(24).toString('base64url');
    grants.set(code, { request: asked, citizen });
    const back = new URL(asked.redirect_uri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.state);
    back.searchParams.set('iss', issuer);
    return reply.redirect(back.href, 303);
  });

  app.post<{ Body: Record<string, string> }>('/token', async (request, reply) => {
    const fault = faults.next();
    if (fault === 'never') return reply.code(503).send({ error: 'temporarily_unavailable' });
    const grant = grants.get(request.body.code ?? '');
    // A code is used once, whatever comes of it.
    grants.delete(request.body.code ?? '');
    if (!isClient(request.headers.authorization, request.body, clientId, clientSecret))
      return reply.code(401).send({ error: 'invalid_client' });
    if (
      !grant ||
      grant.request.redirect_uri !== request.body.redirect_uri ||
      !matches(grant.request.code_challenge, request.body.code_verifier)
    ) {
      return reply.code(400).send({ error: 'invalid_grant' });
    }
    faults.saw({ kind: 'token', account: grant.citizen.account, fault });
    const idToken = await new SignJWT({
      name: grant.citizen.name,
      nonce: fault === 'wrong' ? 'another' : grant.request.nonce,
    })
      .setProtectedHeader({ alg: 'RS256', kid: 'demo' })
      .setIssuer(issuer)
      .setAudience(clientId)
      .setSubject(grant.citizen.account)
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey);
    if (fault === 'late') await pause(faults.ms);
    if (fault === 'twice') return cutOff(reply);
    return {
      access_token: randomBytes(24).toString('base64url'),
      token_type: 'Bearer',
      expires_in: 300,
      id_token: idToken,
    };
  });

  const simulator = await listen(app, options.port);
  issuer = simulator.url;
  return simulator;
}

function readAuthorisation(
  query: unknown,
  clientId: string,
  redirectUri: string | undefined,
): Authorisation | null {
  const asked = authorisation.safeParse(query);
  if (!asked.success || asked.data.client_id !== clientId) return null;
  return redirectUri === undefined || asked.data.redirect_uri === redirectUri ? asked.data : null;
}

function matches(challenge: string, verifier: string | undefined): boolean {
  return verifier !== undefined && createHash('sha256').update(verifier).digest('base64url') === challenge;
}

function isClient(
  authorization: string | undefined,
  body: Record<string, string>,
  id: string,
  secret: string,
): boolean {
  const basic = authorization?.startsWith('Basic ')
    ? Buffer.from(authorization.slice(6), 'base64').toString()
    : undefined;
  const given = basic ?? `${body.client_id ?? ''}:${body.client_secret ?? ''}`;
  const [givenId = '', givenSecret = ''] = given.split(':').map(decodeURIComponent);
  return givenId === id && givenSecret === secret;
}
