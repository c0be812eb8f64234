import type { FastifyInstance } from 'fastify';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type Configuration,
} from 'openid-client';
import type { Context } from '../../../storage/context.js';
import { refusal } from '../refusal.js';

const CALLBACK = '/v1/sign-in/callback';

/** OpenID Connect, authorisation code with PKCE, state and nonce. `sub` is the digital account. */
export function signInRoutes(app: FastifyInstance, ctx: Context): void {
  let known: Configuration | undefined;
  /** Asked of the provider once; a provider that is down is asked again at the next sign-in. */
  async function provider(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = ctx.config.oidc;
    if (issuer === undefined) throw refusal(404, 'NO_SIGN_IN');
    const insecure = issuer.startsWith('http:') ? { execute: [allowInsecureRequests] } : {};
    try {
      known ??= await discovery(new URL(issuer), clientId, clientSecret, undefined, {
        timeout: 8,
        ...insecure,
      });
    } catch (error) {
      ctx.log.warn({ err: error }, 'identity provider does not answer');
      throw refusal(503, 'SIGN_IN_UNAVAILABLE');
    }
    return known;
  }

  app.get(
    '/v1/sign-in',
    { schema: { tags: ['session'], summary: 'Go to the identity provider' } },
    async (request, reply) => {
      const config = await provider();
      const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
      request.session.set('signIn', { state, nonce, verifier });
      const url = buildAuthorizationUrl(config, {
        redirect_uri: `${ctx.config.publicUrls.citizen}${CALLBACK}`,
        scope: 'openid profile',
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return reply.redirect(url.href, 303);
    },
  );

  app.get(CALLBACK, { schema: { hide: true } }, async (request, reply) => {
    const begun = request.session.get('signIn');
    if (begun === undefined) return reply.redirect('/portal/#/sign-in-failed', 303);
    // One try only, whatever comes of it.
    request.session.set('signIn', undefined);
    const config = await provider();
    try {
      const tokens = await authorizationCodeGrant(
        config,
        new URL(request.url, ctx.config.publicUrls.citizen),
        {
          pkceCodeVerifier: begun.verifier,
          expectedState: begun.state,
          expectedNonce: begun.nonce,
          idTokenExpected: true,
        },
      );
      const claims = tokens.claims();
      if (!claims) throw new Error('no ID token');
      // A new session for the signed-in citizen: one that somebody planted before is worth nothing.
      request.session.regenerate(['notices', 'papers']);
      request.session.set('account', claims.sub);
      request.session.set('citizenName', typeof claims.name === 'string' ? claims.name : claims.sub);
      request.session.set('usedAt', ctx.clock.now().getTime());
      return reply.redirect('/portal/#/mine', 303);
    } catch (error) {
      ctx.log.warn({ err: error }, 'sign-in failed');
      return reply.redirect('/portal/#/sign-in-failed', 303);
    }
  });
}
