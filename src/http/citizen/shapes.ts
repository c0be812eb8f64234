import { z } from 'zod';

/** What the citizen API answers; also the source of its OpenAPI. Money is whole đồng, instants are ISO 8601 in UTC. */
const text = z.object({ vi: z.string(), en: z.string() });
const place = z.object({ name: text, address: text, phone: z.string().nullable() });
const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const noticeParams = z.object({ id: z.uuid() });

export const noticeRow = z.object({
  id: z.uuid(),
  number: z.string(),
  plate: z.string(),
  behaviour: text,
  occurredAt: z.string(),
  place: text,
  state: z.string(),
  due: z.int(),
});
export type NoticeRow = z.infer<typeof noticeRow>;

export const owed = z.object({
  due: z.int(),
  /** Provisional, the middle of the law's range, until there is a decision. */
  principal: z.int(),
  interest: z.int(),
  received: z.int(),
  /** Null until the owner has received a penalty decision: no term runs, and no interest. */
  lastDayToPay: z.string().nullable(),
  /** That day has passed. */
  late: z.boolean(),
  /** When the amount grows next and to what, null when nothing is owed or no term runs. */
  next: z.object({ day: z.string(), due: z.int() }).nullable(),
});

export const noticeDetail = z.object({
  id: z.uuid(),
  number: z.string(),
  issuedAt: z.string(),
  deliveredAt: z.string().nullable(),
  state: z.string(),
  as: z.enum(['owner', 'holder']),
  vehicle: z.object({ type: text, makeModel: z.string().nullable(), plate: z.string(), plateColour: text }),
  occurredAt: z.string(),
  place: z.object({ name: text, address: text, lat: z.number(), lon: z.number() }),
  unit: place,
  officerUnit: z.string(),
  confirmedAt: z.string(),
  act: z.object({ behaviour: text, citation: text, why: text, lawVersion: z.string() }),
  fine: z.object({ min: z.int(), max: z.int(), default: z.int() }),
  points: z.int(),
  owed,
  /** The penalty decision. Null before there is one, and where the case was voided. Days are YYYY-MM-DD in Vietnam. */
  decision: z
    .object({
      number: z.string(),
      issuedOn: z.string(),
      receivedOn: z.string().nullable(),
      /** The rank of who signed it; nobody's name. */
      signer: text,
      amount: z.int(),
      /** The first day that bears interest. */
      interestFrom: z.string().nullable(),
      /** How it was recorded before it was corrected; it counts no more. */
      former: z.array(
        z.object({ number: z.string(), issuedOn: z.string(), amount: z.int(), correctedAt: z.string() }),
      ),
    })
    .nullable(),
  appointments: z.array(z.object({ at: z.string(), place })),
  evidence: z.array(
    z.object({
      index: z.int(),
      role: text,
      capturedAt: z.string(),
      sha256: hash,
      vehicle: z.boolean(),
      plate: z.boolean(),
    }),
  ),
  /** Which of `evidence` to show first: the frame that gave the read. */
  bestPicture: z.int(),
  reading: z.array(z.object({ c: z.string(), p: z.number() })),
  timeline: z.array(z.object({ at: z.string(), kind: z.string(), text, state: z.string().nullable() })),
  responses: z.array(
    z.object({
      at: z.string(),
      kind: text,
      /** This and `answer` are null for who may not open the papers. */
      text: z.string().nullable(),
      attachments: z.int(),
      answeredAt: z.string().nullable(),
      answer: z.string().nullable(),
      outcome: z.string().nullable(),
    }),
  ),
  responseKinds: z.array(z.object({ kind: z.string(), label: text })),
  receipt: z.object({ number: z.string(), issuedAt: z.string() }).nullable(),
  refunds: z.array(z.object({ amount: z.int(), reason: z.string(), state: z.string(), at: z.string() })),
  /** The check code opens the papers, so only who may open them is told it. */
  verify: z.object({ code: z.string().nullable(), url: z.string().nullable(), keyId: z.string() }),
  may: z.object({
    pay: z.boolean(),
    respond: z.boolean(),
    /** Open the notice and the receipt, and read what was answered: they name the owner. */
    papers: z.boolean(),
  }),
});
export type NoticeDetail = z.infer<typeof noticeDetail>;

export const openPayment = z.object({
  id: z.uuid(),
  amount: z.int(),
  content: z.string(),
  /** VietQR text; also a picture at `…/payments/{id}/qr.svg`. */
  qr: z.string(),
  payee: z.object({ bin: z.string(), account: z.string() }),
  expiresAt: z.string(),
});
export type OpenPaymentAnswer = z.infer<typeof openPayment>;

export const paymentState = z.object({
  id: z.uuid(),
  state: z.enum(['created', 'paid', 'partial', 'failed', 'expired', 'refunded']),
  amount: z.int(),
  received: z.int(),
  paidAt: z.string().nullable(),
  receipt: z.string().nullable(),
});
export type PaymentState = z.infer<typeof paymentState>;

export const sessionAnswer = z.object({
  csrfToken: z.string(),
  citizen: z.object({ name: z.string(), account: z.string() }).nullable(),
  notices: z.array(z.uuid()),
  signIn: z.boolean(),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

export const checked = z.object({
  kind: z.enum(['notice', 'receipt']),
  number: z.string(),
  issuedAt: z.string(),
  unit: place,
  plate: z.string(),
  behaviour: text,
  occurredAt: z.string(),
  place: text,
  /** Đồng: the standard fine of a notice, the sum of a receipt. */
  amount: z.int(),
  genuine: z.boolean(),
  statement: z.string().nullable(),
  signature: z.string().nullable(),
  publicKeySha256: z.string(),
  publicKeyPem: z.string(),
});
export type Checked = z.infer<typeof checked>;
