import formbody from '@fastify/formbody';
import { systemClock, type Clock } from '../core/clock.js';
import { newId, readableCode } from '../core/ids.js';
import { messageIsSigned, signMessage } from '../notices/wire-signature.js';
import type { GatewayEvent } from '../payments/gateway.js';
import { addFaults, pause } from './faults.js';
import { newOrder, type GatewayOrder } from './gateway-order.js';
import { paymentPage } from './payment-gateway-page.js';
import { bytesOf, listen, simulatorServer, type Simulator } from './server.js';

/** Waits between tries to tell a payment, ms. A real gateway goes on for days. */
const WEBHOOK_WAITS = [0, 300, 1_500, 5_000, 15_000, 60_000, 300_000];

/**
 * A payment gateway that speaks the wire format of `payments/gateway-http.ts`, with a page on which to "pay".
 * `POST /_pay/{reference}` pays from a test. Faults, drawn at each payment: `late` tells it after `ms` · `twice` tells it
 * twice at once · `wrong` receives 10.000 ₫ less than the order · `never` tells nothing, only answers when asked.
 */
export async function startPaymentGateway(
  options: { port?: number; key?: string; webhookSecret?: string; webhookUrl?: string; clock?: Clock } = {},
): Promise<Simulator> {
  const key = options.key ?? 'gateway-dev-key';
  const secret = options.webhookSecret ?? 'gateway-webhook-dev-secret';
  const clock = options.clock ?? systemClock;
  const orders = new Map<string, GatewayOrder>();
  const stop = new AbortController();
  const app = simulatorServer(64 * 1024);
  await app.register(formbody);
  const faults = addFaults(app);

  const signed = (request: Parameters<typeof bytesOf>[0], method: string): boolean =>
    messageIsSigned(
      key,
      clock.now(),
      method,
      request.url.split('?')[0] ?? '',
      bytesOf(request),
      request.headers,
    );

  app.post('/v1/orders', async (request, reply) => {
    if (!signed(request, 'POST'))
      return reply
        .code(401)
        .send({ error: { code: 'SIGNATURE_WRONG', message: 'signature is wrong or old' } });
    const parsed = newOrder.safeParse(request.body);
    const idempotencyKey = String(request.headers['idempotency-key'] ?? '');
    if (!parsed.success || idempotencyKey === '')
      return reply.code(400).send({ error: { code: 'BAD_ORDER', message: 'not an order' } });
    const body = bytesOf(request).toString();
    const before = [...orders.values()].find((o) => o.idempotencyKey === idempotencyKey);
    if (before && before.body !== body)
      return reply.code(409).send({ error: { code: 'KEY_REUSED', message: 'same key, other order' } });
    const order = before ?? {
      ...parsed.data,
      orderId: `G${readableCode(12)}`,
      idempotencyKey,
      body,
      events: [],
    };
    orders.set(order.orderId, order);
    faults.saw({ kind: 'order', orderId: order.orderId, reference: order.reference, amount: order.amount });
    return {
      orderId: order.orderId,
      reference: order.reference,
      amount: order.amount,
      currency: order.currency,
    };
  });

  app.get<{ Params: { id: string } }>('/v1/orders/:id', async (request, reply) => {
    if (!signed(request, 'GET'))
      return reply
        .code(401)
        .send({ error: { code: 'SIGNATURE_WRONG', message: 'signature is wrong or old' } });
    const order = orders.get(request.params.id);
    if (!order) return reply.code(404).send({ error: { code: 'ORDER_UNKNOWN', message: 'no such order' } });
    return { orderId: order.orderId, events: order.events };
  });

  app.post<{ Params: { reference: string }; Body: { amount?: number | string } | undefined }>(
    '/_pay/:reference',
    async (request, reply) => {
      const order = [...orders.values()].find((o) => o.reference === request.params.reference);
      if (!order) return reply.code(404).send({ error: { code: 'ORDER_UNKNOWN', message: 'no such order' } });
      const event = receive(order, Number(request.body?.amount ?? order.amount));
      return request.headers['content-type']?.includes('form')
        ? reply.redirect('/', 303)
        : { eventId: event.eventId };
    },
  );

  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(paymentPage([...orders.values()].reverse())),
  );

  function receive(order: GatewayOrder, asked: number): GatewayEvent {
    const fault = faults.next();
    const event: GatewayEvent = {
      eventId: `E${newId()}`,
      orderId: order.orderId,
      reference: order.reference,
      amount: fault === 'wrong' ? asked - 10_000 : asked,
      currency: 'VND',
      paidAt: clock.now().toISOString(),
      bankReference: `FT${readableCode(10)}`,
    };
    order.events.push(event);
    faults.saw({ kind: 'payment', fault, ...event });
    const wait = fault === 'late' ? faults.ms : 0;
    if (fault !== 'never') void tell(options.webhookUrl ?? order.webhook, event, wait);
    if (fault === 'twice') void tell(options.webhookUrl ?? order.webhook, event, wait);
    return event;
  }

  /** Tells a payment until it is taken. */
  async function tell(webhook: string, event: GatewayEvent, first: number): Promise<void> {
    const body = JSON.stringify(event);
    await pause(first);
    for (const wait of WEBHOOK_WAITS) {
      await pause(wait);
      if (stop.signal.aborted) return;
      const headers = {
        'content-type': 'application/json',
        ...signMessage(secret, clock.now(), 'POST', new URL(webhook).pathname, body),
      };
      try {
        const answer = await fetch(webhook, {
          method: 'POST',
          headers,
          body,
          signal: AbortSignal.any([stop.signal, AbortSignal.timeout(10_000)]),
        });
        await answer.arrayBuffer();
        faults.saw({ kind: 'webhook', eventId: event.eventId, status: answer.status });
        if (answer.ok) return;
      } catch (error) {
        faults.saw({ kind: 'webhook', eventId: event.eventId, error: String(error) });
      }
    }
  }

  app.addHook('onClose', async () => stop.abort());
  return listen(app, options.port);
}
