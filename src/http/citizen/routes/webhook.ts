import type { FastifyInstance } from 'fastify';
import { messageIsSigned } from '../../../notices/wire-signature.js';
import { gatewayEvent } from '../../../payments/gateway.js';
import { recordEvent } from '../../../payments/record.js';
import type { Context } from '../../../storage/context.js';
import { HttpRefusal } from '../../shared/errors.js';

export const WEBHOOK = '/v1/payments/webhook';

/** The gateway tells a payment here, as `payments/gateway-http.ts` writes down. Answered 200 only after it is committed. */
export async function webhookRoutes(app: FastifyInstance, ctx: Context): Promise<void> {
  await app.register(async (scope) => {
    // The signature is over the bytes, so they must not be parsed before it is checked.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.post<{ Body: Buffer }>(
      WEBHOOK,
      { bodyLimit: 16 * 1024, schema: { hide: true } },
      async (request) => {
        const { url, webhookSecret: secret } = ctx.config.paymentGateway;
        // A house without a gateway has no secret of its own either: nobody may tell it of money.
        if (url === undefined) throw new HttpRefusal(404, 'NO_GATEWAY', 'No payment gateway is set up here.');
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (!messageIsSigned(secret, ctx.clock.now(), 'POST', WEBHOOK, body, request.headers)) {
          ctx.log.warn({ remote: request.ip }, 'payment webhook with a wrong signature');
          throw new HttpRefusal(401, 'SIGNATURE_WRONG', 'The signature is wrong or old.');
        }
        const event = gatewayEvent.safeParse(jsonOf(body));
        if (!event.success) throw new HttpRefusal(400, 'BAD_EVENT', 'Not an event of the wire format.');
        return { outcome: await recordEvent(ctx, event.data) };
      },
    );
  });
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
