import { z } from 'zod';
import type { GatewayEvent } from '../payments/gateway.js';

/** An order as it is opened, and as the gateway keeps it. */
export const newOrder = z.object({
  reference: z.string().min(1),
  amount: z.int().positive(),
  currency: z.literal('VND'),
  content: z.string(),
  expiresAt: z.iso.datetime(),
  payee: z.object({ bin: z.string(), account: z.string() }),
  webhook: z.url(),
});

export interface GatewayOrder extends z.infer<typeof newOrder> {
  readonly orderId: string;
  readonly idempotencyKey: string;
  readonly body: string;
  readonly events: GatewayEvent[];
}
