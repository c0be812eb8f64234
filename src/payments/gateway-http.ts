import { z } from 'zod';
import type { Clock } from '../core/clock.js';
import { signMessage } from '../notices/wire-signature.js';
import { PaymentError } from './errors.js';
import { gatewayEvent, type GatewayEvent, type Order, type PaymentGateway } from './gateway.js';

/**
 * Payment gateway, wire format 1. It is ours: nobody has published the interface of the national payment portal.
 * Every request is signed (notices/wire-signature.ts) with the partner's key.
 *
 *   POST {url}/v1/orders          idempotency-key: the payment's id
 *     { reference, amount, currency: "VND", content, expiresAt, payee: { bin, account }, webhook }
 *   200 { orderId, reference, amount, currency }   the same key gives the same order
 *
 *   GET {url}/v1/orders/{orderId} 200 { orderId, events: [GatewayEvent] }
 *
 *   The gateway tells each payment, at least once and in any order:
 *   POST {webhook}                 signed with the webhook secret
 *     GatewayEvent
 *   2xx taken · anything else: it tries again
 */
const opened = z.object({
  orderId: z.string().min(1),
  reference: z.string(),
  amount: z.int(),
  currency: z.string(),
});
const asked = z.object({ orderId: z.string(), events: z.array(gatewayEvent) });

export class HttpPaymentGateway implements PaymentGateway {
  constructor(
    private readonly options: {
      url: string;
      key: string;
      payee: { bin: string; account: string };
      clock: Clock;
      timeoutMs?: number;
    },
  ) {}

  async open(order: Order): Promise<{ orderId: string }> {
    const { paymentId, reference, amount, content, expiresAt, webhook } = order;
    const body = JSON.stringify({
      reference,
      amount,
      currency: 'VND',
      content,
      expiresAt: expiresAt.toISOString(),
      payee: this.options.payee,
      webhook,
    });
    const answer = opened.safeParse(
      await this.send('POST', '/v1/orders', body, { 'idempotency-key': paymentId }),
    );
    if (!answer.success)
      throw new PaymentError('GATEWAY_WRONG', 'answer is not an order', { cause: answer.error });
    const { data } = answer;
    if (data.reference !== reference || data.amount !== amount || data.currency !== 'VND') {
      throw new PaymentError('GATEWAY_WRONG', 'gateway opened another order', { details: { paymentId } });
    }
    return { orderId: data.orderId };
  }

  async events(orderId: string): Promise<readonly GatewayEvent[]> {
    const answer = asked.safeParse(
      await this.send('GET', `/v1/orders/${encodeURIComponent(orderId)}`, '', {}),
    );
    if (!answer.success)
      throw new PaymentError('GATEWAY_WRONG', 'answer is not an order', { cause: answer.error });
    if (answer.data.orderId !== orderId || answer.data.events.some((e) => e.orderId !== orderId)) {
      throw new PaymentError('GATEWAY_WRONG', 'gateway told of another order', { details: { orderId } });
    }
    return answer.data.events;
  }

  private async send(
    method: string,
    path: string,
    body: string,
    extra: Record<string, string>,
  ): Promise<unknown> {
    const { url, key, clock, timeoutMs = 8_000 } = this.options;
    const headers = { ...extra, ...signMessage(key, clock.now(), method, path, body) };
    const init =
      body === ''
        ? { method, headers }
        : { method, body, headers: { ...headers, 'content-type': 'application/json' } };
    let status: number;
    let text: string;
    try {
      const response = await fetch(new URL(path, url), { ...init, signal: AbortSignal.timeout(timeoutMs) });
      [status, text] = [response.status, await response.text()];
    } catch (cause) {
      throw new PaymentError('GATEWAY_UNREACHABLE', 'payment gateway gave no answer', { cause });
    }
    if (status >= 500) throw new PaymentError('GATEWAY_UNREACHABLE', `gateway answered ${status}`);
    if (status >= 400) throw new PaymentError('GATEWAY_REFUSED', `gateway answered ${status}`);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new PaymentError('GATEWAY_WRONG', 'answer is not JSON', { cause });
    }
  }
}
