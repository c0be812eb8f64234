import type { Context } from '../storage/context.js';
import { PaymentError } from './errors.js';
import type { PaymentGateway } from './gateway.js';
import { HttpPaymentGateway } from './gateway-http.js';

/** The configured gateway; a house without one cannot take money and says so. */
export function gatewayOf(ctx: Context): PaymentGateway {
  const { url, key, payeeBankBin, payeeAccount } = ctx.config.paymentGateway;
  if (url === undefined) {
    const absent = () =>
      Promise.reject(new PaymentError('GATEWAY_UNREACHABLE', 'PAYMENT_GATEWAY_URL is not set'));
    return { open: absent, events: absent };
  }
  return new HttpPaymentGateway({
    url,
    key,
    payee: { bin: payeeBankBin, account: payeeAccount },
    clock: ctx.clock,
  });
}
