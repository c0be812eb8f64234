import { z } from 'zod';

/** An order to be paid. `content` is what a bank prints with the transfer: notice number and reference, nobody's name. */
export interface Order {
  readonly paymentId: string;
  readonly reference: string;
  readonly amount: number;
  readonly content: string;
  readonly expiresAt: Date;
  readonly webhook: string;
}

/** Money that a gateway says has arrived. Amounts are whole đồng where the currency is VND. */
export const gatewayEvent = z.object({
  eventId: z.string().min(1).max(100),
  orderId: z.string().min(1).max(100),
  reference: z.string().min(1).max(40),
  amount: z.int().positive().max(Number.MAX_SAFE_INTEGER),
  currency: z.string().length(3),
  paidAt: z.iso.datetime(),
  bankReference: z.string().max(100).nullish(),
});
export type GatewayEvent = z.infer<typeof gatewayEvent>;

/** The way to the payment gateway. Repeating `open` for a payment gives the same order. */
export interface PaymentGateway {
  /** @throws {PaymentError} `GATEWAY_UNREACHABLE` | `GATEWAY_REFUSED` | `GATEWAY_WRONG` */
  open(order: Order): Promise<{ orderId: string }>;
  /** Everything that the gateway received for an order. @throws {PaymentError} as `open` */
  events(orderId: string): Promise<readonly GatewayEvent[]>;
}
